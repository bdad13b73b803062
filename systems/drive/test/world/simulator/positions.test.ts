import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../src/world/simulator/simulation.ts'
import { whenEntity } from '../../support/every-element.ts'
import { lane, network, road } from '../../support/road-file.ts'
import { at, event, file, initial, run, scenarioOf, speed } from '../../support/scenario-file.ts'

const position = (inside: string) => `<Position>${inside}</Position>`
const onRoad = (id: number, s: number, laneId = -1) =>
  position(`<LanePosition roadId="${id}" laneId="${laneId}" s="${s}"/>`)
const waypoint = (inside: string) => `<Waypoint routeStrategy="shortest">${inside}</Waypoint>`
const onRoute = (along: string, from = onRoad(1, 10), to = onRoad(2, 400)) =>
  position(
    `<RoutePosition><RouteRef><Route name="r" closed="false">${waypoint(from)}${waypoint(to)}</Route></RouteRef><InRoutePosition>${along}</InRoutePosition></RoutePosition>`,
  )
const onTrajectory = (rest: string, vertices: string) =>
  position(
    `<TrajectoryPosition ${rest}><TrajectoryRef><Trajectory name="t" closed="false"><Shape><Polyline>${vertices}</Polyline></Shape></Trajectory></TrajectoryRef></TrajectoryPosition>`,
  )
const vertex = (inside: string) => `<Vertex time="0">${position(inside)}</Vertex>`

const right = (link: string) =>
  `<laneSection s="0"><center><lane id="0" type="none"/></center><right>${lane(-1, 3.5, link)}</right></laneSection>`
const roads = network(
  road({
    link: '<successor elementType="road" elementId="2" contactPoint="start"/>',
    lanes: right('<successor id="-1"/>'),
  }),
  road({
    id: '2',
    length: 2000,
    link: '<predecessor elementType="road" elementId="1" contactPoint="end"/>',
    geometry: '<geometry s="0" x="100" y="0" hdg="0" length="2000"><line/></geometry>',
    lanes: right('<predecessor id="-1"/>'),
  }),
)

/** Where the position puts an entity. */
function placed(at0: string): { x: number; y: number; heading: number } {
  const teleport = `<PrivateAction><TeleportAction>${at0}</TeleportAction></PrivateAction>`
  const simulation = new Simulation(
    scenarioOf(file({ init: initial('a', 30, 0).replace('</Private>', `${teleport}</Private>`) })),
    roads,
  )
  simulation.step(0)
  const { x, y, heading } = simulation.world
  return { x: x[0] ?? NaN, y: y[0] ?? NaN, heading: heading[0] ?? NaN }
}

describe('a route', () => {
  it('is the shortest, or the fastest at the speeds allowed, as its waypoints ask [DRIVE-OSC-07]', () => {
    const through = (id: string, length: number, limit: number) =>
      road({
        id,
        length,
        junction: '9',
        link: '<predecessor elementType="road" elementId="1" contactPoint="end"/><successor elementType="road" elementId="2" contactPoint="start"/>',
        lanes: right('<predecessor id="-1"/><successor id="-1"/>'),
        more: `<type s="0" type="town"><speed max="${limit}"/></type>`,
      })
    const connection = (id: string) =>
      `<connection id="${id}" incomingRoad="1" connectingRoad="${id}" contactPoint="start"><laneLink from="-1" to="-1"/></connection>`
    const forked = network(
      road({ link: '<successor elementType="junction" elementId="9"/>', lanes: right('') }),
      through('10', 100, 5),
      through('11', 300, 30),
      road({ id: '2', lanes: right('') }),
      `<junction id="9">${connection('10')}${connection('11')}</junction>`,
    )
    const taken = (strategy: string) => {
      const route = `<PrivateAction><RoutingAction><AssignRouteAction><Route name="r" closed="false">${waypoint(onRoad(1, 5))}${waypoint(onRoad(2, 50)).replace('shortest', strategy)}</Route></AssignRouteAction></RoutingAction></PrivateAction>`
      const simulation = new Simulation(
        scenarioOf(file({ events: event('e', route, at(0, 'conditionEdge="none"')) })),
        forked,
      )
      simulation.step(0)
      return (simulation.world.routes.get(0)?.roads ?? []).map((index) => forked.road(index).id)
    }
    expect(taken('shortest')).toEqual(['1', '10', '2'])
    expect(taken('fastest')).toEqual(['1', '11', '2'])
    expect(taken('random')).toEqual(['1', '10', '2'])
    expect(taken('leastIntersections')).toEqual(['1', '10', '2'])
    expect(() => taken('prettiest')).toThrow(/needs routeStrategy to be one of/)
  })
})

describe('positions', () => {
  it('are found along a route, over the ends of roads, by lane and by road [DRIVE-OSC-13]', () => {
    const byLane = placed(onRoute('<FromLaneCoordinates pathS="150" laneId="-1" laneOffset="0.5"/>'))
    expect(byLane).toEqual({ x: 160, y: -1.25, heading: 0 })
    expect(placed(onRoute('<FromRoadCoordinates pathS="20" t="-3"/>'))).toEqual({ x: 30, y: -3, heading: 0 })
    expect(placed(onRoute('<FromCurrentEntity entityRef="a"/>'))).toMatchObject({ x: 30, y: -1.75 })
  })

  it('on a road look along its s, in a lane the way that it is driven [DRIVE-OSC-13]', () => {
    const both = network(road({ length: 100 }))
    const headingAt = (inside: string) => {
      const teleport = `<PrivateAction><TeleportAction>${position(inside)}</TeleportAction></PrivateAction>`
      const init = initial('a', 30, 0).replace('</Private>', `${teleport}</Private>`)
      const simulation = new Simulation(scenarioOf(file({ init })), both)
      simulation.step(0)
      return simulation.world.heading[0] as number
    }
    const turned = '<Orientation type="relative" h="0.5"/>'
    expect(headingAt(`<RoadPosition roadId="1" s="20" t="2">${turned}</RoadPosition>`)).toBeCloseTo(0.5, 9)
    expect(headingAt(`<LanePosition roadId="1" laneId="1" s="20">${turned}</LanePosition>`)).toBeCloseTo(
      Math.PI + 0.5,
      9,
    )
  })

  it('are found along a trajectory and beside it [DRIVE-OSC-13]', () => {
    const corner =
      vertex('<WorldPosition x="10" y="0"/>') +
      vertex('<WorldPosition x="40" y="0"/>') +
      vertex('<WorldPosition x="40" y="30"/>')
    const first = placed(onTrajectory('s="12" t="2"', corner))
    expect(first.x).toBeCloseTo(22, 9)
    expect(first.y).toBeCloseTo(2, 9)
    const second = placed(onTrajectory('s="40" t="-1"', corner))
    expect(second.x).toBeCloseTo(41, 9)
    expect(second.y).toBeCloseTo(10, 9)
    expect(second.heading).toBeCloseTo(Math.PI / 2, 9)
  })

  it('refuses ways along ways, by name [DRIVE-OSC-13]', () => {
    const nested = onRoute('<FromRoadCoordinates pathS="1" t="0"/>', onTrajectory('s="1"', ''))
    expect(() => placed(nested)).toThrow(/<TrajectoryPosition> is not supported/)
  })

  it('of a trajectory count from the entity where it was when it began to follow it [DRIVE-OSC-13]', () => {
    const ahead = (dx: number) => vertex(`<RelativeObjectPosition entityRef="a" dx="${dx}" dy="0"/>`)
    const follow = `<PrivateAction><RoutingAction><FollowTrajectoryAction><TrajectoryRef><Trajectory name="t" closed="false"><Shape><Polyline>${ahead(0)}${ahead(20)}${ahead(40)}</Polyline></Shape></Trajectory></TrajectoryRef><TimeReference><None/></TimeReference><TrajectoryFollowingMode followingMode="position"/></FollowTrajectoryAction></RoutingAction></PrivateAction>`
    const ends = `<Condition name="c" conditionEdge="none" delay="0"><ByValueCondition><StoryboardElementStateCondition storyboardElementType="action" storyboardElementRef="eAction" state="completeState"/></ByValueCondition></Condition>`
    const states = run(file({ events: event('e', follow, at(1)) + event('halt', speed(0), ends) }))
    expect(states.at(-1)?.x[0]).toBeCloseTo(20 + 40, 0)
  })

  it.each([
    ['longitudinal', 'false', 'true', 90],
    ['longitudinal', 'true', 'true', 86],
    ['euclidianDistance', 'false', 'false', 91],
  ])('are measured to, %s, freespace %s, along the road %s [DRIVE-OSC-13]', (type, free, along, x) => {
    const condition = whenEntity(
      `<DistanceCondition value="10" freespace="${free}" rule="lessThan" relativeDistanceType="${type}" alongRoute="${along}">${position('<WorldPosition x="100" y="-6.25"/>')}</DistanceCondition>`,
    ).replace('delay="0.5"', 'delay="0"')
    const end = run(file({ events: event('halt', speed(0), condition) })).at(-1)
    expect(Math.abs((end?.x[0] ?? 0) - x)).toBeLessThanOrEqual(0.51)
  })
})

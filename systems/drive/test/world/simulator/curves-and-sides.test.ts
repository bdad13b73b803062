import { describe, expect, it } from 'vitest'
import { parseOpenScenario } from '../../../src/world/openscenario/parse-openscenario.ts'
import { ReadingNotes } from '../../../src/world/openscenario/reading-notes.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { whenEntity } from '../../support/every-element.ts'
import {
  alks,
  at,
  event,
  file,
  initial,
  laneChange,
  run,
  scenarioOf,
  speed,
  vehicle,
} from '../../support/scenario-file.ts'

const action = (inside: string) => `<PrivateAction>${inside}</PrivateAction>`
const lateral = (inside: string) => action(`<LateralAction>${inside}</LateralAction>`)
const follow = (trajectory: string, timing = '<None/>') =>
  action(
    `<RoutingAction><FollowTrajectoryAction>${trajectory}<TimeReference>${timing}</TimeReference><TrajectoryFollowingMode followingMode="follow"/></FollowTrajectoryAction></RoutingAction>`,
  )
const trajectory = (shape: string) =>
  `<TrajectoryRef><Trajectory name="t" closed="false"><ParameterDeclarations/><Shape>${shape}</Shape></Trajectory></TrajectoryRef>`
const at20 = '<Position><WorldPosition x="20" y="0" h="0"/></Position>'

const two = {
  entities: vehicle('a') + vehicle('b'),
  init: initial('a', 10, 10) + initial('b', 10, 10, -2),
}

type States = ReturnType<typeof run>
const stateAt = (states: States, timeS: number) => states[Math.round(timeS / 0.05)] as States[number]

describe('trajectories', () => {
  it('follows a clothoid from its place, by its times [DRIVE-OSC-09]', () => {
    const clothoid = `<Clothoid curvature="0.02" curvatureDot="0" length="78.53981633974483" startTime="0" stopTime="10">${at20}</Clothoid>`
    const timing = '<Timing domainAbsoluteRelative="relative" scale="1" offset="0"/>'
    const states = run(
      file({ events: event('e', follow(trajectory(clothoid), timing), at(1)), stop: at(11) }),
    )
    // A quarter of a circle of 50 m radius.
    const half = stateAt(states, 6)
    expect(half.x[0]).toBeCloseTo(20 + 50 * Math.sin(Math.PI / 4), 1)
    expect(half.y[0]).toBeCloseTo(50 * (1 - Math.cos(Math.PI / 4)), 1)
    expect(states.at(-1)?.x[0]).toBeCloseTo(70, 0)
    expect(half.speedMps[0]).toBeCloseTo(7.854, 2)
  })

  it('a closed trajectory leads back to its start at its own speed, and by times ends at its last point [DRIVE-OSC-09]', () => {
    const vertex = (time: number, x: number, y: number) =>
      `<Vertex time="${time}"><Position><WorldPosition x="${x}" y="${y}" h="0"/></Position></Vertex>`
    const line = `<Polyline>${vertex(0, 20, 0)}${vertex(2, 40, 0)}${vertex(4, 40, 20)}</Polyline>`
    const closed = trajectory(line).replace('closed="false"', 'closed="true"')
    // 10 m/s from 20 m on: 40 m along the two sides, 28.3 m back.
    const round = run(file({ events: event('e', follow(closed), at(1)), stop: at(8) }))
    expect(stateAt(round, 7.8).x[0]).toBeCloseTo(20, 0)
    expect(stateAt(round, 7.8).y[0]).toBeCloseTo(0, 0)
    const timing = '<Timing domainAbsoluteRelative="relative" scale="1" offset="0"/>'
    const timed = run(file({ events: event('e', follow(closed, timing), at(1)), stop: at(8) }))
    expect(stateAt(timed, 5).x[0]).toBeCloseTo(40, 1)
    expect(stateAt(timed, 5).y[0]).toBeCloseTo(20, 1)
    // No way back: it goes on where its last point looks.
    expect(stateAt(timed, 6).x[0]).toBeGreaterThan(45)
    expect(stateAt(timed, 6).y[0]).toBeCloseTo(20, 1)
  })

  it('follows a NURBS curve at its own speed: three weighted points are an arc of a circle [DRIVE-OSC-09]', () => {
    const point = (x: number, y: number, weight: number) =>
      `<ControlPoint weight="${weight}"><Position><WorldPosition x="${x}" y="${y}" h="0"/></Position></ControlPoint>`
    const knots = [0, 0, 0, 1, 1, 1].map((value) => `<Knot value="${value}"/>`).join('')
    const nurbs = `<Nurbs order="3">${point(20, 0, 1)}${point(70, 0, Math.SQRT1_2)}${point(70, 50, 1)}${knots}</Nurbs>`
    const states = run(file({ events: event('e', follow(trajectory(nurbs)), at(1)), stop: at(8) }))
    for (const { timeS, x, y } of states)
      if (timeS > 1.01) expect(Math.hypot((x[0] ?? 0) - 20, (y[0] ?? 0) - 50)).toBeCloseTo(50, 1)
    const way = 10 * 5
    expect(stateAt(states, 6).x[0]).toBeCloseTo(20 + 50 * Math.sin(way / 50), 1)
  })

  it('refuses curves that are none [DRIVE-OSC-09]', () => {
    const refused = (shape: string, timing?: string) => () =>
      scenarioOf(file({ events: event('e', follow(trajectory(shape), timing), at(1)) }))
    const point = `<ControlPoint>${at20}</ControlPoint>`
    expect(refused(`<Nurbs order="3">${point.repeat(3)}<Knot value="0"/></Nurbs>`)).toThrow(/needs 6 knots/)
    expect(refused(`<Clothoid curvature="0" curvatureDot="0" length="0">${at20}</Clothoid>`)).toThrow(
      /needs a positive length/,
    )
    expect(refused('<ClothoidSpline/>')).toThrow(/<ClothoidSpline> needs a <ClothoidSplineSegment>/)
  })

  it('is at the time of each control point of a NURBS curve where that weighs most [DRIVE-OSC-09]', () => {
    const point = (x: number, timeS: number) =>
      `<ControlPoint time="${timeS}"><Position><WorldPosition x="${x}" y="0" h="0"/></Position></ControlPoint>`
    const knots = [0, 0, 0, 1, 1, 1].map((value) => `<Knot value="${value}"/>`).join('')
    // With a point in the middle of a line, x goes evenly with the parameter; the one in between weighs most half way.
    const nurbs = `<Nurbs order="3">${point(20, 0)}${point(60, 2)}${point(100, 8)}${knots}</Nurbs>`
    const timing = '<Timing domainAbsoluteRelative="relative" scale="1" offset="0"/>'
    const states = run(file({ events: event('e', follow(trajectory(nurbs), timing), at(1)), stop: at(9) }))
    expect(stateAt(states, 2).x[0]).toBeCloseTo(40, 1)
    expect(stateAt(states, 3).x[0]).toBeCloseTo(60, 1)
    expect(stateAt(states, 6).x[0]).toBeCloseTo(80, 1)
  })

  it('keeps its own speed where a trajectory has no times for its timing, and notes it [DRIVE-OSC-09]', () => {
    const clothoid = `<Clothoid curvature="0" curvatureDot="0" length="90">${at20}</Clothoid>`
    const timing = '<Timing domainAbsoluteRelative="relative" scale="1" offset="0"/>'
    const text = file({ events: event('e', follow(trajectory(clothoid), timing), at(1)), stop: at(5) })
    const notes = new ReadingNotes()
    parseOpenScenario(parseXml(text, 'made.xosc'), new Map(), new Map(), notes)
    expect(notes.brokenRules.join()).toMatch(/<Timing> needs times along the trajectory/)
    expect(stateAt(run(text), 3).x[0]).toBeCloseTo(40, 6)
  })

  it('takes trajectories and maneuvers from catalogs [DRIVE-OSC-09]', () => {
    const root = (text: string) => parseXml(text, 'made.xosc')
    const straight = `<Polyline><Vertex time="0">${at20}</Vertex><Vertex time="4"><Position><WorldPosition x="60" y="0" h="0"/></Position></Vertex></Polyline>`
    const catalogs = new Map([
      [
        'shapes',
        root(
          `<Catalog name="shapes"><Trajectory name="line" closed="false"><Shape>${straight}</Shape></Trajectory></Catalog>`,
        ),
      ],
      [
        'moves',
        root(
          `<Catalog name="moves"><Maneuver name="brake"><ParameterDeclarations><ParameterDeclaration name="to" parameterType="double" value="1"/></ParameterDeclarations>${event('e', speed(7).replace('"7"', '"$to"'), at(1))}</Maneuver></Catalog>`,
        ),
      ],
    ])
    const byReference =
      '<TrajectoryRef><CatalogReference catalogName="shapes" entryName="line"/></TrajectoryRef>'
    const text = file({ events: event('e', follow(byReference), at(1)) })
    const inline = file({ events: event('e', follow(trajectory(straight)), at(1)) })
    expect(parseOpenScenario(root(text), catalogs).stories).toEqual(
      parseOpenScenario(root(inline), catalogs).stories,
    )
    const maneuver =
      '<CatalogReference catalogName="moves" entryName="brake"><ParameterAssignments><ParameterAssignment parameterRef="to" value="3"/></ParameterAssignments></CatalogReference>'
    const held = file({ events: event('x', speed(1), at(1)) }).replace(/<Maneuver .*<\/Maneuver>/, maneuver)
    const events = parseOpenScenario(root(held), catalogs).stories[0]?.children[0]?.children[0]?.children[0]
      ?.children
    expect(events?.[0]?.children[0]?.action?.content).toMatchObject({ kind: 'speed', target: { value: 3 } })
  })
})

describe('what is beside', () => {
  const keep = (rest: string, limits = '') =>
    lateral(`<LateralDistanceAction entityRef="b" ${rest}>${limits}</LateralDistanceAction>`)

  it('is kept at a distance at once, of bodies or of points, on the side asked for [DRIVE-OSC-10]', () => {
    const beside = (rest: string) => {
      const done = keep(`continuous="false" distance="1.5" ${rest}`)
      const end = run(file({ ...two, events: event('e', done, at(1)) })).at(-1)
      return (end?.y[0] ?? 0) - (end?.y[1] ?? 0)
    }
    expect(beside('freespace="true"')).toBeCloseTo(1.5 + 2, 6)
    expect(beside('freespace="false"')).toBeCloseTo(1.5, 6)
    expect(beside('freespace="true" displacement="rightToReferencedEntity"')).toBeCloseTo(-3.5, 6)
  })

  it('is reached within limits, and kept while the other moves where it is continuous [DRIVE-OSC-10]', () => {
    const limits = '<DynamicConstraints maxAcceleration="2" maxDeceleration="2" maxSpeed="1.2"/>'
    const aside = laneChange(-1, 'dynamicsShape="sinusoidal" dynamicsDimension="time" value="6"')
    const other = file({
      ...two,
      actor: 'b',
      events: event('o', aside, at(8)),
    }).match(/<ManeuverGroup.*<\/ManeuverGroup>/)?.[0]
    const text = file({
      ...two,
      events: event('e', keep('continuous="true" distance="2" freespace="true"', limits), at(1)),
    }).replace(
      '</Act>',
      `</Act><Act name="second">${other ?? ''}<StartTrigger><ConditionGroup>${at(0, 'conditionEdge="none"')}</ConditionGroup></StartTrigger></Act>`,
    )
    const states = run(text)
    const beside = ({ y }: States[number]) => (y[0] ?? 0) - (y[1] ?? 0)
    const speeds = states
      .slice(1)
      .map((state, index) => ((state.y[0] ?? 0) - (states[index]?.y[0] ?? 0)) / 0.05)
    expect(Math.max(...speeds.map(Math.abs))).toBeLessThanOrEqual(1.2 + 1e-9)
    expect(beside(stateAt(states, 7))).toBeCloseTo(4, 1)
    expect(states.at(-1)?.y[1]).toBeCloseTo(-1.75, 3)
    expect(beside(states.at(-1) as States[number])).toBeCloseTo(4, 1)
  })

  it('is reached within a limit of acceleration as a spring that does not overshoot would, which the limit makes stiff [DRIVE-OSC-10]', () => {
    const limits = '<DynamicConstraints maxAcceleration="5"/>'
    const asked = keep('continuous="true" distance="5.5" freespace="false"', limits)
    const states = run(file({ ...two, events: event('e', asked, at(1)) }))
    const missing = ({ y }: States[number]) => (y[1] ?? 0) + 5.5 - (y[0] ?? 0)
    const first = missing(states[0] as States[number])
    const from = states.findIndex((state) => missing(state) < first - 1e-6)
    const rate = Math.sqrt(0.4 * 5)
    for (const afterS of [0.5, 1, 2, 3]) {
      const state = states[from - 1 + Math.round(afterS / 0.05)] as States[number]
      const exact = first * (1 + rate * afterS) * Math.exp(-rate * afterS)
      expect(Math.abs(missing(state) - exact)).toBeLessThan(0.05)
    }
    expect(Math.min(...states.map(missing))).toBeGreaterThan(-1e-6)
  })

  it('is looked at for clearance, in lanes to the left and right, ahead and behind [DRIVE-OSC-10]', () => {
    const stops = (rest: string, range: string) => {
      const clear = whenEntity(
        `<RelativeClearanceCondition oppositeLanes="false" freeSpace="true" ${rest}>${range}</RelativeClearanceCondition>`,
      ).replace('conditionEdge="rising" delay="0.5"', 'conditionEdge="none" delay="0"')
      const text = file({
        entities: two.entities,
        init: initial('a', 10, 10) + initial('b', 60, 8, -2),
        events: event('e', speed(0), clear),
        stop: at(3),
      })
      return run(text).at(-1)?.speedMps[0] === 0
    }
    const right = '<RelativeLaneRange from="-1" to="-1"/>'
    expect(stops('distanceForward="100" distanceBackward="0"', right)).toBe(false)
    expect(stops('distanceForward="20" distanceBackward="100"', right)).toBe(true)
    expect(
      stops('distanceForward="100" distanceBackward="100"', '<RelativeLaneRange from="0" to="3"/>'),
    ).toBe(true)
    expect(stops('distanceForward="100" distanceBackward="100"', '<RelativeLaneRange to="0"/>')).toBe(false)
  })

  it('is followed by an offset that is continuous [DRIVE-OSC-10]', () => {
    const offset = (target: string) => {
      const done = lateral(
        `<LaneOffsetAction continuous="true"><LaneOffsetActionDynamics dynamicsShape="cubic" maxLateralAcc="2"/><LaneOffsetTarget>${target}</LaneOffsetTarget></LaneOffsetAction>`,
      )
      const after = `<Condition name="c" conditionEdge="none" delay="0"><ByValueCondition><StoryboardElementStateCondition storyboardElementType="action" storyboardElementRef="eAction" state="completeState"/></ByValueCondition></Condition>`
      return run(
        file({
          entities: vehicle('a') + vehicle('b'),
          init: initial('a', 10, 10) + initial('b', 90, 10),
          events: event('e', done, at(1)) + event('f', speed(3), after),
        }),
      ).at(-1)
    }
    // An offset that does not move is reached once; one from another entity is kept.
    expect(offset('<AbsoluteTargetLaneOffset value="1"/>')?.speedMps[0]).toBe(3)
    const kept = offset('<RelativeTargetLaneOffset entityRef="b" value="1"/>')
    expect(kept?.speedMps[0]).toBe(10)
    expect(kept?.y[0]).toBeCloseTo(-0.75, 6)
  })
})

describe('pedals', () => {
  const pedals = (inside: string) =>
    action(
      `<ControllerAction><OverrideControllerValueAction>${inside}</OverrideControllerValueAction></ControllerAction>`,
    )

  it('hold a share of what the vehicle can do until they are let go [DRIVE-OSC-11]', () => {
    const states = run(
      file({
        entities: vehicle('a', alks),
        events:
          event('brake', pedals('<Brake active="true" value="0.5"/>'), at(1)) +
          event(
            'go',
            pedals('<Brake active="false" value="0"/><Throttle active="true" value="0.25"/>'),
            at(2),
          ) +
          event('release', pedals('<Throttle active="false" value="0"/>'), at(4)),
      }),
    )
    expect(stateAt(states, 2).speedMps[0]).toBeCloseTo(10 - 4, 6)
    expect(stateAt(states, 4).speedMps[0]).toBeCloseTo(6 + 2 * 2, 6)
    expect(states.at(-1)?.speedMps[0]).toBeCloseTo(10, 6)
  })

  it('are held as the parking brake is; what is for a controller that nobody has changes nothing, with a note [DRIVE-OSC-11]', () => {
    const parked = run(
      file({ events: event('e', pedals('<ParkingBrake active="true" value="0.5"/>'), at(1)), stop: at(2) }),
    )
    expect(stateAt(parked, 2).speedMps[0]).toBeCloseTo(10 - 4, 6)
    const notes = new ReadingNotes()
    const steered = file({ events: event('e', pedals('<SteeringWheel active="true" value="0.1"/>'), at(1)) })
    parseOpenScenario(parseXml(steered, 'made.xosc'), new Map(), new Map(), notes)
    expect(notes.remarks.join()).toMatch(/<SteeringWheel> is for a controller that takes it/)
    const refused = (inside: string) => () => scenarioOf(file({ events: event('e', pedals(inside), at(1)) }))
    expect(refused('<Brake active="true" value="1.5"/>')).toThrow(/needs a value from 0 to 1/)
    expect(refused('<Brake active="true" value="1" maxRate="2"/>')).toThrow(/has the attribute maxRate/)
    expect(refused('<SteeringWheel active="false" value="0"/>')).not.toThrow()
  })
})

import { describe, expect, it } from 'vitest'
import { buildLaneGraph } from '../../../src/world/lanes/lane-graph.ts'
import { followLane, lanesAfter } from '../../../src/world/opendrive/follow-lane.ts'
import { lane, network, road } from '../../support/road-file.ts'

const line = (x: number) => `<geometry s="0" x="${x}" y="0" hdg="0" length="100"><line/></geometry>`
const toJunction = (end: 'successor' | 'predecessor') => `<${end} elementType="junction" elementId="9"/>`

describe('lanes over junctions', () => {
  it('goes over a direct junction both ways [DRIVE-ROAD-05]', () => {
    const roads = network(
      road({ id: '1', link: toJunction('successor') }),
      road({ id: '2', link: toJunction('predecessor'), geometry: line(100) }),
      '<junction id="9" name="" type="direct"><connection id="0" incomingRoad="1" linkedRoad="2" contactPoint="start"><laneLink from="-1" to="-1"/><laneLink from="1" to="1"/></connection></junction>',
    )
    expect(lanesAfter(roads, { road: 0, lane: -1, s: 100, direction: 1 })).toEqual([
      { road: 1, lane: -1, s: 0, direction: 1 },
    ])
    expect(lanesAfter(roads, { road: 1, lane: 1, s: 0, direction: -1 })).toEqual([
      { road: 0, lane: 1, s: 100, direction: -1 },
    ])
  })

  it('comes into the midst of a road from a virtual junction, and ends where a road is missing [DRIVE-ROAD-05]', () => {
    const linked =
      '<laneSection s="0"><center><lane id="0" type="none"/></center><right>' +
      lane(-1, 3, '<successor id="-1"/>') +
      '</right></laneSection>'
    const roads = network(
      road({ id: '1' }),
      road({
        id: '2',
        junction: '9',
        lanes: linked,
        link: '<successor elementType="road" elementId="1" elementS="40" elementDir="+"/>',
      }),
      road({
        id: '3',
        lanes: linked,
        link: '<successor elementType="road" elementId="77" contactPoint="start"/>',
      }),
      '<junction id="9" name="" type="virtual" mainRoad="1" sStart="30" sEnd="50" orientation="+"/>',
    )
    expect(lanesAfter(roads, { road: 1, lane: -1, s: 100, direction: 1 })).toEqual([
      { road: 0, lane: -1, s: 40, direction: 1 },
    ])
    expect(lanesAfter(roads, { road: 2, lane: -1, s: 100, direction: 1 })).toEqual([])
    expect(roads.junctions.get('9')?.main).toEqual({ road: '1', from: 30, to: 50, orientation: '+' })
  })

  it('leaves a road in its midst for one of a virtual junction that is to be gone through, and no other way [DRIVE-ROAD-05]', () => {
    const roads = network(
      road({ id: '1' }),
      road({
        id: '2',
        junction: '9',
        geometry: '<geometry s="0" x="40" y="0" hdg="-0.5" length="100"><line/></geometry>',
        link: '<predecessor elementType="road" elementId="1" elementS="40" elementDir="+"/>',
      }),
      '<junction id="9" name="" type="virtual" mainRoad="1" sStart="30" sEnd="50" orientation="+"><connection id="0" incomingRoad="1" connectingRoad="2" contactPoint="start"><laneLink from="-1" to="-1"/></connection></junction>',
    )
    const start = { road: 0, lane: -1, s: 30, direction: 1 as const }
    expect(followLane(roads, start, 25)).toEqual({ ...start, s: 55, remaining: 0 })
    expect(followLane(roads, start, 25, { roads: [0, 1], at: 0 })).toEqual({
      road: 1,
      lane: -1,
      s: 15,
      direction: 1,
      remaining: 0,
    })
    // Too late to leave, and who comes from the other side does not.
    expect(followLane(roads, { ...start, s: 45 }, 25, { roads: [1], at: 0 })).toMatchObject({
      road: 0,
      s: 70,
    })
    expect(
      followLane(roads, { road: 0, lane: 1, s: 60, direction: -1 }, 30, { roads: [1], at: 0 }),
    ).toMatchObject({ road: 0, s: 30 })
    // Its other lane leads back onto the road, the way that it came from.
    expect(roads.road(1).predecessor).toMatchObject({ midway: { s: 40, direction: -1 } })
  })

  it('leaves out lanes that are not for cars, takes limits of lanes, and turns reversed ones round [DRIVE-ROAD-05]', () => {
    const side =
      lane(-1).replace('</lane>', '<speed sOffset="0" max="36" unit="km/h"/></lane>') +
      lane(-2).replace('type', 'direction="reversed" type') +
      lane(-3).replace('</lane>', '<access sOffset="0" rule="allow" restriction="bus"/></lane>') +
      lane(-4).replace(
        '</lane>',
        '<access sOffset="0" rule="deny"><restriction type="passengerCar"/></access></lane>',
      )
    const graph = buildLaneGraph(
      network(
        road({
          lanes: `<laneSection s="0"><center><lane id="0" type="none"/></center><right>${side}</right></laneSection>`,
        }),
      ),
    )
    expect([...graph.laneId]).toEqual([-1, -2])
    expect([...graph.direction]).toEqual([1, -1])
    expect(graph.speedLimitMps[0]).toBeCloseTo(10, 12)
    expect([...graph.left, ...graph.right]).toEqual([-1, -1, -1, -1])
  })
})

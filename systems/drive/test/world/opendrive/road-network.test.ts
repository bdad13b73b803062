import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followLane } from '../../../src/world/opendrive/follow-lane.ts'
import { lane, network, road, threeLanes } from '../../support/road-file.ts'

const curved = `<geometry s="0" x="10" y="5" hdg="0.3" length="40"><line/></geometry>
  <geometry s="40" x="48.213459" y="16.820808" hdg="0.3" length="60"><spiral curvStart="0" curvEnd="0.01"/></geometry>`

describe('RoadNetwork', () => {
  it('finds the road position of any point that it placed [DRIVE-ROAD-02]', () => {
    const roads = network(road({ geometry: curved }))
    const pose = new Float64Array(4)
    const found = new Float64Array(2)
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        (s, t) => {
          roads.trackPose(0, s, t, pose)
          roads.project(0, pose[0] as number, pose[1] as number, found)
          expect(found[0]).toBeCloseTo(s, 4)
          expect(found[1]).toBeCloseTo(t, 4)
        },
      ),
      { seed: 7, numRuns: 200 },
    )
  })

  it('puts lane centres by the widths inside them and turns the traffic of the other side [DRIVE-ROAD-02]', () => {
    const roads = network(road({}))
    const pose = new Float64Array(4)
    roads.lanePose(0, -2, 50, 0.25, pose)
    expect([pose[0], pose[1], pose[2]]).toEqual([50, -3.5 - 1.5 + 0.25, 0])
    roads.lanePose(0, 1, 50, 0, pose)
    expect([pose[1], pose[2]]).toEqual([1.75, Math.PI])
    expect(roads.nearest(50, -4.9)).toMatchObject({ road: 0, s: 50, lane: -2 })
  })

  it('follows a lane over road links and through a junction [DRIVE-ROAD-03]', () => {
    const linked = `<laneSection s="0"><center><lane id="0" type="none"/></center><right>${lane(-1, 3.5, '<successor id="-1"/>')}</right></laneSection>`
    const roads = network(
      road({
        id: 'a',
        lanes: linked,
        link: '<successor elementType="road" elementId="b" contactPoint="start"/>',
      }),
      road({ id: 'b', link: '<successor elementType="junction" elementId="j"/>' }),
      road({ id: 'c', junction: 'j' }),
      road({ id: 'd', junction: 'j' }),
      `<junction id="j" name="">
        <connection id="0" incomingRoad="b" connectingRoad="c" contactPoint="start"><laneLink from="-1" to="-1"/></connection>
        <connection id="1" incomingRoad="b" connectingRoad="d" contactPoint="end"><laneLink from="-1" to="1"/></connection>
      </junction>`,
    )
    const start = { road: 0, lane: -1, s: 90, direction: 1 as const }
    expect(followLane(roads, start, 30)).toEqual({ road: 1, lane: -1, s: 20, direction: 1, remaining: 0 })
    expect(followLane(roads, start, 150)).toMatchObject({ road: 2, lane: -1, s: 40 })
    expect(followLane(roads, start, 150, (ways) => ways[1])).toMatchObject({
      road: 3,
      lane: 1,
      s: 60,
      direction: -1,
    })
    expect(followLane(roads, start, 1000).remaining).toBeCloseTo(1000 - 210, 9)
  })

  it('passes over what is for the eye, above flat ground or metadata [DRIVE-FILES-03]', () => {
    const more = '<userData code="a" value="b"><x y="1"/></userData>'
    const lanes = threeLanes.replaceAll(
      '<width',
      '<material sOffset="0" surface="asphalt"/><height sOffset="0" inner="0.1" outer="0.1"/><width',
    )
    expect(network(road({ lanes, more })).roads).toEqual(network(road({})).roads)
  })

  it('reads signals and objects', () => {
    const more =
      '<objects><object id="o" s="5" t="-9" length="2" width="1" height="1"/></objects><signals><signal id="x" s="20" t="-7" dynamic="no" orientation="+" type="274" subtype="60" value="60"/></signals>'
    const [only] = network(road({ more })).roads
    expect(only?.objects).toMatchObject([{ id: 'o', s: 5, t: -9, length: 2 }])
    expect(only?.signals).toMatchObject([{ id: 'x', type: '274', value: 60 }])
  })

  it.each([
    [
      'an unknown element',
      road({ more: '<tramway/>' }),
      /road\.xodr:1:\d+: <tramway> is not supported inside <road>/,
    ],
    [
      'a geometry of an unknown shape',
      road({ geometry: '<geometry s="0" x="0" y="0" hdg="0" length="1"><bezier/></geometry>' }),
      /<bezier> is not supported inside <geometry>/,
    ],
    [
      'a number that is none',
      road({}).replace('length="100"', 'length="long"'),
      /needs a number as length, got "long"/,
    ],
    ['a gap in lanes', road({ lanes: threeLanes.replace('id="-2"', 'id="-3"') }), /without a gap, got -3/],
    [
      'an attribute of a lane',
      road({ lanes: threeLanes.replace('id="1"', 'id="1" direction="reversed"') }),
      /road\.xodr:1:\d+: <lane> is not supported with direction="reversed"/,
    ],
    [
      'a restriction of a lane',
      road({ lanes: threeLanes.replace('<width', '<access sOffset="0" restriction="pedestrian"/><width') }),
      /<access> is not supported with restriction="pedestrian"/,
    ],
    [
      'a rule of a lane',
      road({ lanes: threeLanes.replace('<width', '<rule sOffset="0" value="x"/><width') }),
      /road\.xodr:1:\d+: <rule> is not supported inside <lane>/,
    ],
    [
      'a link to the middle of a road',
      road({ link: '<successor elementType="road" elementId="1" elementS="3" elementDir="+"/>' }),
      /<successor> has the attribute elementS/,
    ],
  ])('refuses %s with file and line [DRIVE-FILES-01]', (_what, text, message) => {
    expect(() => network(text)).toThrow(message)
  })
})

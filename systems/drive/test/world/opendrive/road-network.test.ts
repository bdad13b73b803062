import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followLane } from '../../../src/world/opendrive/follow-lane.ts'
import type { Road } from '../../../src/world/opendrive/road.ts'
import { laneCentre } from '../../../src/world/opendrive/road.ts'
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
    expect(followLane(roads, start, 150, { roads: [3], at: 0 })).toMatchObject({
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

  it('reads pieces of almost no length with coefficients of any size, as exporters write them [DRIVE-FILES-01]', () => {
    const tiny =
      '<width sOffset="99.99999" a="3" b="0" c="0" d="3e14"/><width sOffset="100" a="3" b="0" c="0" d="0"/></lane>'
    const lanes = threeLanes.replace('</lane></right>', `${tiny}</right>`)
    expect(laneCentre(network(road({ lanes })).roads[0] as Road, -2, 50)).toBeCloseTo(-5, 12)
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
      'a geometry of an unknown shape',
      road({ geometry: '<geometry s="0" x="0" y="0" hdg="0" length="1"><bezier/></geometry>' }),
      /road\.xodr:1:\d+: <bezier> is no geometry/,
    ],
    [
      'a number that is none',
      road({}).replace('length="100"', 'length="long"'),
      /needs a number as length, got "long"/,
    ],
    [
      'two lanes of one number',
      road({ lanes: threeLanes.replace('id="-2"', 'id="-1"') }),
      /road\.xodr:1:\d+: <lane> has the id -1 of another lane/,
    ],
    [
      'a lane of the other side',
      road({ lanes: threeLanes.replace('id="-2"', 'id="2"') }),
      /<lane> needs an id of -1 to -999 on the right side, got 2/,
    ],
    [
      'a lane that is narrower than nothing',
      road({ lanes: threeLanes.replace('a="3"', 'a="-3.5"') }),
      /road\.xodr:1:\d+: <lane> is -3\.5 m wide somewhere/,
    ],
    [
      'a lane that changes its kind while a scenario runs',
      road({ lanes: threeLanes.replace('id="1"', 'id="1" dynamicLaneType="true"') }),
      /road\.xodr:1:\d+: <lane> is not supported with dynamicLaneType="true": lanes stay what they are/,
    ],
    ['two roads of one id', road({}) + road({}), /<road> has the id "1" of the <road> in line 1/],
    [
      'a number beyond all roads',
      road({ geometry: '<geometry s="0" x="1e11" y="0" hdg="0" length="100"><line/></geometry>' }),
      /<geometry> needs x to be at most 1000000000 in size, got 100000000000/,
    ],
    [
      'a road without a plan view',
      road({}).replace(/<planView>.*<\/planView>/, ''),
      /<road> needs a <planView>/,
    ],
  ])('refuses %s with file and line [DRIVE-FILES-01]', (_what, text, message) => {
    expect(() => network(text)).toThrow(message)
  })
})

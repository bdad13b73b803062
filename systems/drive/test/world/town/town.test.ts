import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lanesAfter } from '../../../src/world/opendrive/follow-lane.ts'
import type { RoadNetwork } from '../../../src/world/opendrive/road-network.ts'
import { routeAlong } from '../../../src/world/lanes/route.ts'
import { signalStates } from '../../../src/world/scene/signal-table.ts'
import { intersection } from '../../../src/world/town/intersection.ts'
import { onRamp } from '../../../src/world/town/on-ramp.ts'
import { signalsOf } from '../../../src/world/town/signal-plan.ts'
import { curvedRoad, straightRoad } from '../../../src/world/town/single-road.ts'
import { town } from '../../../src/world/town/town.ts'
import { turnCurve } from '../../../src/world/town/turn-curve.ts'
import { ReferenceLine } from '../../../src/world/opendrive/reference-line.ts'
import { laneEnds, sharpestStep } from './lane-ends.ts'

const degree = Math.PI / 180

function ways(network: RoadNetwork, road: string, lane: number): string[] {
  const index = network.indexOf(road)
  const s = network.road(index).length
  return lanesAfter(network, { road: index, lane, s, direction: 1 })
    .map(({ road: next }) => network.road(next).id)
    .toSorted()
}

describe('a curve between two poses', () => {
  test('begins and ends where it is to, whatever the poses [DRIVE-TOWN-01]', () => {
    const pose = fc.record({
      x: fc.double({ min: 5, max: 60, noNaN: true }),
      y: fc.double({ min: -60, max: 60, noNaN: true }),
      heading: fc.double({ min: -1.9, max: 1.9, noNaN: true }),
    })
    fc.assert(
      fc.property(pose, fc.double({ min: -3, max: 3, noNaN: true }), (to, heading) => {
        const cos = Math.cos(heading)
        const sin = Math.sin(heading)
        const end = {
          x: 7 + to.x * cos - to.y * sin,
          y: -3 + to.x * sin + to.y * cos,
          heading: heading + to.heading,
        }
        const pieces = turnCurve({ x: 7, y: -3, heading }, end)
        const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
        const line = new ReferenceLine(pieces, length)
        const out = new Float64Array(4)
        line.evaluate(length, out)
        expect(Math.hypot((out[0] as number) - end.x, (out[1] as number) - end.y)).toBeLessThan(1e-6)
        expect(Math.abs(Math.sin(((out[2] as number) - end.heading) / 2))).toBeLessThan(1e-6)
      }),
      { numRuns: 200 },
    )
  })
})

describe('an intersection', () => {
  test('lets each lane take its turns, and its lanes meet [DRIVE-TOWN-01]', () => {
    const network = intersection({ lanes: 2 })
    expect(ways(network, '1', -1)).toEqual(['1130', '1140'])
    expect(ways(network, '1', -2)).toEqual(['1120', '1131'])
    expect(ways(network, '2', -1)).toEqual(['1210', '1240'])
    const { pairs, apartM, turnRad } = laneEnds(network)
    // In and out of 4 × (1 left + 2 straight + 1 right + 1 corner) connecting roads; the way out is one pair each.
    expect(pairs).toBe(40)
    expect(apartM).toBeLessThan(1e-6)
    expect(turnRad).toBeLessThan(1e-6)
  })

  test('turns left over the opposing lanes and right round the near corner [DRIVE-TOWN-01]', () => {
    const network = intersection()
    const start = { road: network.indexOf('1'), lane: -1, s: 150 }
    const left = routeAlong(network, start, { lengthM: 150, through: ['1140'] })
    const right = routeAlong(network, start, { lengthM: 150, through: ['1120'] })
    const at = (path: typeof left) => [path.x[path.count - 1] as number, path.y[path.count - 1] as number]
    expect(at(left)[0]).toBeCloseTo(1.75, 6)
    expect(at(left)[1]).toBeGreaterThan(50)
    expect(at(right)[0]).toBeCloseTo(-1.75, 6)
    expect(at(right)[1]).toBeLessThan(-50)
    expect(Math.max(...left.curvature.map(Math.abs))).toBeLessThan(1 / 6)
  })

  test('marks stop lines and crosswalks at every arm, and signs by its kind of control [DRIVE-TOWN-01]', () => {
    const types = (control: 'signals' | 'stop' | 'priority' | 'uncontrolled') =>
      intersection({ control, arms: 3 })
        .roads.filter(({ junction }) => junction === null)
        .map(({ signals, objects }) => [
          ...signals.map(({ type }) => type),
          ...objects.map(({ type }) => type),
        ])
    expect(types('stop')).toEqual(Array.from({ length: 3 }, () => ['294', '206', 'crosswalk']))
    expect(types('uncontrolled')).toEqual(Array.from({ length: 3 }, () => ['294', 'crosswalk']))
    expect(types('priority').map(([, sign]) => sign)).toEqual(['306', '205', '306'])
    expect(types('signals').map(([, sign]) => sign)).toEqual(['1000001', '1000001', '1000001'])
  })

  test('gives green to opposite arms together and never to crossing ones [DRIVE-TOWN-02]', () => {
    const { signals, program } = signalsOf(intersection())
    const seen = new Set<number>()
    for (let timeS = 0; timeS < 60; timeS += 0.5) {
      program.step(signals, timeS)
      const [west, south, east, north] = signals.state
      expect([east, north]).toEqual([west, south])
      expect([west, south]).toContain(signalStates.red)
      seen.add(west as number)
    }
    expect(seen).toEqual(new Set([signalStates.green, signalStates.amber, signalStates.red]))
  })
})

describe('made roads', () => {
  test.each([
    ['a straight road', straightRoad({ hasSidewalks: true, hasParking: true }), 0],
    ['a bend', curvedRoad(), 0],
    ['a ramp', onRamp(), 8],
  ])('%s has lanes that meet', (_, network, pairs) => {
    const ends = laneEnds(network)
    expect(ends.pairs).toBe(pairs)
    expect(ends.apartM).toBeLessThan(0.01)
    expect(ends.turnRad).toBeLessThan(degree)
    expect(sharpestStep(network, 0.5)).toBeLessThan(3 * degree)
  })

  test('the acceleration lane narrows to nothing', () => {
    const network = onRamp()
    const pose = new Float64Array(4)
    network.lanePose(network.indexOf('2'), -3, 249.999, 0, pose)
    expect(pose[1]).toBeCloseTo(-7.5, 3)
    expect(ways(network, '4', -1)).toEqual(['1009'])
    expect(ways(network, '2', -3)).toEqual([])
  })
})

describe('a town', () => {
  test('has lanes that meet within 1 cm and 1°, without a jump on the way, for every seed [DRIVE-TOWN-01]', () => {
    for (const seed of [1, 2, 3]) {
      const network = town({ seed, columns: 4, rows: 3 })
      const ends = laneEnds(network)
      expect(ends.pairs).toBeGreaterThan(200)
      expect(ends.apartM).toBeLessThan(0.01)
      expect(ends.turnRad).toBeLessThan(degree)
      expect(sharpestStep(network, 0.5)).toBeLessThan(9 * degree)
    }
  })

  test('is the same for the same seed and another for another [DRIVE-TOWN-01]', () => {
    const text = (seed: number) =>
      JSON.stringify(town({ seed }).roads.map(({ line, signals }) => [[...pointsOf(line)], signals]))
    expect(text(5)).toBe(text(5))
    expect(text(6)).not.toBe(text(5))
  })

  test('has the kinds of junctions that its shares ask for [DRIVE-TOWN-01]', () => {
    const signs = (shares: Record<string, number>) =>
      new Set(town({ shares, mainLanes: 1 }).roads.flatMap(({ signals }) => signals.map(({ type }) => type)))
    expect(signs({ signals: 1, stop: 0, priority: 0, uncontrolled: 0 })).toEqual(new Set(['294', '1000001']))
    expect(signs({ signals: 0, stop: 0, priority: 1, uncontrolled: 0 })).toEqual(
      new Set(['294', '306', '205']),
    )
    expect(() => town({ blockM: 40 })).toThrow(/blocks of \d+ m at least/)
  })
})

function pointsOf(line: ReferenceLine): Float64Array {
  const out = new Float64Array(4)
  line.evaluate(line.length / 3, out)
  return out
}

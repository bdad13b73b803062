import { createRandom } from '@heavylift/core/math'
import { describe, expect, test } from 'vitest'
import {
  consistencyInterval,
  normalisedErrorSquared,
} from '../../../src/driver/perception/metrics/consistency.ts'
import { GospaMetric } from '../../../src/driver/perception/metrics/gospa.ts'
import { hota } from '../../../src/driver/perception/metrics/hota.ts'
import type { HotaFrame } from '../../../src/driver/perception/metrics/hota.ts'
import { IdMatcher } from '../../../src/driver/perception/metrics/id-switches.ts'
import { Assignment } from '../../../src/driver/perception/tracking/assignment.ts'

function gospa(truth: number[], estimates: number[], cutoffM: number, power: number) {
  const metric = new GospaMetric(cutoffM, power)
  return metric.measure(
    Float64Array.from(truth),
    truth.length / 2,
    Float64Array.from(estimates),
    estimates.length / 2,
  )
}

describe('assignment', () => {
  test('is the cheapest of all permutations', () => {
    const random = createRandom('assignment')
    const assignment = new Assignment(2)
    for (let round = 0; round < 200; round++) {
      const rows = random.int(1, 5)
      const columns = random.int(rows, 6)
      const costs = Float64Array.from({ length: rows * columns }, () => random.int(-9, 9))
      const cheapest = (row: number, taken: number[]): number =>
        row === rows
          ? 0
          : Math.min(
              ...Array.from({ length: columns }, (_, column) => column)
                .filter((column) => !taken.includes(column))
                .map(
                  (column) =>
                    (costs[row * columns + column] as number) + cheapest(row + 1, [...taken, column]),
                ),
            )
      expect(assignment.solve(costs, rows, columns)).toBe(cheapest(0, []))
      expect(new Set(assignment.columnOf.subarray(0, rows)).size).toBe(rows)
    }
  })
})

describe('GOSPA', () => {
  test('takes distances of the assigned and half a cutoff for each missed or false [DRIVE-TRACK-05]', () => {
    // Hand-worked: 1 m off, one missed, one false with c = 4, p = 2: 1 + 8 + 8.
    const one = gospa([0, 0, 50, 0], [1, 0, 80, 0], 4, 2)
    expect(one).toMatchObject({ localisation: 1, missed: 8, false: 8, missedCount: 1, falseCount: 1 })
    expect(one.distance).toBeCloseTo(Math.sqrt(17), 12)
    expect(gospa([0, 0], [], 10, 1).distance).toBe(5)
    expect(gospa([], [], 10, 2).distance).toBe(0)
    expect(gospa([0, 0], [3, 4], 10, 1).distance).toBe(5)
    // Farther apart than the cutoff: one missed and one false, which is the same sum.
    expect(gospa([0, 0], [11, 0], 10, 1)).toMatchObject({ distance: 10, missedCount: 1, falseCount: 1 })
  })

  test('gains by leaving a false track out, where OSPA would not (figure 1 of the paper) [DRIVE-TRACK-05]', () => {
    // Two targets; a far false estimate costs as much as a missed one, whatever the number of targets.
    const both = gospa([0, 0, 10, 0], [0, 1, 10, 1], 8, 1)
    const withFalse = gospa([0, 0, 10, 0], [0, 1, 10, 1, 100, 100], 8, 1)
    const missing = gospa([0, 0, 10, 0], [0, 1], 8, 1)
    expect(both.distance).toBe(2)
    expect(withFalse.distance).toBe(2 + 4)
    expect(missing.distance).toBe(1 + 4)
  })

  test('is a metric: the same both ways, and never longer by a detour [DRIVE-TRACK-05]', () => {
    const random = createRandom('gospa')
    const set = () => Array.from({ length: 2 * random.int(0, 4) }, () => 12 * random.next())
    for (let round = 0; round < 200; round++) {
      const [a, b, c] = [set(), set(), set()]
      const ab = gospa(a, b, 5, 2)
      const ba = gospa(b, a, 5, 2)
      expect(ab.distance).toBeCloseTo(ba.distance, 9)
      expect(ab.missed).toBeCloseTo(ba.false, 9)
      expect(ab.distance).toBeLessThanOrEqual(gospa(a, c, 5, 2).distance + gospa(c, b, 5, 2).distance + 1e-9)
    }
  })
})

/** Frames of one truth at the origin, seen exactly by the track whose id stands there (0: not seen). */
function frames(ids: number[]): HotaFrame[] {
  return ids.map((id) => ({
    truthIds: [1],
    truth: [0, 0],
    trackIds: id === 0 ? [] : [id],
    tracks: id === 0 ? [] : [0, 0],
  }))
}

describe('HOTA', () => {
  test('is 1 for perfect tracks, and the root of detection and association else [DRIVE-TRACK-05]', () => {
    expect(hota(frames([7, 7, 7, 7]), 2)).toMatchObject({ hota: 1, detA: 1, assA: 1, locA: 1 })
    // Seen in half of the frames by one track: DetA = 2/4; AssA = 2 / (4 + 2 − 2).
    const half = hota(frames([7, 7, 0, 0]), 2)
    expect(half.detA).toBeCloseTo(0.5, 12)
    expect(half.assA).toBeCloseTo(0.5, 12)
    expect(half.hota).toBeCloseTo(0.5, 12)
    // Two tracks for half of the time each: every detection is right, each is together in 2 of 4 frames.
    const split = hota(frames([7, 7, 8, 8]), 2)
    expect(split.detA).toBeCloseTo(1, 12)
    expect(split.assA).toBeCloseTo(0.5, 12)
    expect(split.hota).toBeCloseTo(Math.SQRT1_2, 12)
  })

  test('rates detection against association as figure 1 of the paper does: A over B over C in DetA, the reverse in AssA [DRIVE-TRACK-05]', () => {
    // Luiten et al. 2021, the trade-off: many short right tracks detect well, one long one associates well.
    const a = hota(frames([1, 2, 3, 4, 5, 6, 7, 8]), 2)
    const c = hota(frames([1, 1, 1, 1, 0, 0, 0, 0]), 2)
    expect(a.detA).toBeCloseTo(1, 12)
    expect(a.assA).toBeCloseTo(1 / 8, 12)
    expect(c.detA).toBeCloseTo(1 / 2, 12)
    expect(c.assA).toBeCloseTo(1 / 2, 12)
    expect(c.hota).toBeGreaterThan(a.hota)
  })

  test('counts a pair up to the threshold that its distance allows [DRIVE-TRACK-05]', () => {
    // 0.5 m of 2 m: similarity 0.75, a hit at 15 of 19 thresholds.
    const off = hota([{ truthIds: [1], truth: [0, 0], trackIds: [1], tracks: [0.5, 0] }], 2)
    expect(off.detA).toBeCloseTo(15 / 19, 12)
    expect(off.hota).toBeCloseTo(15 / 19, 12)
    const far = hota([{ truthIds: [1], truth: [0, 0], trackIds: [1], tracks: [3, 0] }], 2)
    expect(far.hota).toBe(0)
  })
})

describe('id switches', () => {
  test('are counted when the track of a truth becomes another, not when a nearer one passes [DRIVE-TRACK-05]', () => {
    const matcher = new IdMatcher(2)
    const at = (trackIds: number[], tracks: number[]) => ({ truthIds: [1], truth: [0, 0], trackIds, tracks })
    expect([...matcher.match(at([5], [0, 1]))]).toEqual([0])
    expect([...matcher.match(at([5, 6], [0, 1.5, 0, 0.1]))]).toEqual([0])
    expect(matcher.switches).toBe(0)
    expect([...matcher.match(at([6], [0, 0.1]))]).toEqual([0])
    expect(matcher.switches).toBe(1)
    expect([...matcher.match(at([6], [0, 9]))]).toEqual([-1])
    expect(matcher.switches).toBe(1)
  })
})

describe('consistency', () => {
  test('of a correlated error is its Mahalanobis distance [DRIVE-TRACK-05]', () => {
    // [4 2; 2 3] has the inverse [3 −2; −2 4] / 8: (1, 2) gives (3 − 8 + 16) / 8.
    expect(normalisedErrorSquared([1, 2], [4, 2, 2, 3])).toBeCloseTo(11 / 8, 12)
    expect(normalisedErrorSquared([1], [-1])).toBeNaN()
  })

  test('has the interval of the χ² distribution: 50 runs of 2 dimensions 1.48 to 2.59 [DRIVE-TRACK-05]', () => {
    // Bar-Shalom et al. 2001, example 5.4.2-1: χ² of 100 degrees of freedom, 74.2 and 129.6, over 50 runs.
    const { low, high } = consistencyInterval(50, 2)
    expect(low).toBeCloseTo(74.222 / 50, 2)
    expect(high).toBeCloseTo(129.561 / 50, 2)
  })
})

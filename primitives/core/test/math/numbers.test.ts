import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clamp,
  createRandom,
  lerp,
  logistic,
  logit,
  lowerBound,
  mean,
  median,
  partitionPoint,
  quantile,
  roundTo,
  softmax,
  sortNumbers,
  standardDeviation,
  sum,
  upperBound,
  variance,
  wrapAngle,
} from '../../src/math/index.ts'

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('scalars', () => {
  test('clamp, lerp and roundTo [CORE-MATH-03]', () => {
    expect([-1, 0.5, 2, NaN].map((value) => clamp(value, 0, 1))).toEqual([0, 0.5, 1, NaN])
    expect([0, 0.25, 1, 2].map((share) => lerp(10, 20, share))).toEqual([10, 12.5, 20, 30])
    expect([roundTo(2.345, 1), roundTo(1234, -2), roundTo(-0.05, 1)]).toEqual([2.3, 1200, -0])
  })

  test('an angle is wrapped to the same direction in (−π, π] [CORE-MATH-03]', () => {
    expect(wrapAngle(Math.PI)).toBe(Math.PI)
    expect(wrapAngle(-Math.PI)).toBe(Math.PI)
    fc.assert(
      fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), (angle) => {
        const wrapped = wrapAngle(angle)
        expect(Math.abs(wrapped)).toBeLessThanOrEqual(Math.PI + 1e-12)
        expect(Math.cos(wrapped)).toBeCloseTo(Math.cos(angle), 9)
        expect(Math.sin(wrapped)).toBeCloseTo(Math.sin(angle), 9)
      }),
    )
  })
})

describe('summaries', () => {
  test('of numbers, or of what each item gives [CORE-MATH-03]', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9]
    expect([sum(values), mean(values), standardDeviation(values, 0)]).toEqual([40, 5, 2])
    expect(variance(Float64Array.from(values))).toBeCloseTo(32 / 7, 14)
    const items = values.map((value) => ({ value }))
    expect([sum(items, ({ value }) => value), mean(items, ({ value }) => value)]).toEqual([40, 5])
    expect([sum([]), mean([]), variance([3]), median([])]).toEqual([0, NaN, NaN, NaN])
  })

  test('a quantile is that of type 7, as in R and NumPy [CORE-MATH-03]', () => {
    // R: quantile(c(1, 2, 4, 8, 16), c(0, .1, .25, .5, .9, 1), type = 7)
    const shares = [0, 0.1, 0.25, 0.5, 0.9, 1]
    const found = shares.map((share) => roundTo(quantile([1, 2, 4, 8, 16], share), 9))
    expect(found).toEqual([1, 1.4, 2, 4, 12.8, 16])
    expect(median([9, 1, 4, 2])).toBe(3)
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, share) => {
          const sorted = sortNumbers(all)
          const value = quantile(sorted, share)
          expect(value).toBeGreaterThanOrEqual(sorted[0]!)
          expect(value).toBeLessThanOrEqual(sorted.at(-1)!)
          expect(value).toBeLessThanOrEqual(quantile(sorted, Math.min(1, share + 0.1)) + 1e-9)
        },
      ),
    )
  })
})

test('bounds in sorted values are where a linear search finds them [CORE-MATH-03]', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (all, value) => {
      const sorted = all.toSorted((a, b) => a - b)
      expect(lowerBound(sorted, value)).toBe(sorted.filter((each) => each < value).length)
      expect(upperBound(sorted, value)).toBe(sorted.filter((each) => each <= value).length)
      expect(partitionPoint(sorted.length, (at) => sorted[at]! < value)).toBe(lowerBound(sorted, value))
    }),
  )
})

test('logistic and logit are inverse; softmax adds up to 1 and never overflows [CORE-MATH-03]', () => {
  expect([logistic(0), logistic(-800), logistic(800), logit(0), logit(1)]).toEqual([
    0.5,
    0,
    1,
    -Infinity,
    Infinity,
  ])
  fc.assert(
    fc.property(fc.double({ min: -30, max: 15, noNaN: true }), (x) => {
      expect(logit(logistic(x))).toBeCloseTo(x, 8)
    }),
  )
  expect([...softmax([1000, 1000 + Math.log(3)])].map((share) => roundTo(share, 9))).toEqual([0.25, 0.75])
  const scores = Float64Array.of(0, 0)
  expect(softmax(scores, scores)).toBe(scores)
  expect([...scores]).toEqual([0.5, 0.5])
})

describe('seeded numbers', () => {
  test('are those of mulberry32, the same on every machine [CORE-MATH-04]', () => {
    // The reference implementation in C (Ettinger 2017), seed 42.
    const random = createRandom(42)
    const drawn = Array.from({ length: 4 }, () => random.next() * 2 ** 32)
    expect(drawn).toEqual([2_581_720_956, 1_925_393_290, 3_661_312_704, 2_876_485_805])
    const named = createRandom('sample')
    const again = createRandom('sample')
    expect(Array.from({ length: 5 }, () => named.next())).toEqual(
      Array.from({ length: 5 }, () => again.next()),
    )
    expect(createRandom('a').next()).not.toBe(createRandom('b').next())
  })

  test('have the moments of their distributions [CORE-MATH-04]', () => {
    const random = createRandom('moments')
    const draws = 20_000
    const uniform = Array.from({ length: draws }, () => random.next())
    const normal = Array.from({ length: draws }, () => random.normal())
    expect([mean(uniform), variance(uniform)].map((value) => roundTo(value, 1))).toEqual([0.5, 0.1])
    expect([mean(normal), variance(normal)].map((value) => Math.abs(roundTo(value, 1)))).toEqual([0, 1])
    for (const expected of [0.3, 7, 1200]) {
      const counts = Array.from({ length: 2000 }, () => random.poisson(expected))
      expect(Math.abs(mean(counts) - expected)).toBeLessThan(5 * Math.sqrt(expected / 2000))
      expect(variance(counts) / expected).toBeGreaterThan(0.85)
      expect(variance(counts) / expected).toBeLessThan(1.15)
    }
    expect(random.poisson(0)).toBe(0)
  })

  test('integers, picks and samples stay within their bounds [CORE-MATH-04]', () => {
    const random = createRandom('bounds')
    const dice = new Set(Array.from({ length: 200 }, () => random.int(1, 6)))
    expect(sortNumbers(dice)).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6))
    expect(sortNumbers(random.sample([1, 2, 3], 5))).toEqual(Float64Array.of(1, 2, 3))
    expect(() => random.pick([])).toThrow(RangeError)
    expect([random.chance(0), random.chance(1)]).toEqual([false, true])
  })
})

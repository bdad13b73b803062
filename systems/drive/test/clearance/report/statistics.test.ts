import { createRandom } from '@heavylift/core/math'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clopperPearsonLower, clopperPearsonUpper } from '@heavylift/core/math'
import { trialsToShow } from '../../../src/clearance/report/statistics/trials-to-show.ts'
import { ImportanceSampling } from '../../../src/clearance/report/statistics/importance-sampling.ts'
import { compareVersions } from '../../../src/clearance/report/statistics/mcnemar.ts'
import { SequentialTest } from '../../../src/clearance/report/statistics/sequential-test.ts'
import { incompleteBeta, incompleteGamma } from '@heavylift/core/math'
import { weightedRate } from '../../../src/clearance/report/statistics/weighted-rate.ts'

describe('the exact bound', () => {
  test('gives the intervals of Newcombe 1998, table I, method 5 [DRIVE-STAT-01]', () => {
    for (const [failures, n, low, high] of [
      [81, 263, 0.2527, 0.3676],
      [15, 148, 0.0578, 0.1617],
      [0, 20, 0, 0.1684],
      [1, 29, 0.0009, 0.1776],
    ] as const) {
      expect(clopperPearsonLower(failures, n, 0.975)).toBeCloseTo(low, 4)
      expect(clopperPearsonUpper(failures, n, 0.975)).toBeCloseTo(high, 4)
    }
  })

  test('is 1 − 0.05^(1/n) without a failure, so 59 trials show a rate below 5 % [DRIVE-STAT-01]', () => {
    expect(clopperPearsonUpper(0, 59)).toBeCloseTo(1 - 0.05 ** (1 / 59), 12)
    expect(clopperPearsonUpper(0, 59)).toBeLessThan(0.05)
    expect(clopperPearsonUpper(0, 58)).toBeGreaterThan(0.05)
    expect(trialsToShow(0.05)).toBe(59)
    // Kalra and Paddock 2016: 275 million failure-free miles for 1.09 fatalities in 100 million.
    expect(trialsToShow(1.09e-8) / 1e6).toBeCloseTo(275, 0)
    expect(clopperPearsonUpper(3, 3)).toBe(1)
    expect(() => clopperPearsonUpper(4, 3)).toThrow(/4 of 3/)
  })

  test('is the rate at which so few failures are as rare as it says [DRIVE-STAT-01]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 60 }), (n, raw) => {
        const failures = Math.min(raw, n - 1)
        const rate = clopperPearsonUpper(failures, n)
        let tail = 0
        let term = (1 - rate) ** n
        for (let k = 0; k <= failures; k++) {
          tail += term
          term *= ((n - k) / (k + 1)) * (rate / (1 - rate))
        }
        expect(tail).toBeCloseTo(0.05, 9)
      }),
      { numRuns: 50 },
    )
  })
})

test('special functions have their tabled values [DRIVE-STAT-01]', () => {
  // I_x(2, 3) = x²(6 − 8x + 3x²); P(2, x) = 1 − e^−x(1 + x).
  expect(incompleteBeta(0.3, 2, 3)).toBeCloseTo(0.09 * (6 - 2.4 + 0.27), 14)
  expect(incompleteGamma(2, 5)).toBeCloseTo(1 - Math.exp(-5) * 6, 14)
  expect(incompleteGamma(2, 0.5)).toBeCloseTo(1 - Math.exp(-0.5) * 1.5, 14)
})

describe('the exposure-weighted rate', () => {
  test('is the exact Poisson bound where shares are those of the sample [DRIVE-STAT-02]', () => {
    // Garwood 1936: upper 97.5 % of a count of 10 is 18.391, upper 95 % of none 2.996.
    const ten = weightedRate(
      [
        { failures: 4, n: 500, exposure: 1 },
        { failures: 6, n: 500, exposure: 1 },
      ],
      0.975,
    )
    expect(ten.rate).toBeCloseTo(0.01, 12)
    expect(ten.upper * 1000).toBeCloseTo(18.391, 2)
    expect(weightedRate([{ failures: 0, n: 1000, exposure: 7 }]).upper * 1000).toBeCloseTo(2.9957, 3)
  })

  test('standardises as in Fleiss 1981, table 14.4, first births: 92.3 of 100,000 [DRIVE-STAT-02]', () => {
    const births = [230_061, 329_449, 114_920, 39_487, 14_208, 3052]
    const cases = [107, 141, 60, 40, 39, 25]
    const standard = [319_933, 931_318, 786_511, 488_235, 237_863, 61_313]
    const { rate, upper } = weightedRate(
      cases.map((failures, row) => ({ failures, n: births[row]!, exposure: standard[row]! })),
    )
    expect(rate * 1e5).toBeCloseTo(92.3, 1)
    expect(upper).toBeGreaterThan(rate)
  })

  test('has no bound while a class that occurs was never run [DRIVE-STAT-02]', () => {
    const never = { failures: 0, n: 0, exposure: 1 }
    expect(weightedRate([{ failures: 0, n: 100, exposure: 1 }, never]).upper).toBe(Infinity)
    expect(
      weightedRate([
        { failures: 0, n: 100, exposure: 1 },
        { ...never, exposure: 0 },
      ]).upper,
    ).toBeLessThan(0.04)
  })
})

describe('importance sampling', () => {
  test('finds the rate of the domain from a sample that seeks failures, with its effective size [DRIVE-STAT-03]', () => {
    // The domain fails where x < 0.02, x uniform; sampled with half of the cases below 0.1.
    const random = createRandom('importance')
    const sample = new ImportanceSampling()
    for (let index = 0; index < 20_000; index++) {
      const isNear = random.chance(0.5)
      const x = isNear ? random.next() * 0.1 : 0.1 + random.next() * 0.9
      sample.add(x < 0.02, isNear ? 0.2 : 1.8)
    }
    const { rate, standardError, effectiveN, upper } = sample.estimate()
    expect(Math.abs(rate - 0.02)).toBeLessThan(4 * standardError)
    // (E w)² / E w² = 1 / (0.5 · 0.04 + 0.5 · 3.24)
    expect(effectiveN / 20_000).toBeCloseTo(1 / 1.64, 2)
    expect(upper).toBeGreaterThan(rate)
  })

  test('is the exact bound with equal weights, and does not count what a search found [DRIVE-STAT-03]', () => {
    const sample = new ImportanceSampling()
    for (let index = 0; index < 148; index++) sample.add(index < 15, 3)
    sample.add(true, 0)
    const { n, rate, effectiveN, upper, standardError } = sample.estimate(0.975)
    expect(n).toBe(148)
    expect(effectiveN).toBeCloseTo(148, 9)
    expect(rate).toBeCloseTo(15 / 148, 12)
    expect(upper).toBeCloseTo(0.1617, 4)
    expect(standardError).toBeCloseTo(Math.sqrt(((15 / 148) * (133 / 148)) / 148), 12)
  })
})

describe('the sequential test', () => {
  test('draws the lines of Wald 1947 for 0.1 against 0.3, α 0.02, β 0.03 [DRIVE-STAT-04]', () => {
    // Acceptance line −2.583 + 0.186 m, rejection line 2.875 + 0.186 m, in failures.
    const aim = 0.1
    const limit = 0.3
    const make = () => new SequentialTest({ limit, aim, alpha: 0.03, beta: 0.02 })
    const clean = make()
    while (clean.add(false) === 'undecided');
    expect(clean.state).toBe('within-limit')
    expect(clean.n).toBe(Math.ceil(2.583 / 0.186))
    const bad = make()
    while (bad.add(true) === 'undecided');
    expect(bad.state).toBe('above-aim')
    expect(bad.n).toBe(Math.ceil(2.875 / (1 - 0.186)))
    bad.add(false)
    expect(bad.n).toBe(4)
  })

  test('wrongly clears a rate at the limit no more often than α [DRIVE-STAT-04]', () => {
    const random = createRandom('sequential')
    let cleared = 0
    let early = 0
    for (let trial = 0; trial < 1000; trial++) {
      const one = new SequentialTest({ limit: 0.05, aim: 0.0125 })
      while (one.state === 'undecided' && one.n < 2000) one.add(random.chance(0.05))
      if (one.state === 'within-limit') cleared++
      if (one.pValue <= 0.05) early++
    }
    // 0.05 and four standard errors.
    expect(cleared / 1000).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 1000))
    expect(early / 1000).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 1000))
  })
})

describe('the paired comparison', () => {
  test('is exact: 6 against 16 of the cases that changed give p = 0.053 [DRIVE-STAT-05]', () => {
    const compared = compareVersions({ bothPassed: 80, bothFailed: 59, mended: 6, broken: 16 })
    expect(compared.pValue).toBeCloseTo(0.0525, 4)
    expect(compared.worsePValue).toBeCloseTo(0.0525 / 2, 4)
  })

  test('says nothing where nothing changed, and is sure where all broke [DRIVE-STAT-05]', () => {
    expect(compareVersions({ bothPassed: 9, bothFailed: 0, mended: 0, broken: 0 })).toMatchObject({
      pValue: 1,
      worsePValue: 1,
    })
    expect(compareVersions({ bothPassed: 0, bothFailed: 0, mended: 0, broken: 10 }).worsePValue).toBeCloseTo(
      2 ** -10,
      12,
    )
  })
})

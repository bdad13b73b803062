import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignArm } from '../../src/ledger/statistics/assignment.ts'
import { calibrate } from '../../src/ledger/statistics/calibration.ts'
import { differenceInterval } from '@heavylift/core/math'
import { ratioInterval } from '../../src/ledger/statistics/interval.ts'
import { blockEvidence, SequentialTest } from '../../src/ledger/statistics/sequential-test.ts'

describe('two proportions', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10, contrast (a).
  test('difference 56/70 − 48/80 matches the published interval [STORE-LEDGER-02]', () => {
    const interval = differenceInterval({ successes: 56, n: 70 }, { successes: 48, n: 80 })
    expect(interval.estimate).toBeCloseTo(0.2, 10)
    expect(interval.low).toBeCloseTo(0.0524, 4)
    expect(interval.high).toBeCloseTo(0.3339, 4)
  })

  // Physicians' Health Study, as in Agresti, Categorical Data Analysis: placebo against aspirin, relative risk.
  test('ratio 189/11034 to 104/11037 matches the published relative risk [STORE-LEDGER-02]', () => {
    const interval = ratioInterval({ successes: 189, n: 11034 }, { successes: 104, n: 11037 })
    expect(interval?.estimate).toBeCloseTo(1.82, 2)
    expect(interval?.low).toBeCloseTo(1.43, 2)
    expect(interval?.high).toBeCloseTo(2.31, 2)
  })

  test('a ratio without a success on each side has no estimate', () => {
    expect(ratioInterval({ successes: 0, n: 10 }, { successes: 3, n: 10 })).toBeNull()
    expect(ratioInterval({ successes: 3, n: 10 }, { successes: 0, n: 0 })).toBeNull()
  })
})

describe('sequential test', () => {
  const rate = fc.double({ min: 0.001, max: 0.999, noNaN: true })

  test('no bet gains on average when both arms convert alike', () => {
    fc.assert(
      fc.property(rate, rate, rate, (rateControl, rateTreatment, truth) => {
        let expectation = 0
        for (const control of [false, true]) {
          for (const treatment of [false, true]) {
            const chance = (control ? truth : 1 - truth) * (treatment ? truth : 1 - truth)
            expectation += chance * blockEvidence(control, treatment, rateControl, rateTreatment)
          }
        }
        expect(expectation).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })

  test('looking after each of 500 blocks rejects equal arms in at most 5 % of 1,000 runs [STORE-LEDGER-03]', () => {
    const random = lcg(11)
    let rejected = 0
    for (let run = 0; run < 1000; run++) {
      const sequential = new SequentialTest()
      for (let block = 0; block < 500; block++) sequential.add(random() < 0.1, random() < 0.1)
      if (sequential.pValue <= 0.05) rejected++
    }
    expect(rejected).toBeLessThanOrEqual(50)
  })

  test('finds an uplift of 60 % on 5 % conversion within 8,000 blocks in most runs [STORE-LEDGER-03]', () => {
    const random = lcg(12)
    let found = 0
    for (let run = 0; run < 100; run++) {
      const sequential = new SequentialTest()
      for (let block = 0; block < 8000; block++) sequential.add(random() < 0.05, random() < 0.08)
      if (sequential.pValue <= 0.05) found++
    }
    expect(found).toBeGreaterThanOrEqual(90)
  })

  test('its p-value never rises', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 60 }), (blocks) => {
        const sequential = new SequentialTest()
        let before = sequential.pValue
        expect(before).toBe(1)
        for (const [control, treatment] of blocks) {
          sequential.add(control, treatment)
          expect(sequential.pValue).toBeLessThanOrEqual(before)
          before = sequential.pValue
        }
        expect(sequential.blocks).toBe(blocks.length)
      }),
    )
  })
})

describe('calibration', () => {
  test('a forecaster who is right as often as stated has no calibration error [STORE-LEDGER-04]', () => {
    const decisions = Array.from({ length: 10 }, (_, index) => ({
      confidence: 0.7,
      outcome: index < 7 ? 1 : 0,
    }))
    const report = calibrate(decisions)
    expect(report.expectedCalibrationError).toBeCloseTo(0, 12)
    expect(report.brierScore).toBeCloseTo(0.21, 12)
    expect(report.bins).toEqual([
      { low: 0.7, high: 0.8, n: 10, meanConfidence: expect.closeTo(0.7, 12), rate: 0.7 },
    ])
  })

  test('every decision lands in one bin, 1.0 in the last [STORE-LEDGER-04]', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            confidence: fc.double({ min: 0, max: 1, noNaN: true }),
            outcome: fc.constantFrom(0, 1),
          }),
        ),
        (decisions) => {
          const report = calibrate(decisions)
          expect(report.bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(decisions.length)
          for (const bin of report.bins) {
            expect(bin.meanConfidence).toBeGreaterThanOrEqual(bin.low - 1e-12)
            expect(bin.meanConfidence).toBeLessThanOrEqual(bin.high + 1e-12)
          }
        },
      ),
    )
  })

  test('says nothing without decisions', () => {
    expect(calibrate([])).toEqual({ bins: [], brierScore: null, expectedCalibrationError: null })
  })
})

describe('assignment', () => {
  test('is stable, follows the weights and differs between experiments [STORE-LEDGER-05]', () => {
    const arms = { off: 1, on: 3 }
    const units = Array.from({ length: 20_000 }, (_, index) => `unit-${index}`)
    const on = units.filter((unit) => assignArm('a', unit, arms) === 'on').length
    // Four standard deviations of a binomial with n = 20,000 and p = .75.
    expect(Math.abs(on - 15_000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.75 * 0.25))
    expect(units.every((unit) => assignArm('a', unit, arms) === assignArm('a', unit, arms))).toBe(true)
    const equal = { off: 1, on: 1 }
    const same = units.filter((unit) => assignArm('a', unit, equal) === assignArm('b', unit, equal)).length
    expect(Math.abs(same - 10_000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.25))
  })

  test('refuses an experiment without arms or with a weight of zero', () => {
    expect(() => assignArm('a', 'u', {})).toThrow(RangeError)
    expect(() => assignArm('a', 'u', { on: 0, off: 1 })).toThrow(/weight above 0/)
  })
})

/** A small seeded generator, so that the simulations are the same on every run. */
function lcg(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

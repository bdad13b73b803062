import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  betaQuantile,
  clopperPearsonLower,
  clopperPearsonUpper,
  gammaQuantile,
  incompleteBeta,
  incompleteGamma,
  logGamma,
  normalCdf,
  normalQuantile,
  wilsonInterval,
} from '../../src/math/index.ts'

/** Agrees to so many significant digits. */
function expectDigits(actual: number, expected: number, digits: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(10 ** -digits)
}

// Where no table is named: 40 digits of mpmath 1.4, rounded to a double.
describe('special functions', () => {
  test.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001], // ½ log π
    [1.5, -0.12078223763524522],
    [10, 12.80182748008147], // log 9!
    [100, 359.1342053695754],
    [1e4, 82099.71749644238],
    [1e8, 1742068066.1038346],
  ])('log Γ(%d) has 14 digits [CORE-MATH-01]', (x, expected) => {
    expectDigits(logGamma(x), expected, 14)
  })

  test.each([
    [0.3, 2, 3, 0.3483], // x²(6 − 8x + 3x²)
    [0.5, 0.5, 0.5, 0.5],
    [0.01, 1, 200, 0.8660203251420381], // 1 − (1 − x)^200
    [0.2, 20, 90, 0.7031584106400406],
    [0.9, 300, 30, 0.2710382654120721],
    [0.001, 3, 5000, 0.8756426259625865],
    [1e-5, 2, 200_000, 0.5939982103554259],
    [0.5, 1000, 1000, 0.5],
  ])('I_%d(%d, %d) has 12 digits [CORE-MATH-01]', (x, a, b, expected) => {
    expectDigits(incompleteBeta(x, a, b), expected, 12)
  })

  test.each([
    [0.5, 0.1, 0.345279153981423],
    [2, 5, 0.9595723180054871],
    [10, 12, 0.7576078383294876],
    [100, 90, 0.15822098918643018],
    [1000, 1050, 0.9413288886226819],
    [3, 0.01, 1.654216528074877e-7],
  ])('P(%d, %d) has 12 digits [CORE-MATH-01]', (a, x, expected) => {
    expectDigits(incompleteGamma(a, x), expected, 12)
  })

  test('I_x(a, b) is a binomial tail, and 1 − I_{1−x}(b, a) [CORE-MATH-01]', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 1e-3, max: 1 - 1e-3, noNaN: true }),
        (n, raw, rate) => {
          const least = Math.min(raw, n - 1) + 1
          let tail = 0
          let term = (1 - rate) ** n
          for (let k = 0; k <= n; k++) {
            if (k >= least) tail += term
            term *= ((n - k) / (k + 1)) * (rate / (1 - rate))
          }
          expect(incompleteBeta(rate, least, n - least + 1)).toBeCloseTo(tail, 9)
          expect(1 - incompleteBeta(1 - rate, n - least + 1, least)).toBeCloseTo(tail, 9)
        },
      ),
    )
  })

  test.each([
    [0.05, 2, 5, 0.06284989170835438],
    [0.5, 0.5, 3, 0.079032767076173],
    [0.975, 20, 30, 0.5376145090797705],
  ])('the quantile %d of beta(%d, %d) has 13 digits [CORE-MATH-01]', (share, a, b, expected) => {
    expectDigits(betaQuantile(share, a, b), expected, 13)
  })

  test.each([
    [0.95, 1, 2.995732273553991],
    [0.975, 11, 18.39035604201778],
    [0.05, 4, 1.366318396749831],
  ])('the quantile %d of gamma(%d) has 13 digits [CORE-MATH-01]', (share, shape, expected) => {
    expectDigits(gammaQuantile(share, shape), expected, 13)
  })
})

describe('the normal distribution', () => {
  test.each([
    [-20, 2.7536241186062337e-89],
    [-8, 6.220960574271784e-16],
    [-5, 2.866515718791939e-7],
    [-3.0001, 0.0013494549132607172],
    [-3, 0.0013498980316300946],
    [-1.96, 0.024997895148220435],
    [0.1, 0.539827837277029],
    [1, 0.8413447460685429],
    [6, 0.9999999990134123],
  ])('Φ(%d) has 12 digits [CORE-MATH-01]', (x, expected) => {
    expectDigits(normalCdf(x), expected, 12)
  })

  // The first three: Wichura 1988, Algorithm AS 241, check values.
  test.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.0902323061678136],
    [1e-20, -9.262340089798409],
    [0.975, 1.9599639845400543],
    [0.8, 0.8416212335729142],
  ])('its quantile of %d has 14 digits [CORE-MATH-01]', (p, expected) => {
    if (expected === 0) expect(normalQuantile(p)).toBe(0)
    else expectDigits(normalQuantile(p), expected, 14)
  })

  test('its quantile is the inverse, infinite at the ends and NaN outside [CORE-MATH-01]', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
        expect(normalQuantile(normalCdf(x))).toBeCloseTo(x, 9)
      }),
    )
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.5, noNaN: true }), (p) => {
        expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 4)
        expect(normalQuantile(p)).toBeLessThanOrEqual(0)
      }),
    )
    expect(normalQuantile(0)).toBe(-Infinity)
    expect(normalQuantile(1)).toBe(Infinity)
    expect(normalQuantile(1.1)).toBeNaN()
    expect(normalCdf(-Infinity)).toBe(0)
    expect(normalCdf(Infinity)).toBe(1)
  })
})

describe('bounds of a proportion', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, methods 3 and 5.
  test.each([
    [81, 263, [0.2553, 0.3662], [0.2527, 0.3676]],
    [15, 148, [0.0624, 0.1605], [0.0578, 0.1617]],
    [0, 20, [0, 0.1611], [0, 0.1684]],
    [1, 29, [0.0061, 0.1718], [0.0009, 0.1776]],
  ])('of %d in %d are the published ones [CORE-MATH-02]', (count, n, wilson, exact) => {
    const { low, high } = wilsonInterval(count, n)
    expect([low, high].map((limit) => Number(limit.toFixed(4)))).toEqual(wilson)
    const bounds = [clopperPearsonLower(count, n, 0.975), clopperPearsonUpper(count, n, 0.975)]
    expect(bounds.map((limit) => Number(limit.toFixed(4)))).toEqual(exact)
  })

  test.each([
    [1, 29, 0.975, 0.17764429548872293],
    [3, 1000, 0.95, 0.00773524471847946],
    [2, 1e6, 0.95, 6.295780099170598e-6],
    [50, 1e5, 0.99, 0.0006906065059266389],
  ])(
    'the exact upper one of %d in %d at %d has 11 digits [CORE-MATH-02]',
    (count, n, confidence, expected) => {
      expectDigits(clopperPearsonUpper(count, n, confidence), expected, 11)
    },
  )

  test('are mirrored, hold the share, narrow with n, and close at none and all [CORE-MATH-02]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (n, raw) => {
        const count = Math.min(raw, n)
        expect(clopperPearsonUpper(count, n)).toBeCloseTo(1 - clopperPearsonLower(n - count, n), 10)
        expect(clopperPearsonLower(count, n)).toBeLessThanOrEqual(count / n)
        expect(clopperPearsonUpper(count, n)).toBeGreaterThanOrEqual(count / n)
        const { estimate, low, high } = wilsonInterval(count, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(estimate)
        expect(high).toBeGreaterThanOrEqual(estimate)
        const tenfold = wilsonInterval(count * 10, n * 10)
        expect(tenfold.high - tenfold.low).toBeLessThan(high - low)
      }),
    )
    expect(clopperPearsonUpper(0, 59)).toBeCloseTo(1 - 0.05 ** (1 / 59), 14)
    expect(clopperPearsonUpper(3, 3)).toBe(1)
    expect(clopperPearsonUpper(0, 0)).toBe(1)
    expect(wilsonInterval(0, 0)).toEqual({ estimate: 0, low: 0, high: 1 })
    expect(() => clopperPearsonUpper(4, 3)).toThrow(/4 of 3/)
  })
})

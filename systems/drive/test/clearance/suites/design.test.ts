import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { densityAt, valueAt } from '../../../src/clearance/suites/sampling/axis.ts'
import type { Axis } from '../../../src/clearance/suites/sampling/axis.ts'
import { designPoint } from '../../../src/clearance/suites/sampling/design.ts'
import { normalCdf, normalQuantile } from '@heavylift/core/math'
import { permuted } from '../../../src/clearance/suites/sampling/permutation.ts'
import { mostSobolDimensions, sobol } from '../../../src/clearance/suites/sampling/sobol.ts'

describe('designs', () => {
  test('a permutation takes each place once, another one for another key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 1e9 }), (count, key) => {
        const places = Array.from({ length: count }, (_, index) => permuted(index, count, key))
        expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index))
      }),
      { numRuns: 50 },
    )
    const first = Array.from({ length: 50 }, (_, index) => permuted(index, 50, 1))
    expect(Array.from({ length: 50 }, (_, index) => permuted(index, 50, 2))).not.toEqual(first)
  })

  test('a Latin hypercube has one point in every stratum of every dimension [DRIVE-SUITE-01]', () => {
    const points = Array.from({ length: 97 }, (_, index) => designPoint('latin', index, 97, 5, 3))
    for (let dimension = 0; dimension < 5; dimension++) {
      const strata = points.map((point) => Math.floor((point[dimension] as number) * 97))
      expect(new Set(strata).size).toBe(97)
    }
  })

  test('the first points of the Sobol sequence are the published ones, and 64 points fill 64 strata of each dimension', () => {
    const unshifted = (index: number) => [0, 1, 2].map((dimension) => sobol(index, dimension, 0))
    expect([1, 2, 3, 4].map(unshifted)).toEqual([
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
    ])
    for (let dimension = 0; dimension < mostSobolDimensions; dimension++) {
      const strata = new Set(
        Array.from({ length: 64 }, (_, index) => Math.floor(sobol(index, dimension, 12345) * 64)),
      )
      expect(strata.size).toBe(64)
    }
  })

  test('the normal distribution has its published values, and its quantiles lead back', () => {
    expect(normalCdf(1.96)).toBeCloseTo(0.9750021048517795, 12)
    expect(normalCdf(-3)).toBeCloseTo(0.0013498980316301, 12)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 10)
    for (const p of [1e-6, 0.01, 0.3, 0.5, 0.9999]) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 10)
  })
})

const axes: Axis[] = [
  { kind: 'uniform', from: 2, to: 5 },
  { kind: 'normal', mean: 10, deviation: 3, from: 8, to: 15 },
  { kind: 'logNormal', mean: 1, deviation: 0.5, from: 1, to: 10 },
]

describe('axes', () => {
  test('draws follow the density, which is one in sum [DRIVE-SUITE-02]', () => {
    for (const axis of axes) {
      const [from, to] = axis.kind === 'fixed' || axis.kind === 'values' ? [0, 0] : [axis.from, axis.to]
      const middle = (from + to) / 2
      const mass = (low: number, high: number) => {
        let sum = 0
        for (let i = 0; i < 4000; i++)
          sum += densityAt(axis, low + ((high - low) * (i + 0.5)) / 4000) * ((high - low) / 4000)
        return sum
      }
      expect(mass(from, to)).toBeCloseTo(1, 4)
      const drawn = Array.from({ length: 1000 }, (_, index) => Number(valueAt(axis, (index + 0.5) / 1000)))
      expect(Math.min(...drawn)).toBeGreaterThanOrEqual(from)
      expect(Math.max(...drawn)).toBeLessThanOrEqual(to)
      expect(drawn.filter((value) => value < middle).length / 1000).toBeCloseTo(mass(from, middle), 2)
    }
  })

  test('values are drawn by their weights [DRIVE-SUITE-02]', () => {
    const axis: Axis = { kind: 'values', values: ['dry', 'wet', 'ice'], weights: [6, 3, 1] }
    const drawn = Array.from({ length: 100 }, (_, index) => valueAt(axis, (index + 0.5) / 100))
    expect(['dry', 'wet', 'ice'].map((value) => drawn.filter((one) => one === value).length)).toEqual([
      60, 30, 10,
    ])
    expect(densityAt(axis, 'wet')).toBeCloseTo(0.3, 12)
  })
})

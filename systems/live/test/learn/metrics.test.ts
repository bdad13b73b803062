import { describe, expect, test } from 'vitest'
import { bootstrapByGroup, metricOfSamples, overRows } from '../../src/learn/bootstrap.ts'
import { accuracy, auc, brier, coverage, ece, logLoss, mae, reliability } from '../../src/learn/metrics.ts'

const of = (...values: number[]) => Float64Array.from(values)

describe('metrics', () => {
  test('auc counts pairs in the right order, ties half', () => {
    expect(auc(of(0.1, 0.4, 0.35, 0.8), of(0, 0, 1, 1))).toBeCloseTo(0.75)
    expect(auc(of(0.5, 0.5, 0.5), of(0, 1, 1))).toBe(0.5)
    expect(auc(of(0.5), of(1))).toBeNaN()
  })

  test('brier, log loss, absolute error and coverage are means over rows', () => {
    expect(brier(of(0.8, 0.4), of(1, 0))).toBeCloseTo((0.04 + 0.16) / 2)
    expect(logLoss(of(0.8, 0.4), of(1, 0))).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2)
    expect(logLoss(of(0), of(1))).toBeCloseTo(-Math.log(1e-6))
    expect(mae(of(1, 5), of(2, 2))).toBe(2)
    expect(coverage(of(0, 0), of(1, 1), of(1, 2))).toBe(0.5)
    expect(accuracy(of(0.2, 0.8, 0.6, 0.4), of(1, 1), 2)).toBe(0.5)
  })

  test('ece weighs the gap of each tenth by its rows', () => {
    expect(ece(of(0.95, 0.95, 0.15, 0.15), of(1, 1, 0, 1))).toBeCloseTo(0.5 * 0.05 + 0.5 * 0.35)
    expect(reliability(of(1, 0.05), of(1, 0))).toEqual([
      { low: 0, high: 0.1, rows: 1, meanPredicted: 0.05, meanHappened: 0 },
      { low: 0.9, high: 1, rows: 1, meanPredicted: 1, meanHappened: 1 },
    ])
  })

  test('draws whole games for an interval, so copies of a row do not narrow it', () => {
    const labels = Float64Array.from({ length: 400 }, (_, row) => (Math.floor(row / 20) % 2 === 0 ? 1 : 0))
    const predicted = new Float64Array(400).fill(0.7)
    const byGame = bootstrapByGroup(
      [...labels.keys()].map((row) => `g${Math.floor(row / 20)}`),
      overRows(brier, predicted, labels),
    )
    const byRow = bootstrapByGroup(
      [...labels.keys()].map((row) => `r${row}`),
      overRows(brier, predicted, labels),
    )
    expect(byGame.value).toBeCloseTo(0.29)
    expect(byGame.low).toBeLessThan(0.29)
    expect(byGame.high).toBeGreaterThan(0.29)
    expect(byGame.high - byGame.low).toBeGreaterThan(2 * (byRow.high - byRow.low))
    expect(byGame).toEqual(
      bootstrapByGroup(
        [...labels.keys()].map((row) => `g${Math.floor(row / 20)}`),
        overRows(brier, predicted, labels),
      ),
    )
  })
})

test('a metric of few groups is told by draws of that many, whole groups at a time', () => {
  const groups = ['a', 'a', 'b', 'c', 'c', 'c']
  const sizes = new Set<number>()
  const { low, value, high } = metricOfSamples(
    groups,
    (rows) => {
      sizes.add(rows.length)
      return rows.length
    },
    2,
  )
  // Two groups of one to three rows each.
  expect([...sizes].toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6])
  expect([low, high]).toEqual([2, 6])
  expect(value).toBe(4)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brier, mae } from '../../src/learn/metrics.ts'
import { treePredictor } from '../../src/learn/trees/boosted-trees.ts'
import type { BoostedTrees } from '../../src/learn/trees/boosted-trees.ts'
import { trainTrees } from '../../src/learn/trees/train-trees.ts'
import type { TreeOptions } from '../../src/learn/trees/train-trees.ts'
import { madeDataset } from './made-data.ts'

const options: TreeOptions = {
  loss: { name: 'log' },
  rounds: 40,
  learningRate: 0.2,
  maxLeaves: 8,
  minLeafRows: 10,
  seed: 1,
}

function predict(trees: BoostedTrees, row: number[], outputs = 1): number[] {
  const out = new Float64Array(outputs)
  treePredictor(trees).predict(Float64Array.from(row), 0, out)
  return [...out]
}

/** Exclusive or of two signs: no single split helps, two levels do. */
const crossed = madeDataset(['a', 'b'], 60, 20, (random, row) => {
  row[0] = random() * 2 - 1
  row[1] = random() * 2 - 1
  return row[0] > 0 !== row[1] > 0 ? 1 : 0
})

describe('boosted trees', () => {
  test('learn an interaction that no straight line separates [LIVE-LEARN-01]', () => {
    const { trees } = trainTrees(crossed, options)
    expect(predict(trees, [0.5, -0.5])[0]).toBeGreaterThan(0.9)
    expect(predict(trees, [-0.5, -0.5])[0]).toBeLessThan(0.1)
  })

  test('send a missing value to the side that it belongs to, and a number never to the side of missing ones by mistake', () => {
    const data = madeDataset(['x'], 50, 20, (random, row) => {
      const isMissing = random() < 0.3
      row[0] = isMissing ? Number.NaN : random()
      return isMissing || row[0]! > 0.7 ? 1 : 0
    })
    const { trees } = trainTrees(data, options)
    expect(predict(trees, [Number.NaN])[0]).toBeGreaterThan(0.9)
    expect(predict(trees, [0.2])[0]).toBeLessThan(0.1)
    expect(predict(trees, [0.9])[0]).toBeGreaterThan(0.9)
  })

  test('never fall in a column that may only rise, whatever the noise says [LIVE-LEARN-01]', () => {
    const noisy = madeDataset(['x', 'y'], 60, 20, (random, row) => {
      row[0] = random()
      row[1] = random()
      return random() < 0.5 + 0.2 * Math.sin(9 * row[0]) + 0.2 * row[1] ? 1 : 0
    })
    const { trees } = trainTrees(noisy, { ...options, minLeafRows: 3, maxLeaves: 16, monotone: [1, 0] })
    const unit = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(unit, unit, unit, (a, b, y) => {
        const low = predict(trees, [Math.min(a, b), y])[0]!
        const high = predict(trees, [Math.max(a, b), y])[0]!
        expect(high).toBeGreaterThanOrEqual(low - 1e-9)
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  test('tell several classes apart, with probabilities that sum to 1', () => {
    const data = madeDataset(['x'], 40, 20, (random, row) => {
      row[0] = random() * 3
      return Math.floor(row[0])
    })
    const { trees } = trainTrees(data, { ...options, loss: { name: 'softmax', classes: 3 } })
    for (const [x, label] of [
      [0.5, 0],
      [1.5, 1],
      [2.5, 2],
    ] as const) {
      const probabilities = predict(trees, [x], 3)
      expect(probabilities[label]).toBeGreaterThan(0.8)
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
    }
  })

  test('fit an amount, and the quantile that was asked for', () => {
    const data = madeDataset(['x'], 100, 20, (random, row) => {
      row[0] = random()
      return 10 * row[0] + random() * 4
    })
    const { trees } = trainTrees(data, { ...options, loss: { name: 'squared' } })
    expect(predict(trees, [0.5])[0]).toBeCloseTo(7, 0)
    const { trees: high } = trainTrees(data, {
      ...options,
      loss: { name: 'quantile', level: 0.9 },
      maxLeaves: 4,
      minLeafRows: 100,
    })
    const below = data.labels.filter((label, row) => label <= predict(high, [data.features[row]!])[0]!).length
    expect(below / data.labels.length).toBeGreaterThan(0.87)
    expect(below / data.labels.length).toBeLessThan(0.93)
  })

  test('stop when groups that were left out gain nothing more', () => {
    const noise = madeDataset(['x'], 50, 10, (random, row) => {
      row[0] = random()
      return random() < 0.5 ? 1 : 0
    })
    const trained = trainTrees(noise, {
      ...options,
      rounds: 200,
      earlyStop: { everyNthGroup: 4, patience: 5 },
    })
    expect(trained.rounds).toBeLessThan(40)
    const p = Float64Array.from(noise.labels, (_, row) => predict(trained.trees, [noise.features[row]!])[0]!)
    expect(brier(p, noise.labels)).toBeLessThan(0.26)
  })

  test('are the same bytes for the same data, options and seed [LIVE-LEARN-02]', () => {
    const sampled = { ...options, rowShare: 0.5, columnShare: 0.5 }
    expect(trainTrees(crossed, sampled).trees).toEqual(trainTrees(crossed, sampled).trees)
    expect(trainTrees(crossed, { ...sampled, seed: 2 }).trees).not.toEqual(trainTrees(crossed, sampled).trees)
  })

  test('give a column that decides all the gain and one of noise next to none', () => {
    const data = madeDataset(['signal', 'noise'], 40, 20, (random, row) => {
      row[0] = random()
      row[1] = random()
      return row[0]
    })
    const { importance, trees } = trainTrees(data, { ...options, loss: { name: 'squared' } })
    expect(importance[0]!).toBeGreaterThan(100 * importance[1]!)
    const p = Float64Array.from(data.labels, (_, row) => predict(trees, [data.features[row * 2]!, 0])[0]!)
    expect(mae(p, data.labels)).toBeLessThan(0.03)
  })

  test('refuse to train on nothing, and say what to do', () => {
    const empty = { columns: ['x'], features: new Float64Array(), labels: new Float64Array(), groups: [] }
    expect(() => trainTrees(empty, options)).toThrow(/--data/)
  })
})

import { describe, expect, test } from 'vitest'
import { crossFit, loadCrossFitted, predictByGroup } from '../../src/learn/cross-fit.ts'
import { fitPlatt } from '../../src/learn/calibration.ts'
import { trainLogistic } from '../../src/learn/logistic.ts'
import { brier } from '../../src/learn/metrics.ts'
import { trainTrees } from '../../src/learn/trees/train-trees.ts'
import { madeDataset } from './made-data.ts'

/** Labels are a coin a game and rows name their game, so only a model that saw a game can know its label. */
const memorable = madeDataset(['game'], 30, 10, () => 0)
const coins = Array.from({ length: 30 }, (_, game) => (game * 7919) % 2)
memorable.groups.forEach((_, row) => {
  memorable.features[row] = Math.floor(row / 10)
  memorable.labels[row] = coins[Math.floor(row / 10)]!
})

const memorise = crossFit({
  name: 'made',
  dataset: memorable,
  folds: 5,
  train: (part) =>
    trainTrees(part, {
      loss: { name: 'log' },
      rounds: 60,
      learningRate: 0.3,
      maxLeaves: 31,
      minLeafRows: 1,
      l2: 0.1,
      seed: 1,
    }).trees,
})

describe('cross-fitting', () => {
  test('answers a game that was trained on only by the model that never saw it, also from the file [LIVE-LEARN-03]', () => {
    const model = loadCrossFitted(JSON.parse(JSON.stringify(memorise.weights)))
    const predicted = predictByGroup(model, memorable)
    expect(predicted).toEqual(memorise.outOfFold)
    expect(brier(predicted, memorable.labels)).toBeGreaterThan(0.3)
    const renamed = { ...memorable, groups: memorable.groups.map((group) => `unseen-${group}`) }
    expect(brier(predictByGroup(model, renamed), memorable.labels)).toBeLessThan(0.15)
  })

  test('splits by the ids of games alone, in even parts', () => {
    const seen: number[] = []
    crossFit({
      name: 'made',
      dataset: memorable,
      folds: 5,
      train: (part) => {
        seen.push(new Set(part.groups).size)
        return trainLogistic(part, { l2: 1 })
      },
    })
    expect(seen).toEqual([24, 24, 24, 24, 24])
  })

  test('keeps every kind of model through the file: trees, logistic, calibrated, blended, stacked', () => {
    const data = madeDataset(['x'], 20, 20, (random, row) => {
      row[0] = random()
      return random() < row[0] ? 1 : 0
    })
    const { weights, outOfFold } = crossFit({
      name: 'made',
      dataset: data,
      folds: 2,
      train: (part) => {
        const logistic = trainLogistic(part, { l2: 0.01 })
        const { trees } = trainTrees(part, {
          loss: { name: 'log' },
          rounds: 5,
          learningRate: 0.3,
          maxLeaves: 4,
          minLeafRows: 5,
          seed: 1,
        })
        const blend = { kind: 'blend' as const, models: [logistic, trees], weights: [0.5, 0.5] }
        const calibration = fitPlatt(part.features, part.labels)
        return { kind: 'stack', models: [{ kind: 'calibrated', model: blend, calibration }, logistic] }
      },
    })
    const model = loadCrossFitted(JSON.parse(JSON.stringify(weights)))
    expect(model.outputs).toBe(2)
    expect(predictByGroup(model, data, 2)).toEqual(outOfFold)
    expect(new Set(outOfFold).size).toBeGreaterThan(100)
  })

  test('says what to do with a file that is no weights file', () => {
    expect(() => loadCrossFitted({ layout: 2 })).toThrow(/live train/)
    expect(() => loadCrossFitted({ ...memorise.weights, models: [{ kind: 'oracle' }] })).toThrow(/oracle/)
  })
})

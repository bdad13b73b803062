import { describe, expect, test } from 'vitest'
import { calibrate, fitIsotonic, fitPlatt } from '../../src/learn/calibration.ts'
import { logisticPredictor, trainLogistic } from '../../src/learn/logistic.ts'
import { madeDataset } from './made-data.ts'

describe('logistic regression', () => {
  const data = madeDataset(['x', 'y'], 200, 50, (random, row) => {
    row[0] = 100 * random()
    row[1] = random()
    return random() < 1 / (1 + Math.exp(-(0.05 * row[0] - 3 * row[1] - 1))) ? 1 : 0
  })

  test('finds the coefficients that made the data, whatever their units', () => {
    const model = trainLogistic(data, { l2: 0 })
    expect(model.slopes[0]).toBeCloseTo(0.05, 2)
    expect(model.slopes[1]).toBeCloseTo(-3, 0)
    expect(model.intercept).toBeCloseTo(-1, 0)
  })

  test('shrinks under a penalty and reads a missing value as the mean', () => {
    const model = trainLogistic(data, { l2: 1 })
    expect(Math.abs(model.slopes[1]!)).toBeLessThan(1)
    const out = new Float64Array(1)
    const predictor = logisticPredictor(model)
    predictor.predict(Float64Array.of(Number.NaN, 0.5), 0, out)
    const missing = out[0]
    predictor.predict(Float64Array.of(model.means[0]!, 0.5), 0, out)
    expect(missing).toBe(out[0])
  })

  test('stays finite where the classes part cleanly', () => {
    const clean = madeDataset(['x'], 10, 10, (random, row) => {
      row[0] = random()
      return row[0] > 0.5 ? 1 : 0
    })
    const model = trainLogistic(clean, { l2: 1e-4 })
    expect(Number.isFinite(model.slopes[0]!)).toBe(true)
    expect(model.slopes[0]).toBeGreaterThan(5)
  })
})

describe('calibration', () => {
  const data = madeDataset(['claimed'], 100, 50, (random, row) => {
    const real = random()
    row[0] = real ** 2 / (real ** 2 + (1 - real) ** 2)
    return random() < real ? 1 : 0
  })

  test('takes back overconfidence, by two numbers or by steps', () => {
    const real = 0.2
    const claimed = real ** 2 / (real ** 2 + (1 - real) ** 2)
    expect(calibrate(fitPlatt(data.features, data.labels), claimed)).toBeCloseTo(real, 1)
    expect(calibrate(fitIsotonic(data.features, data.labels, 200), claimed)).toBeCloseTo(real, 1)
  })

  test('never turns the order of two probabilities round', () => {
    const isotonic = fitIsotonic(data.features, data.labels, 20)
    const ends = Array.from({ length: 101 }, (_, at) => calibrate(isotonic, at / 100))
    expect(ends).toEqual(ends.toSorted((a, b) => a - b))
  })
})

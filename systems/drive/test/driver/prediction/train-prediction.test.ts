import { createRandom } from '@heavylift/core/math'
import { expect, test } from 'vitest'
import { calibrationError, reliabilityBins } from '../../../src/driver/prediction/learn/reliability.ts'
import type { PredictionExamples } from '../../../src/driver/prediction/learn/prediction-examples.ts'
import { gradientsOf, lossOf } from '../../../src/driver/prediction/learn/train-net.ts'
import { townSeeds, trainPrediction } from '../../../src/driver/prediction/learn/train-prediction.ts'
import { ModeNet, layerSizes, parseNet } from '../../../src/driver/prediction/mode-net.ts'
import { featureCount } from '../../../src/driver/prediction/motion-mode.ts'

/** Three tracks of two modes each. */
function examples(): PredictionExamples {
  const random = createRandom('examples')
  return {
    start: Int32Array.of(0, 2, 4, 6),
    features: Float64Array.from({ length: 6 * featureCount }, () => random.normal()),
    residuals: Float64Array.from({ length: 6 * 12 }, () => 0.5 * random.normal()),
    nearest: Int32Array.of(0, 1, 1),
    groups: ['a', 'a', 'b'],
  }
}

function randomNet(): ModeNet {
  const random = createRandom('net')
  return new ModeNet(
    layerSizes
      .slice(1)
      .map((units, index) =>
        Float64Array.from(
          { length: units * ((layerSizes[index] as number) + 1) },
          () => 0.15 * random.normal(),
        ),
      ),
  )
}

test('gradients are the slopes of the loss [DRIVE-PREDICT-03]', () => {
  const data = examples()
  const net = randomNet()
  const gradients = gradientsOf(data, net)
  const random = createRandom('which')
  for (let round = 0; round < 60; round++) {
    const index = random.int(0, net.layers.length - 1)
    const layer = net.layers[index] as Float64Array
    const at = random.int(0, layer.length - 1)
    const before = layer[at] as number
    layer[at] = before + 1e-5
    const above = lossOf(data, net)
    layer[at] = before - 1e-5
    const below = lossOf(data, net)
    layer[at] = before
    expect((gradients[index] as Float64Array)[at]).toBeCloseTo((above - below) / 2e-5, 4)
  }
})

test('training gives the same bytes for the same seeds, and no town is in two parts [DRIVE-PREDICT-03]', () => {
  const train = () =>
    trainPrediction({
      training: [1],
      calibration: [501],
      heldOut: [1001],
      epochs: 1,
      seconds: 10,
      signal: new AbortController().signal,
      report: () => undefined,
    })
  const first = train()
  expect(parseNet(JSON.parse(JSON.stringify(first.weights))).layers).toEqual(first.weights.layers)
  expect(train()).toEqual(first)
  expect(first.report).toMatch(/minADE of 6, m \| [\d.]+ \| [\d.]+ – [\d.]+ \|/)
  expect(first.picture).toMatch(/^<svg/)
  const all = Object.values(townSeeds).flat()
  expect(new Set(all).size).toBe(all.length)
})

test('calibration compares what was told with what happened [DRIVE-PREDICT-03]', () => {
  const bins = reliabilityBins([0.05, 0.05, 0.95, 0.85], [0, 1, 1, 1])
  expect(bins.map(({ count }) => count)).toEqual([2, 1, 1])
  expect(bins[0]).toMatchObject({ meanPredicted: 0.05, meanHappened: 0.5 })
  expect(calibrationError(bins)).toBeCloseTo((2 * 0.45 + 0.15 + 0.05) / 4, 9)
})

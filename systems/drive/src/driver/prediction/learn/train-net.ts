import { clamp, createRandom } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import { ModeNet, layerSizes } from '../mode-net.ts'
import { featureCount } from '../motion-mode.ts'
import { predictionPoints } from '../prediction-table.ts'
import { acrossScaleM, alongScaleM, leastSigmaM, sigmaOf } from '../score-modes.ts'
import { learnedPoints } from './prediction-examples.ts'
import type { PredictionExamples } from './prediction-examples.ts'

const batchSize = 64
const firstRate = 2e-3
/** Weight of the places against the choice of the mode in the loss. */
const placeWeight = 0.3

export interface TrainOptions {
  seed: number
  epochs: number
  report?: (epoch: number, loss: number) => void
}

/**
 * Trains the net by Adam (Kingma and Ba 2015) on cross-entropy of the mode that stays nearest, and on the likelihood of the truth under that mode moved and
 * with its errors. The same examples and seed give the same net.
 */
export function trainNet(examples: PredictionExamples, { seed, epochs, report }: TrainOptions): ModeNet {
  const random = createRandom(`prediction-net-${seed}`)
  const net = new ModeNet(initialLayers(random))
  const gradients = net.layers.map((layer) => new Float64Array(layer.length))
  const first = net.layers.map((layer) => new Float64Array(layer.length))
  const second = net.layers.map((layer) => new Float64Array(layer.length))
  const count = examples.start.length - 1
  const order = Int32Array.from({ length: count }, (_, index) => index)
  const work = new Work()
  let step = 0
  const steps = epochs * Math.ceil(count / batchSize)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = count - 1; at > 0; at--) {
      const other = random.int(0, at)
      const kept = order[at] as number
      order[at] = order[other] as number
      order[other] = kept
    }
    let loss = 0
    for (let from = 0; from < count; from += batchSize) {
      for (const gradient of gradients) gradient.fill(0)
      const end = Math.min(count, from + batchSize)
      for (let at = from; at < end; at++)
        loss += learnFrom(examples, order[at] as number, net, gradients, work)
      step++
      const rate = firstRate * 0.5 * (1 + Math.cos((Math.PI * step) / steps))
      for (const [index, layer] of net.layers.entries())
        adam(layer, gradients[index]!, first[index]!, second[index]!, step, rate, end - from)
    }
    report?.(epoch, loss / count)
  }
  return net
}

/** Sum of the loss over examples. */
export function lossOf(examples: PredictionExamples, net: ModeNet): number {
  const unused = net.layers.map((layer) => new Float64Array(layer.length))
  const work = new Work()
  let loss = 0
  for (let example = 0; example + 1 < examples.start.length; example++)
    loss += learnFrom(examples, example, net, unused, work)
  return loss
}

/** Slopes of `lossOf` by every weight. */
export function gradientsOf(examples: PredictionExamples, net: ModeNet): Float64Array[] {
  const gradients = net.layers.map((layer) => new Float64Array(layer.length))
  const work = new Work()
  for (let example = 0; example + 1 < examples.start.length; example++)
    learnFrom(examples, example, net, gradients, work)
  return gradients
}

function initialLayers(random: Random): Float64Array[] {
  return layerSizes.slice(1).map((units, index) => {
    const inputs = layerSizes[index] as number
    const scale = Math.sqrt(2 / inputs) * (index === layerSizes.length - 2 ? 0.1 : 1)
    return Float64Array.from({ length: units * (inputs + 1) }, (_, at) =>
      at % (inputs + 1) === inputs ? 0 : scale * random.normal(),
    )
  })
}

/** Arrays of one example, kept over all. */
class Work {
  readonly features = Array.from({ length: 8 }, () => new Float64Array(featureCount))
  readonly outputs = Array.from({ length: 8 }, () => new Float64Array(layerSizes.at(-1) as number))
  readonly hidden = Array.from({ length: 8 }, () => layerSizes.map((size) => new Float64Array(size)))
  readonly delta = layerSizes.map((size) => new Float64Array(size))
}

/** Adds the gradients of one example; gives its loss. */
function learnFrom(
  examples: PredictionExamples,
  example: number,
  net: ModeNet,
  gradients: Float64Array[],
  work: Work,
): number {
  const start = examples.start[example] as number
  const modes = (examples.start[example + 1] as number) - start
  const nearest = examples.nearest[example] as number
  let most = -Infinity
  for (let mode = 0; mode < modes; mode++) {
    const features = work.features[mode] as Float64Array
    const at = (start + mode) * featureCount
    for (let one = 0; one < featureCount; one++) features[one] = examples.features[at + one] as number
    const output = work.outputs[mode] as Float64Array
    output.set(net.run(features))
    const hidden = work.hidden[mode] as Float64Array[]
    for (const [index, values] of net.values.entries()) (hidden[index] as Float64Array).set(values)
    most = Math.max(most, output[0] as number)
  }
  let sum = 0
  for (let mode = 0; mode < modes; mode++)
    sum += Math.exp(((work.outputs[mode] as Float64Array)[0] as number) - most)
  let loss = 0
  for (let mode = 0; mode < modes; mode++) {
    const output = work.outputs[mode] as Float64Array
    const probability = Math.exp((output[0] as number) - most) / sum
    const delta = work.delta.at(-1) as Float64Array
    delta.fill(0)
    delta[0] = probability - (mode === nearest ? 1 : 0)
    if (mode === nearest) {
      loss -= Math.log(Math.max(probability, 1e-12))
      loss += placeWeight * placeGradient(examples, start + mode, output, delta)
    }
    backward(net, work.hidden[mode] as Float64Array[], work.delta, gradients)
  }
  return loss
}

/** Likelihood of the truth under a mode that is moved by the outputs; adds to the last layer's delta. */
function placeGradient(
  examples: PredictionExamples,
  mode: number,
  output: Float64Array,
  delta: Float64Array,
): number {
  let loss = 0
  for (let axis = 0; axis < 2; axis++) {
    const scale = axis === 0 ? alongScaleM : acrossScaleM
    const log = output[3 + axis] as number
    const endSigma = sigmaOf(log)
    const isBound = Math.abs(log) >= 3.5
    for (const [index, point] of learnedPoints.entries()) {
      const share = (point + 1) / predictionPoints
      const residual = examples.residuals[2 * (mode * learnedPoints.length + index) + axis] as number
      const off = residual - share * share * scale * (output[1 + axis] as number)
      const growth = share ** 1.5
      const sigma = leastSigmaM + endSigma * growth
      // Beyond four standard deviations the loss rises straight on (Huber), so that outliers pull no harder.
      const far = off / sigma
      const z = clamp(far, -4, 4)
      loss += z * (far - z / 2) + Math.log(sigma)
      delta[1 + axis] =
        (delta[1 + axis] as number) - (placeWeight * z * share * share * scale) / sigma / learnedPoints.length
      if (!isBound)
        delta[3 + axis] =
          (delta[3 + axis] as number) +
          (placeWeight * ((1 - z * far) * endSigma * growth)) / sigma / learnedPoints.length
    }
  }
  return loss / learnedPoints.length
}

function backward(
  net: ModeNet,
  values: Float64Array[],
  delta: Float64Array[],
  gradients: Float64Array[],
): void {
  for (let index = net.layers.length - 1; index >= 0; index--) {
    const layer = net.layers[index] as Float64Array
    const gradient = gradients[index] as Float64Array
    const from = values[index] as Float64Array
    const above = delta[index + 1] as Float64Array
    const below = delta[index] as Float64Array
    const inputs = from.length
    below.fill(0)
    for (let unit = 0; unit < above.length; unit++) {
      const slope = above[unit] as number
      if (slope === 0) continue
      const at = unit * (inputs + 1)
      for (let input = 0; input < inputs; input++) {
        gradient[at + input] = (gradient[at + input] as number) + slope * (from[input] as number)
        below[input] = (below[input] as number) + slope * (layer[at + input] as number)
      }
      gradient[at + inputs] = (gradient[at + inputs] as number) + slope
    }
    if (index > 0)
      for (let input = 0; input < inputs; input++)
        if ((from[input] as number) <= 0) below[input] = 0.05 * (below[input] as number)
  }
}

function adam(
  layer: Float64Array,
  gradient: Float64Array,
  first: Float64Array,
  second: Float64Array,
  step: number,
  rate: number,
  batch: number,
): void {
  const firstCorrection = 1 - 0.9 ** step
  const secondCorrection = 1 - 0.999 ** step
  for (let at = 0; at < layer.length; at++) {
    const slope = (gradient[at] as number) / batch
    first[at] = 0.9 * (first[at] as number) + 0.1 * slope
    second[at] = 0.999 * (second[at] as number) + 0.001 * slope * slope
    layer[at] =
      (layer[at] as number) -
      (rate * ((first[at] as number) / firstCorrection)) /
        (Math.sqrt((second[at] as number) / secondCorrection) + 1e-8)
  }
}

import { InvalidInputError } from '@heavylift/core'
import { featureCount } from './motion-mode.ts'

/** Score, offsets along and across at the end (in scaled metres), logarithms of the errors along and across at the end. */
export const outputCount = 5
const hiddenCount = 32

/** Layers of a net by row: weights of each unit, then its bias. */
export interface NetWeights {
  layout: 1
  name: 'prediction'
  /** Divides the scores, so that probabilities are calibrated. */
  temperature: number
  layers: number[][]
}

export const layerSizes = [featureCount, hiddenCount, hiddenCount, outputCount]

/** A small net that looks at one mode of one track: two hidden layers of 32 units (leaky rectified). */
export class ModeNet {
  readonly layers: Float64Array[]
  /** Values of each layer after `run`, the input first. */
  readonly values: Float64Array[]

  constructor(layers: readonly ArrayLike<number>[]) {
    this.layers = layers.map((layer) => Float64Array.from(layer))
    this.values = layerSizes.map((size) => new Float64Array(size))
  }

  /** The last layer's values; they are overwritten by the next call. */
  run(features: Float64Array): Float64Array {
    const { layers, values } = this
    ;(values[0] as Float64Array).set(features)
    for (const [index, layer] of layers.entries()) {
      const from = values[index] as Float64Array
      const to = values[index + 1] as Float64Array
      const isLast = index === layers.length - 1
      const inputs = from.length
      for (let unit = 0; unit < to.length; unit++) {
        const at = unit * (inputs + 1)
        let sum = layer[at + inputs] as number
        for (let input = 0; input < inputs; input++)
          sum += (layer[at + input] as number) * (from[input] as number)
        to[unit] = isLast || sum > 0 ? sum : 0.05 * sum
      }
    }
    return values.at(-1) as Float64Array
  }
}

/** Throws `weights-invalid` where a file does not hold this net. */
export function parseNet(file: unknown): NetWeights {
  const weights = file as Partial<NetWeights>
  const isRight =
    weights.layout === 1 &&
    weights.layers?.length === layerSizes.length - 1 &&
    weights.layers.every(
      (layer, index) =>
        layer.length === ((layerSizes[index] as number) + 1) * (layerSizes[index + 1] as number) &&
        layer.every((value) => Number.isFinite(value)),
    )
  if (!isRight)
    throw new InvalidInputError({
      code: 'weights-invalid',
      message:
        'The weights are not those of this prediction net: train it again with `heavylift drive train prediction`.',
    })
  return weights as NetWeights
}

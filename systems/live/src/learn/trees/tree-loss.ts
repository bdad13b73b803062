import { logistic } from '@heavylift/core/math'
import type { TreeLoss } from './boosted-trees.ts'

/** The best constant score, one an output. */
export function baseScores(loss: TreeLoss, labels: Float64Array): Float32Array {
  const rows = labels.length
  switch (loss.name) {
    case 'log': {
      const positive = labels.reduce((sum, label) => sum + label, 0)
      return Float32Array.of(Math.log((positive + 0.5) / (rows - positive + 0.5)))
    }
    case 'softmax': {
      const counts = new Float64Array(loss.classes).fill(0.5)
      for (const label of labels) counts[label]! += 1
      return Float32Array.from(counts, (count) => Math.log(count / (rows + 0.5 * loss.classes)))
    }
    case 'squared':
      return Float32Array.of(labels.reduce((sum, label) => sum + label, 0) / rows)
    case 'quantile':
      return Float32Array.of(labels.toSorted()[Math.floor(loss.level * (rows - 1))]!)
  }
}

/** First and second derivative of the loss in the score of one output, for every row. */
export function writeDerivatives(
  loss: TreeLoss,
  scores: Float64Array,
  labels: Float64Array,
  output: number,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  const outputs = loss.name === 'softmax' ? loss.classes : 1
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!
    switch (loss.name) {
      case 'log': {
        const p = logistic(scores[row]!)
        gradients[row] = p - label
        hessians[row] = Math.max(p * (1 - p), 1e-9)
        break
      }
      case 'softmax': {
        const p = softmaxOf(scores, row * outputs, outputs, output)
        gradients[row] = p - (label === output ? 1 : 0)
        // Twice the diagonal (Friedman 2001, LightGBM), since outputs move at once.
        hessians[row] = Math.max(2 * p * (1 - p), 1e-9)
        break
      }
      case 'squared':
        gradients[row] = scores[row]! - label
        hessians[row] = 1
        break
      case 'quantile':
        gradients[row] = label > scores[row]! ? -loss.level : 1 - loss.level
        hessians[row] = 1
    }
  }
}

/** Mean loss of scores. */
export function lossOf(loss: TreeLoss, scores: Float64Array, labels: Float64Array): number {
  let sum = 0
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!
    const score = scores[row]!
    if (loss.name === 'log')
      sum += Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - label * score
    else if (loss.name === 'softmax')
      sum -= Math.log(Math.max(softmaxOf(scores, row * loss.classes, loss.classes, label), 1e-15))
    else if (loss.name === 'squared') sum += (score - label) ** 2
    else sum += label > score ? loss.level * (label - score) : (1 - loss.level) * (score - label)
  }
  return sum / labels.length
}

function softmaxOf(scores: Float64Array, from: number, count: number, output: number): number {
  let highest = -Infinity
  for (let at = from; at < from + count; at++) highest = Math.max(highest, scores[at]!)
  let sum = 0
  for (let at = from; at < from + count; at++) sum += Math.exp(scores[at]! - highest)
  return Math.exp(scores[from + output]! - highest) / sum
}

import { clamp } from '@heavylift/core/math'

/** Probability that a positive row ranks above a negative one, ties counted half; NaN without both. */
export function auc(predicted: Float64Array, labels: Float64Array): number {
  const order = Uint32Array.from(predicted, (_, row) => row).sort((a, b) => predicted[a]! - predicted[b]!)
  let positives = 0
  let rankSum = 0
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && predicted[order[to]!] === predicted[order[from]!]) to += 1
    const rank = (from + to + 1) / 2
    for (let at = from; at < to; at++) {
      if (labels[order[at]!] !== 1) continue
      positives += 1
      rankSum += rank
    }
    from = to
  }
  const negatives = order.length - positives
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** Mean squared error of probabilities. */
export function brier(predicted: Float64Array, labels: Float64Array): number {
  return meanOver(labels, (label, row) => (predicted[row]! - label) ** 2)
}

/** Mean negative log-likelihood in nats; probabilities are held within 1e-6 of 0 and 1. */
export function logLoss(predicted: Float64Array, labels: Float64Array): number {
  return meanOver(labels, (label, row) => {
    const p = clamp(predicted[row]!, 1e-6, 1 - 1e-6)
    return -(label * Math.log(p) + (1 - label) * Math.log(1 - p))
  })
}

export interface ReliabilityBin {
  low: number
  high: number
  rows: number
  meanPredicted: number
  meanHappened: number
}

/** Bins of equal width over 0..1 by which calibration is told. */
export const eceBins = 10

/** The bin of a probability. */
export function eceBinOf(probability: number): number {
  return Math.min(eceBins - 1, Math.floor(probability * eceBins))
}

/** Bins of equal width over 0..1; empty ones are left out. */
export function reliability(predicted: Float64Array, labels: Float64Array): ReliabilityBin[] {
  const sums = Array.from({ length: eceBins }, () => ({ rows: 0, predicted: 0, happened: 0 }))
  for (let row = 0; row < labels.length; row++) {
    const bin = sums[eceBinOf(predicted[row]!)]!
    bin.rows += 1
    bin.predicted += predicted[row]!
    bin.happened += labels[row]!
  }
  return sums.flatMap((sum, at) =>
    sum.rows === 0
      ? []
      : [
          {
            low: at / eceBins,
            high: (at + 1) / eceBins,
            rows: sum.rows,
            meanPredicted: sum.predicted / sum.rows,
            meanHappened: sum.happened / sum.rows,
          },
        ],
  )
}

/** Expected calibration error as it is seen, over 10 bins of equal width: |mean predicted − share that happened|, weighted by rows. Too large where rows are few: see `unbiasedEce`. */
export function ece(predicted: Float64Array, labels: Float64Array): number {
  const gaps = reliability(predicted, labels).map(
    (bin) => bin.rows * Math.abs(bin.meanPredicted - bin.meanHappened),
  )
  return gaps.reduce((sum, gap) => sum + gap, 0) / labels.length
}

/** Mean absolute error. */
export function mae(predicted: Float64Array, labels: Float64Array): number {
  return meanOver(labels, (label, row) => Math.abs(predicted[row]! - label))
}

/** Share of labels within `low..high`, ends included. */
export function coverage(low: Float64Array, high: Float64Array, labels: Float64Array): number {
  return meanOver(labels, (label, row) => (low[row]! <= label && label <= high[row]! ? 1 : 0))
}

/** Share of rows whose likeliest class is the label. `predicted` holds a probability a class, row by row. */
export function accuracy(predicted: Float64Array, labels: Float64Array, classes: number): number {
  return meanOver(labels, (label, row) => {
    const part = predicted.subarray(row * classes, (row + 1) * classes)
    return part.indexOf(Math.max(...part)) === label ? 1 : 0
  })
}

function meanOver(labels: Float64Array, value: (label: number, row: number) => number): number {
  let sum = 0
  for (let row = 0; row < labels.length; row++) sum += value(labels[row]!, row)
  return sum / labels.length
}

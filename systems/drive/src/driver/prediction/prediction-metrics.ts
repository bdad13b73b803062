import { predictionModes, predictionPoints } from './prediction-table.ts'
import type { PredictionTable } from './prediction-table.ts'
import { sigmaAt } from './score-modes.ts'

/** A prediction misses when no mode ends within this of where the track is then (as in Argoverse). */
const missM = 2
/** Points at which the likelihood is taken: whole seconds. */
const pointsPerSecond = 5

export interface PredictionErrors {
  minAdeM: number
  minFdeM: number
  isMissed: boolean
  /** minFDE + (1 − p)² of the mode that ends nearest (Argoverse 2). */
  brierMinFdeM: number
  /** −log density of the true place under the mixture of modes, mean over the whole seconds, in nats. */
  nll: number
  /** Probability of each mode, and whether it is the one that stays nearest on average. */
  nearest: number
}

/** Standard deviations along and across of a mode at a point. */
export type SigmaOf = (row: number, mode: number, point: number) => { along: number; across: number }

/** By errors at the end that grow with (share of the horizon)^1.5. */
export function growingSigma(alongM: Float64Array, acrossM: Float64Array): SigmaOf {
  return (row, mode, point) => {
    const share = (point + 1) / predictionPoints
    const way = row * predictionModes + mode
    return { along: sigmaAt(alongM[way] as number, share), across: sigmaAt(acrossM[way] as number, share) }
  }
}

/** Errors of one track's prediction against its `future` (x, y for each track and point). */
export function predictionErrors(
  predictions: PredictionTable,
  row: number,
  future: Float64Array,
  sigma: SigmaOf,
): PredictionErrors {
  const count = predictions.modeCount[row] as number
  const truth = 2 * row * predictionPoints
  let minAdeM = Infinity
  let minFdeM = Infinity
  let last = 0
  let nearest = 0
  for (let mode = 0; mode < count; mode++) {
    const from = (row * predictionModes + mode) * predictionPoints
    let sum = 0
    let distance = 0
    for (let point = 0; point < predictionPoints; point++) {
      distance = Math.hypot(
        (predictions.x[from + point] as number) - (future[truth + 2 * point] as number),
        (predictions.y[from + point] as number) - (future[truth + 2 * point + 1] as number),
      )
      sum += distance
    }
    if (sum / predictionPoints < minAdeM) {
      minAdeM = sum / predictionPoints
      nearest = mode
    }
    if (distance < minFdeM) {
      minFdeM = distance
      last = mode
    }
  }
  const probability = predictions.probability[row * predictionModes + last] as number
  return {
    minAdeM,
    minFdeM,
    isMissed: minFdeM > missM,
    brierMinFdeM: minFdeM + (1 - probability) ** 2,
    nll: negativeLogLikelihood(predictions, row, future, sigma),
    nearest,
  }
}

function negativeLogLikelihood(
  predictions: PredictionTable,
  row: number,
  future: Float64Array,
  sigma: SigmaOf,
): number {
  let total = 0
  let moments = 0
  for (let point = pointsPerSecond - 1; point < predictionPoints; point += pointsPerSecond) {
    const x = future[2 * (row * predictionPoints + point)] as number
    const y = future[2 * (row * predictionPoints + point) + 1] as number
    const logs: number[] = []
    for (let mode = 0; mode < (predictions.modeCount[row] as number); mode++) {
      const at = (row * predictionModes + mode) * predictionPoints + point
      const cos = Math.cos(predictions.heading[at] as number)
      const sin = Math.sin(predictions.heading[at] as number)
      const dx = x - (predictions.x[at] as number)
      const dy = y - (predictions.y[at] as number)
      const { along, across } = sigma(row, mode, point)
      const square = ((dx * cos + dy * sin) / along) ** 2 + ((dy * cos - dx * sin) / across) ** 2
      const probability = predictions.probability[row * predictionModes + mode] as number
      logs.push(Math.log(Math.max(probability, 1e-9)) - square / 2 - Math.log(2 * Math.PI * along * across))
    }
    const most = Math.max(...logs)
    total -= most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0))
    moments++
  }
  return total / moments
}

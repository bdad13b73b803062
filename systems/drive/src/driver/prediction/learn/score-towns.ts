import type { PredictionTable } from '../prediction-table.ts'
import { predictionModes, predictionPoints } from '../prediction-table.ts'
import { predictionErrors } from '../prediction-metrics.ts'
import type { PredictionErrors, SigmaOf } from '../prediction-metrics.ts'
import type { Predictor } from '../predictor.ts'
import { isScored } from './traffic-moments.ts'
import type { TownTraffic, TrafficMoment } from './traffic-moments.ts'
import { restingState } from '../../vehicle.ts'

export interface ScoredPredictor {
  predictor: Predictor
  sigma: SigmaOf
}

export interface TownScores {
  errors: PredictionErrors[]
  /** Name of the town of each error. */
  groups: string[]
  /** Every mode of every track: its probability, and 1 where it was the nearest. */
  probabilities: number[]
  happened: number[]
}

/** Errors of a predictor over all tracks that are worth a prediction. `make` is called once a moment. */
export function scoreTowns(
  towns: readonly TownTraffic[],
  make: (town: TownTraffic, moment: TrafficMoment) => ScoredPredictor,
): TownScores {
  const scores: TownScores = { errors: [], groups: [], probabilities: [], happened: [] }
  for (const town of towns)
    for (const moment of town.moments) {
      const { predictor, sigma } = make(town, moment)
      predictor.predict(moment.tracks, restingState)
      const { predictions } = predictor
      for (let row = 0; row < moment.tracks.count; row++) {
        if (!isScored(moment, row)) continue
        const errors = predictionErrors(predictions, row, moment.future, sigma)
        scores.errors.push(errors)
        scores.groups.push(town.name)
        for (let mode = 0; mode < (predictions.modeCount[row] as number); mode++) {
          scores.probabilities.push(predictions.probability[row * predictionModes + mode] as number)
          scores.happened.push(mode === errors.nearest ? 1 : 0)
        }
      }
    }
  return scores
}

export interface PredictionFigures {
  minAde6: number
  minFde6: number
  missRate: number
  brier: number
  nll: number
}

export function figuresOf(errors: readonly PredictionErrors[]): PredictionFigures {
  const mean = (value: (one: PredictionErrors) => number) =>
    errors.reduce((sum, one) => sum + value(one), 0) / Math.max(1, errors.length)
  return {
    minAde6: mean((one) => one.minAdeM),
    minFde6: mean((one) => one.minFdeM),
    missRate: mean((one) => (one.isMissed ? 1 : 0)),
    brier: mean((one) => one.brierMinFdeM),
    nll: mean((one) => one.nll),
  }
}

/** Root mean squares of a one-way predictor's errors along and across, by point: what its likelihood is told with. */
export function fitSigma(towns: readonly TownTraffic[], make: (capacity: number) => Predictor): SigmaOf {
  const along = new Float64Array(predictionPoints)
  const across = new Float64Array(predictionPoints)
  let count = 0
  for (const { moments } of towns)
    for (const moment of moments) {
      const predictor = make(moment.tracks.count)
      predictor.predict(moment.tracks, restingState)
      for (let row = 0; row < moment.tracks.count; row++) {
        if (!isScored(moment, row)) continue
        count++
        addSquares(predictor.predictions, row, moment.future, along, across)
      }
    }
  const rms = (sum: number | undefined) => Math.max(0.05, Math.sqrt((sum ?? 0) / Math.max(1, count)))
  return (_row, _mode, point) => ({ along: rms(along[point]), across: rms(across[point]) })
}

function addSquares(
  { x, y, heading }: PredictionTable,
  row: number,
  future: Float64Array,
  along: Float64Array,
  across: Float64Array,
): void {
  for (let point = 0; point < predictionPoints; point++) {
    const at = row * predictionModes * predictionPoints + point
    const truth = 2 * (row * predictionPoints + point)
    const dx = (future[truth] as number) - (x[at] as number)
    const dy = (future[truth + 1] as number) - (y[at] as number)
    const cos = Math.cos(heading[at] as number)
    const sin = Math.sin(heading[at] as number)
    along[point] = (along[point] as number) + (dx * cos + dy * sin) ** 2
    across[point] = (across[point] as number) + (dy * cos - dx * sin) ** 2
  }
}

import type { Explanation } from '../explanation.ts'
import type { TrackTable } from '../perception/track-table.ts'

/** Ways that a track may go, at most. */
export const predictionModes = 6
/** Points of one way, and the time between two of them; point 0 is `predictionStepS` from now. */
export const predictionPoints = 30
export const predictionStepS = 0.2

/**
 * By row of the track table, then mode, then point: `(row × predictionModes + mode) × predictionPoints + point`. Probabilities of a row's
 * modes add up to 1, the likeliest first. x and y are the centre of the body.
 */
export class PredictionTable {
  readonly modeCount: Uint8Array
  readonly probability: Float64Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly heading: Float64Array

  constructor(capacity: number) {
    const points = capacity * predictionModes * predictionPoints
    this.modeCount = new Uint8Array(capacity)
    this.probability = new Float64Array(capacity * predictionModes)
    this.x = new Float64Array(points)
    this.y = new Float64Array(points)
    this.heading = new Float64Array(points)
  }
}

/** Adds every prediction of a table to an explanation. */
export function explainPredictions(
  tracks: TrackTable,
  predictions: PredictionTable,
  explanation: Explanation,
): void {
  for (let row = 0; row < tracks.count; row++)
    for (let mode = 0; mode < (predictions.modeCount[row] as number); mode++) {
      const way = row * predictionModes + mode
      const points: number[] = []
      for (let at = way * predictionPoints; at < (way + 1) * predictionPoints; at++)
        points.push(predictions.x[at] as number, predictions.y[at] as number)
      explanation.predictions.push({
        track: tracks.id[row] as number,
        probability: predictions.probability[way] as number,
        stepS: predictionStepS,
        points,
      })
    }
}

import type { TrackTable } from '../perception/track-table.ts'
import { freeMode } from './free-modes.ts'
import { PredictionTable, predictionModes, predictionPoints } from './prediction-table.ts'
import type { Predictor } from './predictor.ts'

/** One way a track: straight on at the speed of now. */
export class ConstantVelocityPredictor implements Predictor {
  readonly predictions: PredictionTable

  constructor(capacity: number) {
    this.predictions = new PredictionTable(capacity)
  }

  predict(tracks: Readonly<TrackTable>): void {
    const { predictions } = this
    for (let row = 0; row < tracks.count; row++) {
      const mode = freeMode(tracks, row, { isSteady: true })
      const way = row * predictionModes
      predictions.modeCount[row] = 1
      predictions.probability[way] = 1
      predictions.x.set(mode.x, way * predictionPoints)
      predictions.y.set(mode.y, way * predictionPoints)
      predictions.heading.set(mode.heading, way * predictionPoints)
    }
  }
}

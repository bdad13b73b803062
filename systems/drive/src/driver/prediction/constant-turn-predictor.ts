import type { TrackTable } from '../perception/track-table.ts'
import { PredictionTable, predictionModes, predictionPoints, predictionStepS } from './prediction-table.ts'
import type { Predictor } from './predictor.ts'

/** A turn does not go on longer than this; then the track goes straight. */
const turnS = 2
/** A braking that is seen goes on for so long, an acceleration half as long. */
const brakingS = 2

/** One way a track: it keeps turning and braking for two seconds, then goes straight on (CTRV; Schubert et al. 2008). */
export class ConstantTurnPredictor implements Predictor {
  readonly predictions: PredictionTable

  constructor(capacity: number) {
    this.predictions = new PredictionTable(capacity)
  }

  predict(tracks: Readonly<TrackTable>): void {
    const { predictions } = this
    for (let row = 0; row < tracks.count; row++) {
      predictions.modeCount[row] = 1
      predictions.probability[row * predictionModes] = 1
      let x = tracks.x[row] as number
      let y = tracks.y[row] as number
      let heading = tracks.heading[row] as number
      let speed = tracks.speedMps[row] as number
      const acceleration = tracks.accelerationMps2[row] as number
      const yawRate = tracks.yawRateRadps[row] as number
      let at = row * predictionModes * predictionPoints
      for (let point = 0; point < predictionPoints; point++, at++) {
        const timeS = point * predictionStepS
        const turning = timeS < turnS ? yawRate * predictionStepS : 0
        const isBraking = acceleration * speed < 0
        const changed = timeS < (isBraking ? brakingS : brakingS / 2) ? acceleration * predictionStepS : 0
        // Braking ends at a standstill.
        const next = isBraking && Math.abs(changed) > Math.abs(speed) ? 0 : speed + changed
        const way = ((speed + next) / 2) * predictionStepS
        x += way * Math.cos(heading + turning / 2)
        y += way * Math.sin(heading + turning / 2)
        heading += turning
        speed = next
        predictions.x[at] = x
        predictions.y[at] = y
        predictions.heading[at] = heading
      }
    }
  }
}

import { agentKindNumber } from '../../world/scene/agent-table.ts'
import type { TrackTable } from '../perception/track-table.ts'
import { PredictionTable, predictionModes, predictionPoints, predictionStepS } from './prediction-table.ts'
import type { Predictor } from './predictor.ts'

/** A turn does not go on longer than this; then the track goes straight. */
const turnS = 2
/** A braking that is seen goes on for so long, an acceleration half as long. */
const brakingS = 2

const onFoot = new Uint8Array(16)
for (const kind of ['pedestrian', 'animal'] as const) onFoot[agentKindNumber(kind)] = 1
/** Slower than this it may stand. */
const standsMps = 0.3

/** Whether it slows down, or has come to a stand by that: what brakes does not go back. */
export function isSlowing(accelerationMps2: number, speedMps: number): boolean {
  return accelerationMps2 * speedMps < 0 || (accelerationMps2 < 0 && Math.abs(speedMps) < standsMps)
}

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
      // On foot one turns on the spot, not along an arc: straight on is the best guess (Schöller et al. 2020, arXiv 1903.07933).
      const yawRate = onFoot[tracks.kind[row] as number] === 1 ? 0 : (tracks.yawRateRadps[row] as number)
      let hasStopped = false
      let at = row * predictionModes * predictionPoints
      for (let point = 0; point < predictionPoints; point++, at++) {
        const timeS = point * predictionStepS
        const turning = timeS < turnS ? yawRate * predictionStepS : 0
        const isBraking = isSlowing(acceleration, speed)
        const changed = timeS < (isBraking ? brakingS : brakingS / 2) ? acceleration * predictionStepS : 0
        // Braking ends at a standstill, and what goes back does not get faster.
        hasStopped ||= isBraking && Math.abs(changed) >= Math.abs(speed)
        const isGoingBack = changed < 0 && speed < 0
        const next = hasStopped ? 0 : isGoingBack ? speed : speed + changed
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

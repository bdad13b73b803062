import { isSlowing } from './constant-turn-predictor.ts'
import type { TrackTable } from '../perception/track-table.ts'
import { newMode } from './motion-mode.ts'
import type { MotionMode } from './motion-mode.ts'
import { predictionPoints, predictionStepS } from './prediction-table.ts'

const turnS = 2
const brakingS = 2

/** Keeps turning and braking for two seconds, then goes straight on (CTRV). `factor` scales the speed, `aside` turns it at once. */
export function freeMode(
  tracks: Readonly<TrackTable>,
  row: number,
  change: { factor?: number; asideRad?: number; stops?: boolean; isSteady?: boolean } = {},
): MotionMode {
  const mode = newMode()
  let x = tracks.x[row] as number
  let y = tracks.y[row] as number
  let heading = (tracks.heading[row] as number) + (change.asideRad ?? 0)
  let speed = (tracks.speedMps[row] as number) * (change.factor ?? 1)
  const acceleration = change.stops ? -1.2 : change.isSteady ? 0 : (tracks.accelerationMps2[row] as number)
  const yawRate = change.isSteady ? 0 : (tracks.yawRateRadps[row] as number)
  for (let point = 0; point < predictionPoints; point++) {
    const timeS = point * predictionStepS
    const turning = timeS < turnS ? yawRate * predictionStepS : 0
    const isBraking = change.stops === true || isSlowing(acceleration, speed)
    const lasts = change.stops ? Infinity : isBraking ? brakingS : brakingS / 2
    const step = timeS < lasts ? Math.sign(change.stops ? speed : 1) * acceleration * predictionStepS : 0
    const next = isBraking && Math.abs(step) > Math.abs(speed) ? 0 : speed + step
    const way = ((speed + next) / 2) * predictionStepS
    x += way * Math.cos(heading + turning / 2)
    y += way * Math.sin(heading + turning / 2)
    heading += turning
    speed = next
    mode.x[point] = x
    mode.y[point] = y
    mode.heading[point] = heading
  }
  return mode
}

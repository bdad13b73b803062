import { predictionPoints } from './prediction-table.ts'

/** Numbers that the net sees of one mode of one track. */
export const featureCount = 34

/** One way that a track may go, before it is known how likely it is. */
export interface MotionMode {
  x: Float64Array
  y: Float64Array
  heading: Float64Array
  /** What tells how likely it is; scaled to about −1 to 1. */
  features: Float64Array
  /** For use without a net: higher is likelier. */
  prior: number
}

export function newMode(): MotionMode {
  return {
    x: new Float64Array(predictionPoints),
    y: new Float64Array(predictionPoints),
    heading: new Float64Array(predictionPoints),
    features: new Float64Array(featureCount),
    prior: 0,
  }
}

/** Between two points of a plan, and how many there are; point 0 is now. */
export const planStepS = 0.1
export const planPoints = 51

/** Where the middle of the rear axle is to be every 0.1 s for five seconds. */
export class Plan {
  readonly x = new Float64Array(planPoints)
  readonly y = new Float64Array(planPoints)
  readonly heading = new Float64Array(planPoints)
  readonly speedMps = new Float64Array(planPoints)
  readonly accelerationMps2 = new Float64Array(planPoints)
  /** Not 0: from a standstill it goes straight back at this speed instead. */
  backMps = 0
  /** How it is turned from the route then, in radians to the left. */
  turnRad = 0
  /** Higher is better. */
  score = 0
}

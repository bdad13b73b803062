import { planPoints } from './plan.ts'

/** Below the comfort limit by what following the plan adds. */
export const comfortJerkMps3 = 3.6

/** How a proposal deals with speed. */
export interface SpeedPolicy {
  name: string
  /** Of the most speed of its path. */
  share: number
  /**
   * To who crosses or merges: `react` once they are in the path, `pass` before them, `yield` from now on. Who is in the path is always
   * followed.
   */
  crossing: 'react' | 'pass' | 'yield'
  /** Not 0: brakes at this, whatever is ahead. */
  stopMps2: number
  jerkMps3: number
}

/** One way to drive the next five seconds: a path, a policy and what comes of it. */
export class Proposal {
  path = 0
  policy = 0
  /** Along the route, of the rear axle. */
  readonly s = new Float64Array(planPoints)
  readonly speedMps = new Float64Array(planPoints)
  readonly accelerationMps2 = new Float64Array(planPoints)
  score = 0
  progressM = 0
  /** What the score is made of, 0 to 1 each; `collision` multiplies. */
  collision = 1
  safe = 1
  lane = 1
  comfortable = 1
  room = 1
}

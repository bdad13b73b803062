import { clamp, wrapAngle } from '@heavylift/core/math'
import type { PathPoint } from '../../world/lanes/reference-path.ts'
import type { PlanInput } from './planner.ts'

/** Spacing of a path's samples, and how many there are at most. */
export const pathStepM = 1
export const pathSamples = 220

/** Sideways acceleration that a path itself adds to the road's, at the present speed. */
const shiftMps2 = 1.8
const steepest = 0.5
const mostCurvature = 0.17

/** A way along the route, at a distance to its left that changes along it: where the rear axle's middle would go. */
export class LateralPath {
  count = 0
  /** Along the route at sample 0. */
  startS = 0
  /** What it aims for, between `fromS` and `toS`; 0 before and after. */
  target = 0
  fromS = 0
  toS = 0
  /** Where the lane would be kept best: 0, or at its edge for somebody who has to pass. */
  wanted = 0
  readonly lateral = new Float64Array(pathSamples)
  readonly slope = new Float64Array(pathSamples)
  readonly curvature = new Float64Array(pathSamples)
  /** Most speed at each sample, filled by `SpeedCap`. */
  readonly capMps = new Float64Array(pathSamples)

  /** From where the vehicle is: it swings over to the target like a critically damped spring along the way, with this length. */
  build(
    input: PlanInput,
    own: Readonly<PathPoint>,
    target: number,
    fromS: number,
    toS: number,
    swingM: number,
  ): void {
    const { ego, route } = input
    const speed = Math.abs(ego.speedMps)
    this.startS = own.s
    this.target = target
    this.fromS = fromS
    this.toS = toS
    this.count = Math.min(pathSamples, Math.ceil(40 + 6.5 * Math.max(speed, 5)))
    const error = ego.heading - route.headingAt(own.s)
    let lateral = own.lateral
    let slope = clamp(Math.tan(wrapAngle(error)), -steepest, steepest)
    const length = swingM
    const most = Math.min(mostCurvature, shiftMps2 / Math.max(speed * speed, 1))
    for (let index = 0; index < this.count; index++) {
      const s = own.s + index * pathStepM
      const aim = s >= fromS && s < toS ? target : 0
      const bend = Math.min(
        Math.max((-2 * slope) / length - (lateral - aim) / (length * length), -most),
        most,
      )
      const road = route.curvatureAt(s)
      this.lateral[index] = lateral
      this.slope[index] = slope
      this.curvature[index] = road / Math.max(0.2, 1 - road * lateral) + bend
      slope = clamp(slope + bend * pathStepM, -steepest, steepest)
      lateral += slope * pathStepM
    }
  }

  /** Left of the route at `s` along it, between samples, its ends carried on. */
  lateralAt(s: number): number {
    return this.at(this.lateral, s)
  }

  at(values: Float64Array, s: number): number {
    const place = (s - this.startS) / pathStepM
    if (place <= 0) return values[0] as number
    const index = Math.floor(place)
    if (index >= this.count - 1) return values[this.count - 1] as number
    const from = values[index] as number
    return from + ((values[index + 1] as number) - from) * (place - index)
  }
}

/** The length in which a swing to the side does about a quarter of its settling. */
export function swingLengthM(speedMps: number): number {
  return Math.max(2.1, 0.95 * speedMps)
}

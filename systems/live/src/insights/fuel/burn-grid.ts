import { clamp } from '@heavylift/core/math'

/**
 * Fuel flow is a smooth surface over engine speed and throttle. It is kept at knots and read linearly between them, so that
 * fuel used is linear in the time spent near each knot: what is summed up over a race is a handful of numbers.
 */

/** Engine speed as a share of the redline (or of the highest speed seen). */
export const rpmKnots: readonly number[] = [0, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1]
/** Throttle, 0..1. Close to shut it matters most: injection is cut there. */
export const throttleKnots: readonly number[] = [0, 0.05, 0.2, 0.4, 0.6, 0.8, 1]

/** Values of a surface: engine speed by engine speed, throttle within. */
export const gridSize = rpmKnots.length * throttleKnots.length

function intervalOf(knots: readonly number[], value: number): number {
  let i = 0
  while (i < knots.length - 2 && value >= (knots[i + 1] ?? Infinity)) i++
  return i
}

function shareWithin(knots: readonly number[], i: number, value: number): number {
  const low = knots[i] ?? 0
  const high = knots[i + 1] ?? low + 1
  return clamp((value - low) / (high - low), 0, 1)
}

/**
 * Adds `seconds` at an engine speed and throttle to `sums`, once for each of `surfaces` (one after the other in one array):
 * the sum over time of each surface's value. Allocates nothing.
 */
export function addBurn(
  surfaces: Float64Array,
  sums: Float64Array | number[],
  rpmShare: number,
  throttle: number,
  seconds: number,
): void {
  const r = intervalOf(rpmKnots, rpmShare)
  const t = intervalOf(throttleKnots, throttle)
  const a = shareWithin(rpmKnots, r, rpmShare)
  const b = shareWithin(throttleKnots, t, throttle)
  const width = throttleKnots.length
  const at = r * width + t
  const w00 = (1 - a) * (1 - b) * seconds
  const w01 = (1 - a) * b * seconds
  const w10 = a * (1 - b) * seconds
  const w11 = a * b * seconds
  for (let k = 0; k < sums.length; k++) {
    const from = k * gridSize + at
    sums[k] =
      sums[k]! +
      w00 * surfaces[from]! +
      w01 * surfaces[from + 1]! +
      w10 * surfaces[from + width]! +
      w11 * surfaces[from + width + 1]!
  }
}

/** The weights of the knots themselves, for training: adds to `weights` of `gridSize`. */
export function addKnots(weights: Float64Array, rpmShare: number, throttle: number, seconds: number): void {
  const r = intervalOf(rpmKnots, rpmShare)
  const t = intervalOf(throttleKnots, throttle)
  const a = shareWithin(rpmKnots, r, rpmShare)
  const b = shareWithin(throttleKnots, t, throttle)
  const width = throttleKnots.length
  const at = r * width + t
  weights[at] = weights[at]! + (1 - a) * (1 - b) * seconds
  weights[at + 1] = weights[at + 1]! + (1 - a) * b * seconds
  weights[at + width] = weights[at + width]! + a * (1 - b) * seconds
  weights[at + width + 1] = weights[at + width + 1]! + a * b * seconds
}

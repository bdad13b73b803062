/**
 * A normal belief about the weights of a linear model, sharpened by one observation after the other (recursive least
 * squares, which is the Kalman filter of a constant). Plain JSON: it is part of a rule's state.
 */
export interface LinearBelief {
  mean: number[]
  /** Row by row. */
  covariance: number[]
}

/** Independent weights with these means and standard deviations. */
export function believe(mean: readonly number[], deviation: readonly number[]): LinearBelief {
  const n = mean.length
  const covariance = Array.from({ length: n * n }, () => 0)
  for (let i = 0; i < n; i++) covariance[i * n + i] = (deviation[i] ?? 0) ** 2
  return { mean: [...mean], covariance }
}

/** Learns that `x · weights` was `y`, measured with this variance. */
export function observe(belief: LinearBelief, x: ArrayLike<number>, y: number, variance: number): void {
  const { mean, covariance } = belief
  const n = mean.length
  const gain = new Float64Array(n)
  let spread = variance
  let predicted = 0
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += covariance[i * n + j]! * x[j]!
    gain[i] = sum
    spread += x[i]! * sum
    predicted += x[i]! * mean[i]!
  }
  if (!(spread > 0)) return
  const surprise = (y - predicted) / spread
  for (let i = 0; i < n; i++) {
    mean[i] = mean[i]! + gain[i]! * surprise
    for (let j = 0; j < n; j++)
      covariance[i * n + j] = covariance[i * n + j]! - (gain[i]! * gain[j]!) / spread
  }
}

/** `x · weights` as expected. */
export function expected(belief: LinearBelief, x: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < belief.mean.length; i++) sum += belief.mean[i]! * x[i]!
  return sum
}

/** Variance of `x · weights`; never negative, whatever rounding left. */
export function varianceOf(belief: LinearBelief, x: ArrayLike<number>): number {
  const { covariance } = belief
  const n = belief.mean.length
  let sum = 0
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += x[i]! * covariance[i * n + j]! * x[j]!
  return Math.max(0, sum)
}

import { gammaQuantile } from '@heavylift/core/math'

/** A class of scenarios: what was seen in it, and its share of what the domain holds. */
export interface Stratum {
  failures: number
  n: number
  /** Any positive scale; shares are taken of the sum. */
  exposure: number
}

export interface WeightedRate {
  rate: number
  upper: number
}

/**
 * Rate of failures of the whole domain from classes that were sampled at will, with its one-sided upper bound: failures as Poisson, a weighted sum
 * of them as gamma (Fay and Feuer 1997; conservative, exact where the sample has the domain's shares). Infinite, and no bound, where a class with
 * exposure has no trial.
 */
export function weightedRate(strata: readonly Stratum[], confidence = 0.95): WeightedRate {
  const total = strata.reduce((sum, { exposure }) => sum + exposure, 0)
  let rate = 0
  let variance = 0
  let largest = 0
  for (const { failures, n, exposure } of strata) {
    if (exposure === 0) continue
    const weight = exposure / total / n
    rate += weight * failures
    variance += weight * weight * failures
    largest = Math.max(largest, weight)
  }
  if (!Number.isFinite(largest) || strata.length === 0) return { rate: NaN, upper: Infinity }
  const mean = rate + largest
  const spread = variance + largest * largest
  const shape = (mean * mean) / spread
  const quantile = gammaQuantile(confidence, shape)
  return { rate, upper: (spread / mean) * quantile }
}

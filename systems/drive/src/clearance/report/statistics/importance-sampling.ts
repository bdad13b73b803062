import { clopperPearsonLower, clopperPearsonUpper } from '@heavylift/core/math'

/** A rate estimated from cases that were not sampled as they occur. */
export interface ImportanceEstimate {
  n: number
  /** Kish's effective sample size, (Σw)² / Σw². */
  effectiveN: number
  /** Σwf / Σw. */
  rate: number
  standardError: number
  /** One-sided: the exact bound at the effective sample size (Korn and Graubard 1998). */
  upper: number
  /** Likewise, of at least. */
  lower: number
}

/**
 * Weighs each case by the density of the domain over that of its sampling. Cases of weight 0 are not counted: a search for failures says nothing of how
 * often they occur.
 */
export class ImportanceSampling {
  #n = 0
  #weights = 0
  #squares = 0
  #failed = 0
  #failedSquares = 0

  add(isFailure: boolean, weight: number): void {
    if (weight === 0) return
    this.#n++
    this.#weights += weight
    this.#squares += weight * weight
    if (!isFailure) return
    this.#failed += weight
    this.#failedSquares += weight * weight
  }

  estimate(confidence = 0.95): ImportanceEstimate {
    const n = this.#n
    const weights = this.#weights
    const squares = this.#squares
    const failed = this.#failed
    if (n === 0) return { n, effectiveN: 0, rate: NaN, standardError: NaN, upper: 1, lower: 0 }
    const effectiveN = (weights * weights) / squares
    const rate = failed / weights
    // Delta method for the ratio of two means: Σw²(f − rate)² / (Σw)².
    const spread = this.#failedSquares * (1 - 2 * rate) + rate * rate * squares
    return {
      n,
      effectiveN,
      rate,
      standardError: Math.sqrt(Math.max(0, spread)) / weights,
      upper: clopperPearsonUpper(Math.min(rate * effectiveN, effectiveN), effectiveN, confidence),
      lower: clopperPearsonLower(Math.min(rate * effectiveN, effectiveN), effectiveN, confidence),
    }
  }
}

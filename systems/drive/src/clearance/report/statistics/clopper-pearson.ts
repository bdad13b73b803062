import { HeavyliftError } from '@heavylift/core'
import { incompleteBeta, invert } from './special-functions.ts'

/**
 * Exact upper bound of a rate of which `failures` were seen in `n` independent trials, one-sided (Clopper and Pearson 1934): the largest rate at
 * which so few failures still have a probability of 1 − confidence. With none it is 1 − (1 − confidence)^(1/n). Counts need not be whole, for
 * effective sample sizes. 1 without a trial.
 */
export function upperBound(failures: number, n: number, confidence = 0.95): number {
  checkCounts(failures, n)
  if (failures >= n) return 1
  if (failures === 0) return -Math.expm1(Math.log1p(-confidence) / n)
  return invert((rate) => incompleteBeta(rate, failures + 1, n - failures), confidence, 0, 1)
}

/** The lower bound that goes with `upperBound`; 0 without a failure. */
export function lowerBound(failures: number, n: number, confidence = 0.95): number {
  checkCounts(failures, n)
  if (failures === 0) return 0
  if (failures >= n) return Math.exp(Math.log1p(-confidence) / n)
  return invert((rate) => incompleteBeta(rate, failures, n - failures + 1), 1 - confidence, 0, 1)
}

/** How many trials without a failure show, at a confidence, that a rate is at most `limit`. */
export function trialsToShow(limit: number, confidence = 0.95): number {
  return Math.ceil(Math.log1p(-confidence) / Math.log1p(-limit))
}

function checkCounts(failures: number, n: number): void {
  if (failures >= 0 && failures <= n) return
  throw new HeavyliftError({
    code: 'counts-invalid',
    message: `Failures are from 0 to the number of trials; got ${failures} of ${n}.`,
  })
}

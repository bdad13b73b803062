import { InvalidInputError } from '../errors.ts'
import { normalQuantile } from './normal.ts'
import { betaQuantile } from './special-functions.ts'

/** An estimate with its lower and upper confidence limit. */
export interface Interval {
  estimate: number
  low: number
  high: number
}

/**
 * Wilson score interval of a proportion, two-sided: `successes` of `n` (Newcombe 1998, method 3).
 * With `n` of 0 the interval is the whole of [0, 1].
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): Interval {
  if (n === 0) return { estimate: 0, low: 0, high: 1 }
  const z = normalQuantile(1 - (1 - level) / 2)
  const p = successes / n
  const centre = p + (z * z) / (2 * n)
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return {
    estimate: p,
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === n ? 1 : (centre + half) / scale,
  }
}

/** A count of successes among `n` trials. */
export interface Proportion {
  successes: number
  n: number
}

/** Interval of the difference of two independent proportions, `a − b` (Newcombe 1998, method 10). */
export function differenceInterval(a: Proportion, b: Proportion, level = 0.95): Interval {
  const first = wilsonInterval(a.successes, a.n, level)
  const second = wilsonInterval(b.successes, b.n, level)
  const estimate = first.estimate - second.estimate
  return {
    estimate,
    low: estimate - Math.hypot(first.estimate - first.low, second.high - second.estimate),
    high: estimate + Math.hypot(first.high - first.estimate, second.estimate - second.low),
  }
}

/**
 * Exact upper bound of a proportion of which `count` were seen in `n` independent trials, one-sided (Clopper and Pearson 1934): the
 * largest at which so few still have a probability of 1 − confidence. With none it is 1 − (1 − confidence)^(1/n). Counts need not
 * be whole, for effective sample sizes. 1 without a trial. Throws `counts-invalid` for a count that is not in [0, n].
 */
export function clopperPearsonUpper(count: number, n: number, confidence = 0.95): number {
  checkCounts(count, n)
  if (count >= n) return 1
  if (count === 0) return -Math.expm1(Math.log1p(-confidence) / n)
  return betaQuantile(confidence, count + 1, n - count)
}

/** The lower bound that goes with `clopperPearsonUpper`; 0 where none was seen. */
export function clopperPearsonLower(count: number, n: number, confidence = 0.95): number {
  checkCounts(count, n)
  if (count === 0) return 0
  if (count >= n) return Math.exp(Math.log1p(-confidence) / n)
  return betaQuantile(1 - confidence, count, n - count + 1)
}

function checkCounts(count: number, n: number): void {
  if (count >= 0 && count <= n) return
  throw new InvalidInputError({
    code: 'counts-invalid',
    message: `A count is from 0 to the number of trials; got ${count} of ${n}.`,
  })
}

/** An estimate with its lower and upper confidence limit. */
export interface Interval {
  estimate: number
  low: number
  high: number
}

/**
 * Quantile of the standard normal distribution, accurate to about 1e-15 (Wichura, Algorithm AS 241, 1988).
 * Infinite at 0 and 1; NaN outside.
 */
export function normalQuantile(p: number): number {
  if (p < 0 || p > 1 || Number.isNaN(p)) return Number.NaN
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(centre, 0.180625 - q * q)
  const tail = q < 0 ? p : 1 - p
  if (tail === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const r = Math.sqrt(-Math.log(tail))
  const value = r <= 5 ? ratio(middle, r - 1.6) : ratio(far, r - 5)
  return q < 0 ? -value : value
}

interface Rational {
  numerator: readonly number[]
  denominator: readonly number[]
}

const centre: Rational = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
}
const middle: Rational = {
  numerator: [
    1.4234371107496837, 4.630337846156545, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
}
const far: Rational = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
}

function ratio({ numerator, denominator }: Rational, x: number): number {
  return horner(numerator, x) / horner(denominator, x)
}

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
}

/**
 * Wilson score interval of a proportion: `successes` of `n` (Newcombe 1998, method 3).
 * With `n` of 0 the interval is the whole of [0, 1].
 */
export function proportionInterval(successes: number, n: number, level = 0.95): Interval {
  if (n === 0) return { estimate: 0, low: 0, high: 1 }
  const z = normalQuantile(1 - (1 - level) / 2)
  const p = successes / n
  const centreOf = p + (z * z) / (2 * n)
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return {
    estimate: p,
    low: successes === 0 ? 0 : (centreOf - half) / scale,
    high: successes === n ? 1 : (centreOf + half) / scale,
  }
}

/** A count of successes among `n` trials. */
export interface Proportion {
  successes: number
  n: number
}

/** Interval of the difference of two independent proportions, `a − b` (Newcombe 1998, method 10). */
export function differenceInterval(a: Proportion, b: Proportion, level = 0.95): Interval {
  const first = proportionInterval(a.successes, a.n, level)
  const second = proportionInterval(b.successes, b.n, level)
  const estimate = first.estimate - second.estimate
  return {
    estimate,
    low: estimate - Math.hypot(first.estimate - first.low, second.high - second.estimate),
    high: estimate + Math.hypot(first.high - first.estimate, second.estimate - second.low),
  }
}

/**
 * Interval of the ratio of two independent proportions, `treatment / control` (Katz and others 1978: normal on the log
 * scale). Null when a side has no units or no success, where the log ratio has no finite estimate.
 */
export function ratioInterval(treatment: Proportion, control: Proportion, level = 0.95): Interval | null {
  if (treatment.n === 0 || control.n === 0 || treatment.successes === 0 || control.successes === 0)
    return null
  const z = normalQuantile(1 - (1 - level) / 2)
  const estimate = treatment.successes / treatment.n / (control.successes / control.n)
  const error = Math.sqrt(1 / treatment.successes - 1 / treatment.n + (1 / control.successes - 1 / control.n))
  return { estimate, low: estimate * Math.exp(-z * error), high: estimate * Math.exp(z * error) }
}

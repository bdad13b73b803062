const root2Pi = Math.sqrt(2 * Math.PI)
/** Below it the series loses digits to cancellation, and the tail is computed by itself. */
const tailFrom = -3

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / root2Pi
}

/**
 * Distribution function of the standard normal: Marsaglia's series ("Evaluating the Normal Distribution", 2004), and below −3 the
 * continued fraction of the Mills ratio (DLMF 7.9.3), so that small probabilities keep 12 digits too.
 */
export function normalCdf(x: number): number {
  if (x > 8.3) return 1
  if (x < tailFrom) return normalDensity(x) * millsRatio(-x)
  let sum = x
  let term = x
  let last = NaN
  for (let i = 3; sum !== last; i += 2) {
    last = sum
    term *= (x * x) / i
    sum += term
  }
  return Math.min(1, 0.5 + sum * normalDensity(x))
}

/** The tail beyond x over the density at x: 1/(x + 1/(x + 2/(x + 3/(x + …)))), from its end; 200 terms from x = 3 on. */
function millsRatio(x: number): number {
  let value = x
  for (let n = 200; n > 0; n--) value = x + n / value
  return 1 / value
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

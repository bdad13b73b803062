/** Lanczos, g = 7, n = 9: about 1e-15. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
/** Terms grow with the square root of the parameters: enough for a hundred million trials. */
const mostTerms = 100_000
const converged = 3e-16
const tiny = 1e-300

/** Natural logarithm of the gamma function, for x > 0, by the approximation of Lanczos (1964): about 1e-15. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const shifted = x - 1
  const t = shifted + 7.5
  let sum = lanczos[0]!
  for (let index = 1; index < lanczos.length; index++) sum += lanczos[index]! / (shifted + index)
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** From here on Stirling's series is exact to the last bit. */
const large = 10

/** log Γ(x) − ((x − ½) log x − x + ½ log 2π) for large x: Stirling's series (DLMF 5.11.1), which keeps differences of log Γ exact. */
function stirlingRest(x: number): number {
  const square = x * x
  const terms = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360]
  return terms.reduceRight((sum, term) => sum / square + term, 0) / x
}

/** Natural logarithm of the beta function, without the cancellation of three large log Γ (as LBETA of SLATEC and R). */
function logBeta(a: number, b: number): number {
  const small = Math.min(a, b)
  const big = Math.max(a, b)
  const logShareOfBig = Math.log1p(-small / (small + big))
  if (big < large) return logGamma(a) + logGamma(b) - logGamma(a + b)
  const rest = stirlingRest(big) - stirlingRest(a + b)
  if (small < large)
    return logGamma(small) + rest + small - small * Math.log(a + b) + (big - 0.5) * logShareOfBig
  return (
    0.5 * Math.log((2 * Math.PI) / big) +
    rest +
    stirlingRest(small) +
    (small - 0.5) * Math.log(small / (a + b)) +
    big * logShareOfBig
  )
}

/** x^a e^−x / Γ(a). */
function gammaFront(a: number, x: number): number {
  if (a < large) return Math.exp(a * Math.log(x) - x - logGamma(a))
  const beyond = (x - a) / a
  return Math.exp(a * (Math.log(x / a) - beyond) - stirlingRest(a)) * Math.sqrt(a / (2 * Math.PI))
}

/** Regularised incomplete beta function I_x(a, b) for a, b > 0, by its continued fraction (DLMF 8.17.22, Lentz's method). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b))
  return x > (a + 1) / (a + b + 2)
    ? 1 - (front * betaFraction(1 - x, b, a)) / b
    : (front * betaFraction(x, a, b)) / a
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= mostTerms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / awayFromZero(1 + even * d)
    c = awayFromZero(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / awayFromZero(1 + odd * d)
    c = awayFromZero(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < converged) break
  }
  return value
}

/** Regularised lower incomplete gamma function P(a, x): its series below a + 1, its continued fraction above (DLMF 8.11.4, 8.9.2). */
export function incompleteGamma(a: number, x: number): number {
  if (x <= 0) return 0
  const front = gammaFront(a, x)
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n <= mostTerms && term > sum * 1e-16; n++) {
      term *= x / (a + n)
      sum += term
    }
    return front * sum
  }
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / awayFromZero(b)
  let value = d
  for (let n = 1; n <= mostTerms; n++) {
    const step = -n * (n - a)
    b += 2
    d = 1 / awayFromZero(step * d + b)
    c = awayFromZero(b + step / c)
    value *= d * c
    if (Math.abs(d * c - 1) < converged) break
  }
  return 1 - front * value
}

/** Quantile of the beta distribution with parameters a, b > 0: the x with I_x(a, b) = `share`. */
export function betaQuantile(share: number, a: number, b: number): number {
  return invertRising((x) => incompleteBeta(x, a, b), share, 0, 1)
}

/** Quantile of the gamma distribution with a shape > 0 and the scale 1: the x with P(shape, x) = `share`, for shares below 1 − 1e-15. */
export function gammaQuantile(share: number, shape: number): number {
  return invertRising((x) => incompleteGamma(shape, x), share, 0, shape + 40 * Math.sqrt(shape) + 40)
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

/** The x in [low, high] at which a rising function reaches `target`, to the last bit that bisection gives. */
function invertRising(rising: (x: number) => number, target: number, low: number, high: number): number {
  let from = low
  let to = high
  for (let step = 0; step < 200; step++) {
    const middle = (from + to) / 2
    if (middle === from || middle === to) break
    if (rising(middle) < target) from = middle
    else to = middle
  }
  return (from + to) / 2
}

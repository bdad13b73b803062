const root2Pi = Math.sqrt(2 * Math.PI)

/** Standard normal distribution function (Marsaglia 2004, "Evaluating the Normal Distribution"), to 1e-15 for |x| < 7, 0 or 1 beyond 8. */
export function normalCdf(x: number): number {
  if (x < -8) return 0
  if (x > 8) return 1
  let sum = x
  let term = x
  let last = 0
  for (let i = 3; sum !== last; i += 2) {
    last = sum
    term *= (x * x) / i
    sum += term
  }
  return Math.min(1, Math.max(0, 0.5 + (sum * Math.exp((-x * x) / 2)) / root2Pi))
}

/** Standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / root2Pi
}

/** Its inverse for 0 < p < 1, by bisection and Newton steps: to 1e-12. */
export function normalQuantile(p: number): number {
  let low = -8
  let high = 8
  let x = 0
  for (let round = 0; round < 60; round++) {
    const error = normalCdf(x) - p
    if (error > 0) high = x
    else low = x
    const next = x - error / normalDensity(x)
    const to = next > low && next < high ? next : (low + high) / 2
    if (Math.abs(to - x) < 1e-13) return to
    x = to
  }
  return x
}

/**
 * A polynomial of time to a state at time `t`: quintic with all of place, speed and acceleration given at the end, quartic where the place is
 * free (Werling et al. 2010, "Optimal trajectory generation for dynamic street scenarios in a Frenet frame"). Coefficients from the constant up.
 */
export type Polynomial = Float64Array

/** Writes the quintic from (x0, v0, a0) to (x1, v1, a1) after `t` seconds. */
export function fitQuintic(
  out: Polynomial,
  x0: number,
  v0: number,
  a0: number,
  x1: number,
  v1: number,
  a1: number,
  t: number,
): void {
  const h = x1 - x0 - v0 * t - (a0 * t * t) / 2
  const dv = v1 - v0 - a0 * t
  const da = a1 - a0
  out[0] = x0
  out[1] = v0
  out[2] = a0 / 2
  out[3] = (20 * h - 8 * dv * t + da * t * t) / (2 * t ** 3)
  out[4] = (-30 * h + 14 * dv * t - 2 * da * t * t) / (2 * t ** 4)
  out[5] = (12 * h - 6 * dv * t + da * t * t) / (2 * t ** 5)
}

/** Writes the quartic from (x0, v0, a0) to speed v1 and acceleration a1 after `t` seconds, wherever that is. */
export function fitQuartic(
  out: Polynomial,
  x0: number,
  v0: number,
  a0: number,
  v1: number,
  a1: number,
  t: number,
): void {
  const dv = v1 - v0 - a0 * t
  const da = a1 - a0
  out[0] = x0
  out[1] = v0
  out[2] = a0 / 2
  out[3] = (3 * dv - da * t) / (3 * t * t)
  out[4] = (-2 * dv + da * t) / (4 * t ** 3)
  out[5] = 0
}

/** Value at `t`, or of the first or second derivative. */
export function valueAt(p: Polynomial, t: number, derivative: 0 | 1 | 2 = 0): number {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0] = p
  if (derivative === 0) return c0 + t * (c1 + t * (c2 + t * (c3 + t * (c4 + t * c5))))
  if (derivative === 1) return c1 + t * (2 * c2 + t * (3 * c3 + t * (4 * c4 + t * 5 * c5)))
  return 2 * c2 + t * (6 * c3 + t * (12 * c4 + t * 20 * c5))
}

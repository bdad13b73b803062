import { createRandom, quantile } from '@heavylift/core/math'

/** Throughput at a number of requests under way. */
export interface Sample {
  concurrency: number
  perSecond: number
}

/**
 * The universal scalability law (Gunther 1993): X(N) = λN / (1 + σ(N − 1) + κN(N − 1)), with what one can do alone, the share that waits in line,
 * and what each pair costs.
 */
export interface ScalabilityLaw {
  lambda: number
  sigma: number
  kappa: number
}

export interface Knee {
  /** Requests under way at which most is done; Infinity where more is always more. */
  concurrency: number
  /** The most that is done a second. */
  perSecond: number
}

export function throughputAt({ lambda, sigma, kappa }: ScalabilityLaw, concurrency: number): number {
  return (lambda * concurrency) / (1 + sigma * (concurrency - 1) + kappa * concurrency * (concurrency - 1))
}

/** Where throughput is highest; without a cost of pairs it comes near λ / σ and never reaches it. */
export function kneeOf(law: ScalabilityLaw): Knee {
  const { lambda, sigma, kappa } = law
  if (kappa <= 1e-12) return { concurrency: Infinity, perSecond: sigma <= 1e-12 ? Infinity : lambda / sigma }
  const concurrency = Math.max(1, Math.sqrt(Math.max(0, 1 - sigma) / kappa))
  return { concurrency, perSecond: throughputAt(law, concurrency) }
}

/**
 * Fits the law to samples by least squares of relative errors of N / X, which is linear in 1, N − 1 and N(N − 1); no part is below zero. Null with fewer
 * than three samples.
 */
export function fitScalabilityLaw(samples: readonly Sample[]): ScalabilityLaw | null {
  const used = samples.filter(({ concurrency, perSecond }) => concurrency > 0 && perSecond > 0)
  if (used.length < 3) return null
  // Each part may be absent: of the fits without a negative part the closest counts.
  let best: { error: number; parts: [number, number, number] } | null = null
  for (const kept of [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ] as const) {
    const parts = solve(used, kept)
    if (parts === null || parts[0] <= 0 || parts[1] < 0 || parts[2] < 0) continue
    const error = used.reduce((sum, { concurrency: n, perSecond }) => {
      const said = parts[0] + parts[1] * (n - 1) + parts[2] * n * (n - 1)
      return sum + ((said * perSecond) / n - 1) ** 2
    }, 0)
    if (best === null || error < best.error - 1e-15) best = { error, parts }
  }
  if (best === null) return null
  const [a, b, c] = best.parts
  return { lambda: 1 / a, sigma: b / a, kappa: c / a }
}

/** Knees of fits to samples drawn anew (bootstrap): the interval of the most that is done a second. */
export function kneeInterval(
  samples: readonly Sample[],
  level = 0.9,
): { lower: number; upper: number } | null {
  const random = createRandom('scalability')
  const found: number[] = []
  for (let draw = 0; draw < 200; draw++) {
    const drawn = samples.map(() => samples[random.int(0, samples.length - 1)] as Sample)
    if (new Set(drawn.map(({ concurrency }) => concurrency)).size < 3) continue
    const law = fitScalabilityLaw(drawn)
    if (law !== null) found.push(kneeOf(law).perSecond)
  }
  if (found.length < 20) return null
  const sorted = found.toSorted((a, b) => a - b)
  return { lower: quantile(sorted, (1 - level) / 2), upper: quantile(sorted, (1 + level) / 2) }
}

/** Weighted least squares of 1 = (a + b(N − 1) + cN(N − 1)) X / N with b or c left out; null where it has no solution. */
function solve(
  samples: readonly Sample[],
  [hasB, hasC]: readonly [boolean, boolean],
): [number, number, number] | null {
  const columns = [true, hasB, hasC].flatMap((kept, at) => (kept ? [at] : []))
  const size = columns.length
  const matrix = Array.from({ length: size }, () => Array.from({ length: size + 1 }, () => 0))
  for (const { concurrency: n, perSecond } of samples) {
    const whole = [1, n - 1, n * (n - 1)].map((value) => (value * perSecond) / n)
    for (let i = 0; i < size; i++) {
      const row = matrix[i] as number[]
      const own = whole[columns[i] as number] as number
      for (let j = 0; j < size; j++) (row[j] as number) += own * (whole[columns[j] as number] as number)
      ;(row[size] as number) += own
    }
  }
  for (let i = 0; i < size; i++) {
    const pivot = matrix[i] as number[]
    if (Math.abs(pivot[i] as number) < 1e-18) return null
    for (const [k, row] of matrix.entries()) {
      if (k === i) continue
      const factor = (row[i] as number) / (pivot[i] as number)
      for (let j = i; j <= size; j++) (row[j] as number) -= factor * (pivot[j] as number)
    }
  }
  const parts: [number, number, number] = [0, 0, 0]
  for (const [i, column] of columns.entries())
    parts[column] = ((matrix[i] as number[])[size] as number) / ((matrix[i] as number[])[i] as number)
  return parts
}

import { addKnots, gridSize, rpmKnots, throttleKnots } from './burn-grid.ts'
import { engineSurfaces } from './engine-population.ts'
import { burntBetween, longestStepSeconds } from './fuel-run.ts'
import type { FuelRun } from './fuel-run.ts'
import { flowOf } from './fuel-weights.ts'
import { leadingEigenvectors, solvePositive } from './matrix.ts'

/** Engines at large: mean surface (near 1 at full load), how knots vary together, and the main ways of differing. */
export interface Population {
  mean: Float64Array
  /** Row by row. */
  covariance: Float64Array
  ways: Float64Array[]
}

const populationSize = 500
const wayCount = 6
/** Variance of a knot of its own, beside what the population says. */
const knotVariance = 1e-4

/** Roughly how much of a run is spent at a knot: shut on the overrun, idle, full load, and in between. */
function typicalUse(x: number, throttle: number): number {
  if (throttle === 0) return x >= 0.5 ? 0.025 : 0.01
  if (throttle >= 0.8 && x >= 0.4) return 0.035
  return x >= 0.2 ? 0.008 : 0.002
}

/** The population, the same each time. Ways are the leading directions of variance where engines are used most. */
export function engineAtLarge(seed: string): Population {
  const surfaces = engineSurfaces(seed, populationSize)
  const mean = new Float64Array(gridSize)
  for (const surface of surfaces)
    for (let i = 0; i < gridSize; i++) mean[i] = mean[i]! + surface[i]! / populationSize
  const covariance = new Float64Array(gridSize * gridSize)
  for (const surface of surfaces)
    for (let i = 0; i < gridSize; i++)
      for (let j = 0; j < gridSize; j++)
        covariance[i * gridSize + j] =
          covariance[i * gridSize + j]! +
          ((surface[i]! - mean[i]!) * (surface[j]! - mean[j]!)) / (populationSize - 1)
  const use = Float64Array.from(
    rpmKnots.flatMap((x) => throttleKnots.map((throttle) => Math.sqrt(typicalUse(x, throttle)))),
  )
  const weighted = covariance.map(
    (value, at) => value * use[Math.floor(at / gridSize)]! * use[at % gridSize]!,
  )
  const ways = leadingEigenvectors(weighted, gridSize, wayCount).map(({ value, vector }) =>
    vector.map((part, i) => (part * Math.sqrt(value)) / use[i]!),
  )
  return { mean, covariance, ways }
}

function inverse(matrix: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    const unit = new Float64Array(n)
    unit[j] = 1
    const column = solvePositive(matrix, unit)
    for (let i = 0; i < n; i++) out[i * n + j] = column[i]!
  }
  return out
}

const fitWindowSeconds = 0.1
/** Noise of a window as a share of its fuel at full load. */
const fitNoise = 0.02

/** Windows of a run: time at each knot and litres. */
function* windowsOf(run: FuelRun): Generator<{ knots: Float64Array; litres: number }> {
  let from = 0
  let knots = new Float64Array(gridSize)
  for (let i = 1; i < run.seconds.length; i++) {
    const step = Math.min(run.seconds[i]! - run.seconds[i - 1]!, longestStepSeconds)
    addKnots(knots, run.rpmShare[i]!, run.throttle[i]!, step)
    if (run.seconds[i]! - run.seconds[from]! < fitWindowSeconds - 1e-6) continue
    const { litres, isFilled } = burntBetween(run, from, i)
    if (!isFilled) yield { knots, litres }
    knots = new Float64Array(gridSize)
    from = i
  }
}

/**
 * The surface of an engine from all of its runs: least squares, drawn to the population where it was not driven (the
 * maximum a posteriori of a normal prior). Litres a second at the knots.
 */
export function fitEngine(runs: readonly FuelRun[], population: Population): Float64Array {
  const n = gridSize
  const normal = new Float64Array(n * n)
  const right = new Float64Array(n)
  let used = 0
  let asPopulation = 0
  for (const run of runs)
    for (const { knots, litres } of windowsOf(run)) {
      used += litres
      for (let i = 0; i < n; i++) {
        const weight = knots[i]!
        if (weight === 0) continue
        asPopulation += weight * population.mean[i]!
        right[i] = right[i]! + weight * litres
        for (let j = 0; j < n; j++) normal[i * n + j] = normal[i * n + j]! + weight * knots[j]!
      }
    }
  const scale = used / asPopulation
  const variance = (fitNoise * scale * fitWindowSeconds) ** 2
  const spread = population.covariance.map(
    (value, at) => scale ** 2 * (value + (at % (n + 1) === 0 ? knotVariance : 0)),
  )
  const precision = inverse(spread, n)
  const system = precision.map((value, at) => value + normal[at]! / variance)
  const b = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let prior = 0
    for (let j = 0; j < n; j++) prior += precision[i * n + j]! * scale * population.mean[j]!
    b[i] = prior + right[i]! / variance
  }
  return solvePositive(system, b)
}

/** A surface scaled to 1 near full load, as the population's are. */
export function shapeOf(surface: Float64Array): Float64Array {
  const flow = flowOf(surface)
  return surface.map((value) => value / flow)
}

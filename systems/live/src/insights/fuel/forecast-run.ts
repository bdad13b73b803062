import { addBurn } from './burn-grid.ts'
import { burntBetween, longestStepSeconds } from './fuel-run.ts'
import type { FuelRun } from './fuel-run.ts'
import type { FuelPrior } from './fuel-weights.ts'
import { believe, expected, observe, varianceOf } from './linear-belief.ts'

/** Quantile of the normal that leaves 80 % within ±. */
export const eightyPercent = 1.2816

/** Seconds of fuel gauge that make an observation. */
const windowSeconds = 0.5
/** Noise of an observed flow as a share of the flow near full load, over a second. */
const flowNoise = 0.03
/** What a gauge reads off by, litres. */
const gaugeNoise = 2e-5
/** Variance of an observed use of fuel over `seconds` by a gauge that reads off by `gaugeLitres`. */
export function observationVariance(flow: number, seconds: number, gaugeLitres: number): number {
  return (flowNoise * flow) ** 2 * seconds + 2 * gaugeLitres ** 2
}

/** Variance of predicted use: what the weights leave open, and the model's own error, a share of the fuel used. */
export function usedVariance(beliefVariance: number, used: number, modelError: number): number {
  return beliefVariance + (modelError * used) ** 2
}

/** A run after its known part: one value for each whole second (and the rest), in order. */
export interface RunForecast {
  /** Litres burnt in each second: truth and prediction. */
  burnt: number[]
  predicted: number[]
  /** Standard deviation of all predicted since the known part. */
  deviation: number[]
  /** Mean burn a second over the known part; NaN where nothing is known. */
  knownRate: number
}

/** Predicts a run's fuel from speed of engine and throttle alone, after learning from the first `knownShare` of it. */
export function forecastRun(run: FuelRun, prior: FuelPrior, knownShare: number): RunForecast {
  const records = run.seconds.length
  const start = run.seconds[0] ?? 0
  const end = run.seconds[records - 1] ?? 0
  const knownUntil = start + knownShare * (end - start)
  const belief = believe(prior.mean, prior.deviation)
  const size = prior.mean.length
  const x = new Float64Array(size)
  const total = new Float64Array(size)
  const forecast: RunForecast = { burnt: [], predicted: [], deviation: [], knownRate: Number.NaN }
  let from = 0
  let known = 0
  let isKnown = knownShare > 0

  for (let i = 1; i < records; i++) {
    const step = run.seconds[i]! - run.seconds[i - 1]!
    addBurn(prior.surfaces, x, run.rpmShare[i]!, run.throttle[i]!, Math.min(step, longestStepSeconds))
    const elapsed = run.seconds[i]! - run.seconds[from]!
    const isPast = isKnown && run.seconds[i]! >= knownUntil
    if (elapsed < (isKnown ? windowSeconds : 1) - 1e-6 && !isPast && i < records - 1) continue
    const { litres, isFilled } = burntBetween(run, from, i)
    if (isKnown) {
      known += litres
      if (!isFilled) observe(belief, x, litres, observationVariance(prior.flow, elapsed, gaugeNoise))
      if (isPast) forecast.knownRate = known / (run.seconds[i]! - start)
      isKnown = !isPast
    } else if (!isFilled) {
      for (let k = 0; k < size; k++) total[k] = total[k]! + x[k]!
      forecast.burnt.push(litres)
      forecast.predicted.push(expected(belief, x))
      forecast.deviation.push(
        Math.sqrt(usedVariance(varianceOf(belief, total), expected(belief, total), prior.modelError)),
      )
    }
    x.fill(0)
    from = i
  }
  return forecast
}

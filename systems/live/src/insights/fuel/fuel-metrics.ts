import { median, sum } from '@heavylift/core/math'
import type { ReliabilityBin } from '../../learn/metrics.ts'
import { eightyPercent } from './forecast-run.ts'
import type { RunForecast } from './forecast-run.ts'

/** Errors over runs, in per cent. */
export interface FuelMetrics extends Record<string, number> {
  medianTotalErrorPct: number
  maxTotalErrorPct: number
  wapePerSecondPct: number
  coverage80: number
}

/** Signed error of the fuel used over a run, per cent of it. */
export function totalErrorPct(forecast: RunForecast): number {
  return 100 * (sum(forecast.predicted) / sum(forecast.burnt) - 1)
}

/** Share of seconds at which the fuel used since the known part lies within ± `deviations` (80 %: 1.28), per cent. */
export function coverageOf(forecast: RunForecast, deviations = eightyPercent): number {
  let burnt = 0
  let predicted = 0
  let within = 0
  for (const [i, litres] of forecast.burnt.entries()) {
    burnt += litres
    predicted += forecast.predicted[i] ?? 0
    if (Math.abs(burnt - predicted) <= deviations * (forecast.deviation[i] ?? 0)) within++
  }
  return (100 * within) / forecast.burnt.length
}

export function wapePct(forecast: RunForecast): number {
  const off = forecast.burnt.map((litres, i) => Math.abs(litres - (forecast.predicted[i] ?? 0)))
  return (100 * sum(off)) / sum(forecast.burnt)
}

/** A run counts as one, however long it is. Runs that burn nothing after their known part are left out. */
export function fuelMetrics(forecasts: readonly RunForecast[]): FuelMetrics {
  const counted = forecasts.filter((forecast) => sum(forecast.burnt) > 0)
  const errors = counted.map((forecast) => Math.abs(totalErrorPct(forecast)))
  return {
    medianTotalErrorPct: median(errors),
    maxTotalErrorPct: Math.max(...errors),
    wapePerSecondPct: sum(counted.map(wapePct)) / counted.length,
    coverage80: sum(counted.map((forecast) => coverageOf(forecast))) / counted.length,
  }
}

/** The same forecasts with the rate of the known part all through: what a burn bar without a model would say. */
export function constantRate(forecast: RunForecast): RunForecast {
  return {
    ...forecast,
    predicted: forecast.burnt.map(() => forecast.knownRate),
    deviation: forecast.burnt.map(() => 0),
  }
}

/** Quantiles of the normal that leave 10 %, 20 %, … 90 % within ±. */
const deviationsOf = [0.1257, 0.2533, 0.3853, 0.5244, 0.6745, 0.8416, 1.0364, 1.2816, 1.6449]

/** How many seconds intervals of each level hold, against how many they should: for a reliability picture. */
export function coverageBins(forecasts: readonly RunForecast[]): ReliabilityBin[] {
  const rows = forecasts.reduce((count, forecast) => count + forecast.burnt.length, 0)
  return deviationsOf.map((deviations, i) => {
    const level = (i + 1) / 10
    const held = forecasts.map((forecast) => coverageOf(forecast, deviations) / 100)
    return {
      low: level - 0.05,
      high: level + 0.05,
      rows,
      meanPredicted: level,
      meanHappened: sum(held) / held.length,
    }
  })
}

import { median } from '@heavylift/core/math'
import type { ForecastMethod, Past } from './past.ts'
import { mstl } from './mstl.ts'
import type { Decomposition } from './mstl.ts'
import { continueSmoothed, smooth } from './smoothing.ts'
import { harmonicRegression } from './harmonic-regression.ts'
import { lagRegression } from './lag-regression.ts'

/** Repeats the last whole season of the longest period of which there is one. */
export function seasonalNaive({ values, periods }: Past, horizon: number): Float64Array {
  const period = periods.filter((one) => one <= values.length).at(-1) ?? 1
  return Float64Array.from(
    { length: horizon },
    (_, h) => values[values.length - period + (h % period)] as number,
  )
}

/** The mean of the last `weeks` seasons of each phase, moved to the level of the last day. */
function seasonalMean(past: Past, horizon: number): Float64Array {
  const { values, periods } = past
  const period = periods.filter((one) => 2 * one <= values.length).at(-1)
  if (period === undefined) return seasonalNaive(past, horizon)
  const seasons = Math.min(4, Math.floor(values.length / period))
  return Float64Array.from({ length: horizon }, (_, h) => {
    let total = 0
    for (let k = 1; k <= seasons; k++) total += values[values.length - k * period + (h % period)] as number
    return total / seasons
  })
}

function seasonsAhead({ seasonals }: Decomposition, n: number, horizon: number): Float64Array {
  const out = new Float64Array(horizon)
  for (const { period, values } of seasonals)
    for (let h = 0; h < horizon; h++) (out[h] as number) += values[n - period + (h % period)] as number
  return out
}

/** Seasons by MSTL, the rest by ETS(A,Ad,N) or by theta. */
function decomposed(past: Past, horizon: number, rest: (y: Float64Array, horizon: number) => Float64Array) {
  const { values } = past
  const found = decompose(past)
  const adjusted = values.map(
    (value, i) => value - found.seasonals.reduce((sum, one) => sum + (one.values[i] as number), 0),
  )
  const ahead = rest(adjusted, horizon)
  return seasonsAhead(found, values.length, horizon).map((value, h) => value + (ahead[h] as number))
}

/** Several methods ask for the same past one after the other. */
const decomposedPasts = new WeakMap<Float64Array, Decomposition>()
function decompose({ values, periods }: Past): Decomposition {
  const known = decomposedPasts.get(values)
  if (known !== undefined) return known
  const found = mstl(values, periods)
  decomposedPasts.set(values, found)
  return found
}

/** The theta method with θ = 0 and 2 in equal parts: exponential smoothing with half of the straight line's slope (Hyndman and Billah 2003). */
function theta(y: Float64Array, horizon: number): Float64Array {
  const n = y.length
  const { level, alpha } = smooth(y, true)
  let sx = 0
  let sy = 0
  let sxx = 0
  let sxy = 0
  for (let i = 0; i < n; i++) {
    sx += i
    sy += y[i] as number
    sxx += i * i
    sxy += i * (y[i] as number)
  }
  const slope = n < 3 ? 0 : (n * sxy - sx * sy) / (n * sxx - sx * sx)
  const settled = (1 - (1 - alpha) ** n) / alpha
  return Float64Array.from({ length: horizon }, (_, h) => level + (slope / 2) * (h + settled))
}

/** The values' logarithm where all are above zero; the forecast is the median then. */
function inLogs(method: ForecastMethod['forecast']): ForecastMethod['forecast'] {
  const logs = new WeakMap<Float64Array, Float64Array>()
  return (past, horizon) => {
    if (past.values.some((value) => value <= 0)) return method(past, horizon)
    let logged = logs.get(past.values)
    if (logged === undefined) logs.set(past.values, (logged = past.values.map(Math.log)))
    const top = Math.log(Math.max(...past.values)) + 2
    return method({ ...past, values: logged }, horizon).map((value) => Math.exp(Math.min(value, top)))
  }
}

/** The median of the last `seasons` of the shortest season, at every step: where nothing recurs, and bursts tell nothing. */
const lastMedian =
  (seasons: number): ForecastMethod['forecast'] =>
  ({ values, periods }, horizon) =>
    new Float64Array(horizon).fill(median(values.slice(-seasons * (periods[0] ?? 1))))

export const forecastMethods: readonly ForecastMethod[] = [
  { name: 'seasonal naive', forecast: seasonalNaive },
  { name: 'seasonal mean', forecast: seasonalMean },
  {
    name: 'MSTL + ETS',
    forecast: (past, horizon) => decomposed(past, horizon, (y, h) => continueSmoothed(smooth(y), h)),
  },
  { name: 'MSTL + theta', forecast: (past, horizon) => decomposed(past, horizon, theta) },
  { name: 'ETS', forecast: ({ values }, horizon) => continueSmoothed(smooth(values), horizon) },
  {
    name: 'smoothed level',
    forecast: ({ values }, horizon) => continueSmoothed(smooth(values, true), horizon),
  },
  { name: 'median of a day', forecast: lastMedian(1) },
  { name: 'median of a week', forecast: lastMedian(7) },
  { name: 'lag regression', forecast: lagRegression({ halfLife: 0.5, isDifferenced: false }) },
  {
    name: 'lag regression of logs',
    forecast: inLogs(lagRegression({ halfLife: 0.5, isDifferenced: false })),
  },
  { name: 'lag regression of changes', forecast: lagRegression({ halfLife: 0.5, isDifferenced: true }) },
  {
    name: 'lag regression of recent logs',
    forecast: inLogs(lagRegression({ halfLife: 0.15, isDifferenced: false })),
  },
  { name: 'harmonic regression', forecast: harmonicRegression },
  { name: 'harmonic regression of logs', forecast: inLogs(harmonicRegression) },
]

import { forecastMethods } from './methods.ts'
import type { ForecastMethod, Past } from './past.ts'

export interface Driver {
  method: string
  /** Its share in the forecast, 0 … 1. */
  weight: number
  /** Mean absolute error at the rolling origins, in the series' unit. */
  error: number
}

export interface Combined {
  /** One value a step ahead. */
  forecast: Float64Array
  drivers: Driver[]
  /** Of the combination, actual − forecast, one array of `horizon` for each rolling origin, the latest first. */
  residuals: Float64Array[]
}

/** How steeply weights fall with error: the best counts most, and one that is nearly as good still counts. */
const sharpness = 4
const mostOrigins = 9

/**
 * All methods, weighted by 1 / error⁴ at rolling origins inside the past. Residuals at an origin are those of the combination whose
 * weights were found at the other origins, so that they are no better than the forecast will be.
 */
export function combine(
  past: Past,
  horizon: number,
  methods: readonly ForecastMethod[] = forecastMethods,
): Combined {
  const { values } = past
  const origins = originsOf(past, horizon)
  const errors = methods.map(() => [] as number[])
  const tried = origins.map((origin) => {
    const before = { ...past, values: values.slice(0, origin) }
    return methods.map((method, at) => {
      const found = checked(method.forecast(before, horizon), before)
      let error = 0
      for (let h = 0; h < horizon; h++)
        error += Math.abs((values[origin + h] as number) - (found[h] as number)) / horizon
      ;(errors[at] as number[]).push(error)
      return found
    })
  })
  const weights = weightsOf(errors.map((of) => meanWithout(of, -1)))
  const forecast = blend(
    methods.map((method) => checked(method.forecast(past, horizon), past)),
    weights,
    horizon,
  )
  const residuals = origins.map((origin, k) => {
    const others = origins.length > 1 ? weightsOf(errors.map((of) => meanWithout(of, k))) : weights
    return blend(tried[k] as Float64Array[], others, horizon).map(
      (value, h) => (values[origin + h] as number) - value,
    )
  })
  const drivers = methods.map(({ name }, at) => ({
    method: name,
    weight: weights[at] as number,
    error: meanWithout(errors[at] as number[], -1),
  }))
  return { forecast, drivers: drivers.toSorted((a, b) => b.weight - a.weight), residuals }
}

/** Half a horizon apart, as many as leave two of the longest usable seasons before them. */
function originsOf({ values, periods }: Past, horizon: number): number[] {
  const stride = Math.max(1, Math.ceil(horizon / 2))
  const season = periods.filter((period) => 3 * period + horizon <= values.length).at(-1) ?? 2
  const least = Math.min(Math.max(2 * season, 8), values.length - horizon)
  const origins: number[] = []
  for (let origin = values.length - horizon; origin >= least && origin >= 4; origin -= stride) {
    origins.push(origin)
    if (origins.length === mostOrigins) break
  }
  return origins
}

/** A method that has lost its way (not a number) says the last value. */
function checked(forecast: Float64Array, { values }: Past): Float64Array {
  return forecast.every(Number.isFinite)
    ? forecast
    : new Float64Array(forecast.length).fill(values.at(-1) ?? 0)
}

function meanWithout(errors: readonly number[], left: number): number {
  const kept = errors.filter((_, at) => at !== left)
  return kept.length === 0 ? 1 : kept.reduce((sum, error) => sum + error, 0) / kept.length
}

function weightsOf(errors: readonly number[]): number[] {
  const least = Math.min(...errors)
  // Where one method never errs, only such methods count.
  const raw = errors.map((error) => (least === 0 ? Number(error === 0) : (least / error) ** sharpness))
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  return raw.map((weight) => weight / total)
}

function blend(
  forecasts: readonly Float64Array[],
  weights: readonly number[],
  horizon: number,
): Float64Array {
  const out = new Float64Array(horizon)
  for (const [at, forecast] of forecasts.entries())
    for (let h = 0; h < horizon; h++) (out[h] as number) += (weights[at] as number) * (forecast[h] as number)
  return out
}

import type { Past } from './past.ts'
import { solveRidge } from './solve-ridge.ts'

const ridge = 1e-3

export interface LagOptions {
  /** So that observations this share of the series ago count half. */
  halfLife: number
  /** The change over the shortest season is explained instead of the value. */
  isDifferenced: boolean
}

/**
 * y (or its change over a season) as a linear function of its own values some steps and some whole seasons ago, by ridge regression that
 * weighs recent observations more, run forward step by step.
 */
export function lagRegression({ halfLife, isDifferenced }: LagOptions) {
  return ({ values, periods, events }: Past, horizon: number): Float64Array => {
    const n = values.length
    const season = isDifferenced ? (periods[0] ?? 0) : 0
    const lags = lagsFor(periods, n - 2 * season)
    if (lags.length === 0) return new Float64Array(horizon).fill(values[n - 1] ?? 0)
    const deepest = Math.max(...lags) + season
    const center = values.reduce((sum, value) => sum + value, 0) / n
    const y = new Float64Array(n + horizon)
    for (let i = 0; i < n; i++) y[i] = (values[i] as number) - center
    const before = (t: number) => (season === 0 ? 0 : (y[t - season] as number))
    const width = 1 + lags.length + events.length
    const rowAt = (t: number) => {
      const row = new Float64Array(width)
      row[0] = 1
      for (const [at, lag] of lags.entries()) row[1 + at] = (y[t - lag] as number) - before(t - lag)
      for (const [at, event] of events.entries())
        row[1 + lags.length + at] = (event[t] ?? 0) - (season === 0 ? 0 : (event[t - season] ?? 0))
      return row
    }
    const rows: Float64Array[] = []
    const targets: number[] = []
    for (let t = deepest; t < n; t++) {
      rows.push(rowAt(t))
      targets.push((y[t] as number) - before(t))
    }
    const recency = rows.map((_, at) => 0.5 ** ((rows.length - 1 - at) / (halfLife * rows.length)))
    const found = solveRidge(rows, targets, ridge, recency)
    // An unstable equation would run away; what was never nearly seen is not forecast.
    const [low, high] = boundsOf(y.subarray(0, n))
    const out = new Float64Array(horizon)
    for (let h = 0; h < horizon; h++) {
      const row = rowAt(n + h)
      let value = before(n + h)
      for (let j = 0; j < width; j++) value += (row[j] as number) * (found[j] as number)
      y[n + h] = Math.min(high, Math.max(low, value))
      out[h] = (y[n + h] as number) + center
    }
    return out
  }
}

function lagsFor(periods: readonly number[], n: number): number[] {
  const found = new Set([1, 2, 3])
  for (const period of periods) {
    for (const lag of [period - 1, period, period + 1, 2 * period]) if (lag > 0 && lag < n / 2) found.add(lag)
  }
  return [...found].filter((lag) => lag < n / 2).toSorted((a, b) => a - b)
}

function boundsOf(y: Float64Array): [low: number, high: number] {
  let low = Infinity
  let high = -Infinity
  for (const value of y) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low - (high - low) / 2, high + (high - low) / 2]
}

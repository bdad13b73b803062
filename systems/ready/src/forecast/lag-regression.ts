import type { Past } from './methods.ts'
import { solveRidge } from './solve-ridge.ts'

const ridge = 1e-3

/**
 * y as a linear function of its own values some steps and some whole seasons ago, by ridge regression, run forward step by step. Recent
 * observations weigh more: half as much half a series ago.
 */
export function lagRegression({ values, periods, events }: Past, horizon: number): Float64Array {
  const n = values.length
  const lags = lagsFor(periods, n)
  if (lags.length === 0) return new Float64Array(horizon).fill(values[n - 1] ?? 0)
  const deepest = Math.max(...lags)
  const center = values.reduce((sum, value) => sum + value, 0) / n
  const y = new Float64Array(n + horizon)
  for (let i = 0; i < n; i++) y[i] = (values[i] as number) - center
  const width = 1 + lags.length + events.length
  const rowAt = (t: number) => {
    const row = new Float64Array(width)
    row[0] = 1
    for (const [at, lag] of lags.entries()) row[1 + at] = y[t - lag] as number
    for (const [at, event] of events.entries()) row[1 + lags.length + at] = event[t] ?? 0
    return row
  }
  const rows: Float64Array[] = []
  for (let t = deepest; t < n; t++) rows.push(rowAt(t))
  const weights = rows.map((_, at) => 0.5 ** ((rows.length - 1 - at) / (rows.length / 2)))
  const weightsOfLags = solveRidge(rows, y.subarray(deepest, n), ridge, weights)
  // An unstable equation would run away; what was never nearly seen is not forecast.
  const [low, high] = boundsOf(y.subarray(0, n))
  const out = new Float64Array(horizon)
  for (let h = 0; h < horizon; h++) {
    const row = rowAt(n + h)
    let value = 0
    for (let j = 0; j < width; j++) value += (row[j] as number) * (weightsOfLags[j] as number)
    y[n + h] = Math.min(high, Math.max(low, value))
    out[h] = (y[n + h] as number) + center
  }
  return out
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

import type { Past } from './past.ts'
import { solveRidge } from './solve-ridge.ts'

const mostHarmonics = 12
const ridge = 1e-4

/** Level, trend, waves of each season and known events by ridge regression; what is left over dies out as an AR(1) does. */
export function harmonicRegression({ values, periods, events }: Past, horizon: number): Float64Array {
  const n = values.length
  const waves = wavesOf(periods, n)
  const width = 2 + 2 * waves.length + events.length
  const rowAt = (t: number) => {
    const row = new Float64Array(width)
    row[0] = 1
    row[1] = t / n - 0.5
    for (const [at, wave] of waves.entries()) {
      row[2 + 2 * at] = Math.sin(2 * Math.PI * wave * t)
      row[3 + 2 * at] = Math.cos(2 * Math.PI * wave * t)
    }
    for (const [at, event] of events.entries()) row[2 + 2 * waves.length + at] = event[t] ?? 0
    return row
  }
  const rows = Array.from({ length: n }, (_, t) => rowAt(t))
  const weights = rows.map((_, at) => 0.5 ** ((n - 1 - at) / (n / 3)))
  const found = solveRidge(rows, values, ridge, weights)
  const fitted = (row: Float64Array) => row.reduce((sum, value, j) => sum + value * (found[j] as number), 0)
  let product = 0
  let squares = 0
  let before = 0
  for (const [t, row] of rows.entries()) {
    const left = (values[t] as number) - fitted(row)
    product += left * before
    squares += before * before
    before = left
  }
  const kept = squares === 0 ? 0 : Math.min(0.999, Math.max(0, product / squares))
  return Float64Array.from({ length: horizon }, (_, h) => fitted(rowAt(n + h)) + before * kept ** (h + 1))
}

/** Frequencies in turns a step; a wave that a shorter season has already is there once. */
function wavesOf(periods: readonly number[], n: number): number[] {
  const waves = new Set<number>()
  for (const period of periods) {
    if (2 * period > n) continue
    const most = Math.min(mostHarmonics, Math.floor((period - 1) / 2))
    for (let k = 1; k <= most; k++) waves.add(Number((k / period).toFixed(9)))
  }
  return [...waves]
}

import { loess, sparseLoess } from './loess.ts'

export interface Decomposition {
  trend: Float64Array
  /** One for each period, in their order. */
  seasonals: { period: number; values: Float64Array }[]
  remainder: Float64Array
}

const seasonalSpan = 11
const rounds = 2

/**
 * Multiple seasonal-trend decomposition by loess (Bandara, Hyndman and Bergmeir 2021): the seasons are taken out one after the other,
 * short ones first, each by the inner loop of STL (Cleveland et al. 1990). Periods of which there are less than two are left out.
 */
export function mstl(y: Float64Array, periods: readonly number[]): Decomposition {
  const used = periods.filter((period) => period >= 2 && 2 * period <= y.length).toSorted((a, b) => a - b)
  const seasonals = used.map((period) => ({ period, values: new Float64Array(y.length) as Float64Array }))
  const rest = Float64Array.from(y)
  let trend: Float64Array = new Float64Array(y.length)
  for (let round = 0; round < (used.length > 1 ? rounds : 1); round++) {
    for (const [at, one] of seasonals.entries()) {
      for (let i = 0; i < rest.length; i++) (rest[i] as number) += one.values[i] as number
      const found = stl(rest, one.period, seasonalSpan + 4 * at)
      one.values = found.seasonal
      trend = found.trend
      for (let i = 0; i < rest.length; i++) (rest[i] as number) -= one.values[i] as number
    }
  }
  if (used.length === 0) trend = sparseLoess(y, Math.max(7, y.length >> 1))
  const remainder = rest.map((value, i) => value - (trend[i] as number))
  return { trend, seasonals, remainder }
}

/** STL's inner loop, twice; no robustness weights. */
function stl(y: Float64Array, period: number, span: number): { seasonal: Float64Array; trend: Float64Array } {
  const n = y.length
  let trend: Float64Array = new Float64Array(n)
  let seasonal: Float64Array = new Float64Array(n)
  const trendSpan = oddAbove((1.5 * period) / (1 - 1.5 / span))
  for (let inner = 0; inner < 2; inner++) {
    // Each season's own values, smoothed, and run on one period to each side.
    const cycle = new Float64Array(n + 2 * period)
    for (let phase = 0; phase < period; phase++) {
      const sub: number[] = []
      for (let i = phase; i < n; i += period) sub.push((y[i] as number) - (trend[i] as number))
      const smooth = loess(sub, span, sub.length + 2, -1)
      for (let k = 0; k < smooth.length; k++) {
        const at = phase + k * period
        if (at < cycle.length) cycle[at] = smooth[k] as number
      }
    }
    const low = sparseLoess(moving(moving(moving(cycle, period), period), 3), oddAbove(period))
    for (let i = 0; i < n; i++) seasonal[i] = (cycle[i + period] as number) - (low[i] as number)
    trend = sparseLoess(
      y.map((value, i) => value - (seasonal[i] as number)),
      trendSpan,
    )
  }
  return { seasonal, trend }
}

function oddAbove(value: number): number {
  const whole = Math.ceil(value)
  return whole % 2 === 1 ? whole : whole + 1
}

function moving(y: Float64Array, span: number): Float64Array {
  const out = new Float64Array(Math.max(0, y.length - span + 1))
  let total = 0
  for (let i = 0; i < y.length; i++) {
    total += y[i] as number
    if (i >= span) total -= y[i - span] as number
    if (i >= span - 1) out[i - span + 1] = total / span
  }
  return out
}

import { combine } from './combine.ts'
import type { Driver } from './combine.ts'
import { conformalWidths } from './conformal.ts'
import type { Past } from './past.ts'

export interface Forecast {
  /** One value a step ahead, in the series' unit. */
  median: Float64Array
  /** The interval of this level, e.g. 0.95: below and above, one value a step. */
  interval(level: number): { lower: Float64Array; upper: Float64Array }
  drivers: Driver[]
  /** Courses that it may take: the median, each time as far off all the way as a forecast at one rolling origin was. */
  courses: Float64Array[]
}

/** So many steps back are enough for any season that is used; more only takes time. */
const longestPast = 6000

/**
 * The next `horizon` values with intervals. Gaps (NaN) are filled from the season before. A series that was never below zero is never
 * forecast below zero. At least one value is needed.
 */
export function forecast(past: Past, horizon: number): Forecast {
  const cut = Math.max(0, past.values.length - longestPast)
  const recent: Past = {
    values: fillGaps(past.values.slice(cut), past.periods),
    periods: past.periods,
    events: past.events.map((event) => event.slice(cut)),
  }
  const { forecast: median, drivers, residuals } = combine(recent, horizon)
  const floor = recent.values.every((value) => value >= 0) ? 0 : -Infinity
  const held = (value: number) => Math.max(floor, value)
  return {
    median: median.map(held),
    drivers,
    courses: residuals.map((off) => median.map((value, h) => held(value + (off[h] as number)))),
    interval(level) {
      const widths = conformalWidths(residuals, horizon, level)
      return {
        lower: median.map((value, h) => held(value - (widths[h] as number))),
        upper: median.map((value, h) => held(value + (widths[h] as number))),
      }
    },
  }
}

/** Steps that are NaN take the value of the season before, of the step before, or the first; in place. */
export function fillGaps(values: Float64Array, periods: readonly number[]): Float64Array {
  const first = values.find(Number.isFinite) ?? 0
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue
    const back = periods.find((period) => i - period >= 0) ?? 1
    values[i] = values[i - back] ?? values[i - 1] ?? first
  }
  return values
}

/** What a method sees: the past, the lengths of its seasons in steps, and known events. */
export interface Past {
  values: Float64Array
  /** Ascending, e.g. 24 and 168 for hours. */
  periods: readonly number[]
  /** One row an event kind: 1 where it is on, over the past and the horizon; empty where there are none. */
  events: readonly Float64Array[]
}

export interface ForecastMethod {
  name: string
  /** The next `horizon` values; it never throws and never looks past `past.values`. */
  forecast(past: Past, horizon: number): Float64Array
}

/** Metrics and spans. Metrics are scraped at `/metrics`; spans go to OpenTelemetry where an exporter is configured. */
export interface Telemetry {
  /** Prometheus names: `shop_first_chunk_seconds`. Label names are fixed at the first call. */
  counter(name: string, help: string, labels?: readonly string[]): Counter
  gauge(name: string, help: string, labels?: readonly string[]): Gauge
  histogram(name: string, help: string, buckets: readonly number[], labels?: readonly string[]): Histogram
  span<T>(
    name: string,
    attributes: Record<string, string | number | boolean>,
    run: () => Promise<T>,
  ): Promise<T>
  /**
   * Records a span that is over already: what many events made, or a path too hot for `span`. `attributes` is asked only
   * when somebody records, so that without an exporter it costs next to nothing.
   */
  finishedSpan(span: FinishedSpan): void
  /** Metrics that their owner counts itself, asked for at each scrape: for paths too hot for label objects. */
  collect(read: () => MetricFamily[]): void
}

export interface FinishedSpan {
  name: string
  kind: 'internal' | 'server' | 'client'
  /** Milliseconds since the epoch. */
  startMs: number
  endMs: number
  /** Null when it went well; else what went wrong, for people. */
  error: string | null
  attributes: () => Record<string, string | number | boolean>
}

/** One metric with its samples, as a scrape shows it. Names are not checked against those made by `counter` and the like. */
export interface MetricFamily {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  samples: {
    /** Of a histogram: `_bucket` (cumulative, label `le`), `_sum`, `_count`. Else empty. */
    suffix?: string
    labels: Record<string, string>
    value: number
  }[]
}

export interface Counter {
  add(value: number, labels?: Record<string, string>): void
}

export interface Gauge {
  set(value: number, labels?: Record<string, string>): void
}

export interface Histogram {
  /** In the unit that the name ends with. */
  observe(value: number, labels?: Record<string, string>): void
}

const nothing = { add() {}, set() {}, observe() {} }

/** Records nothing; for tests and offline commands. */
export const noTelemetry: Telemetry = {
  counter: () => nothing,
  gauge: () => nothing,
  histogram: () => nothing,
  span: (_name, _attributes, run) => run(),
  finishedSpan() {},
  collect() {},
}

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
}

import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Attributes } from '@opentelemetry/api'
import * as prometheus from 'prom-client'
import { HeavyliftError } from '../errors.ts'
import type { Counter, Gauge, Histogram, MetricFamily, Telemetry } from '../telemetry.ts'
import { writeMetrics } from './write-metrics.ts'
import { redactFields, redactText } from './redact.ts'

/** `Telemetry` together with what `/metrics` answers. */
export interface MetricsTelemetry extends Telemetry {
  /** The Prometheus text format. */
  metrics(): Promise<string>
  contentType: string
}

const spanKinds = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT }

/**
 * Metrics by prom-client in a registry of their own; spans by the OpenTelemetry API, which record nothing until an
 * exporter is registered (`startTracing`). Asking for a metric again returns the same one.
 */
export function createTelemetry(options: { collectProcessMetrics?: boolean } = {}): MetricsTelemetry {
  const registry = new prometheus.Registry()
  if (options.collectProcessMetrics === true) prometheus.collectDefaultMetrics({ register: registry })
  const collected: (() => MetricFamily[])[] = []
  const made = new Map<string, { kind: string; labels: string; metric: unknown }>()

  /** The metric of this name, made at the first call. Throws when the name is in use with another kind or labels. */
  function once<M>(kind: string, name: string, labels: readonly string[], make: () => M): M {
    const before = made.get(name)
    if (before !== undefined) {
      if (before.kind !== kind || before.labels !== labels.join()) {
        throw new HeavyliftError({
          code: 'metric-conflict',
          message: `The metric ${name} already exists as a ${before.kind} with labels (${before.labels}); use another name.`,
        })
      }
      return before.metric as M
    }
    const metric = make()
    made.set(name, { kind, labels: labels.join(), metric })
    return metric
  }

  return {
    contentType: registry.contentType,
    metrics: async () => {
      const own = collected.map((read) => writeMetrics(read()))
      return (await registry.metrics()) + own.join('')
    },
    collect: (read) => void collected.push(read),
    finishedSpan({ name, kind, startMs, endMs, error, attributes }) {
      const span = trace
        .getTracer('heavylift')
        .startSpan(name, { kind: spanKinds[kind], startTime: startMs, root: true })
      if (span.isRecording()) {
        span.setAttributes(redactFields(attributes()) as Attributes)
        if (error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: redactText(error) })
      }
      span.end(endMs)
    },
    counter(name, help, labels = []): Counter {
      const counter = once(
        'counter',
        name,
        labels,
        () => new prometheus.Counter({ name, help, labelNames: [...labels], registers: [registry] }),
      )
      return { add: (value, given) => (given === undefined ? counter.inc(value) : counter.inc(given, value)) }
    },
    gauge(name, help, labels = []): Gauge {
      const gauge = once(
        'gauge',
        name,
        labels,
        () => new prometheus.Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
      )
      return { set: (value, given) => (given === undefined ? gauge.set(value) : gauge.set(given, value)) }
    },
    histogram(name, help, buckets, labels = []): Histogram {
      const histogram = once(
        'histogram',
        name,
        labels,
        () =>
          new prometheus.Histogram({
            name,
            help,
            buckets: [...buckets],
            labelNames: [...labels],
            registers: [registry],
          }),
      )
      return {
        observe: (value, given) =>
          given === undefined ? histogram.observe(value) : histogram.observe(given, value),
      }
    },
    async span(name, attributes, run) {
      return trace
        .getTracer('heavylift')
        .startActiveSpan(name, { attributes: redactFields(attributes) as Attributes }, async (span) => {
          try {
            return await run()
          } catch (error) {
            const message = redactText(error instanceof Error ? error.message : String(error))
            span.setStatus({ code: SpanStatusCode.ERROR, message })
            if (HeavyliftError.isInstance(error)) span.setAttribute('error.type', error.code)
            throw error
          } finally {
            span.end()
          }
        })
    },
  }
}

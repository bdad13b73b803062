import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { HeavyliftError } from '../src/index.ts'
import { createTelemetry } from '../src/runtime/index.ts'

test('counters, gauges and histograms appear in the Prometheus text [CORE-METRICS-01]', async () => {
  const telemetry = createTelemetry()
  telemetry.counter('shop_answers_total', 'Answers.', ['arm']).add(2, { arm: 'on' })
  telemetry.gauge('shop_products', 'Products.').set(7)
  telemetry.histogram('shop_first_chunk_seconds', 'First chunk.', [0.1, 1]).observe(0.5)
  const text = await telemetry.metrics()
  expect(text).toContain('# HELP shop_answers_total Answers.')
  expect(text).toContain('shop_answers_total{arm="on"} 2')
  expect(text).toContain('shop_products 7')
  expect(text).toContain('shop_first_chunk_seconds_bucket{le="0.1"} 0')
  expect(text).toContain('shop_first_chunk_seconds_bucket{le="1"} 1')
  expect(text).toContain('shop_first_chunk_seconds_sum 0.5')
  expect(telemetry.contentType).toContain('text/plain')
})

test('asking again returns the same metric; another kind or other labels is an error', async () => {
  const telemetry = createTelemetry()
  telemetry.counter('x_total', 'X.').add(1)
  telemetry.counter('x_total', 'X.').add(1)
  expect(await telemetry.metrics()).toContain('x_total 2')
  for (const wrong of [
    () => telemetry.gauge('x_total', 'X.'),
    () => telemetry.counter('x_total', 'X.', ['a']),
  ]) {
    expect(wrong).toThrow(expect.objectContaining({ code: 'metric-conflict' }) as HeavyliftError)
  }
})

test('two telemetries do not share metrics', async () => {
  const one = createTelemetry()
  const two = createTelemetry()
  one.counter('only_here_total', 'X.').add(1)
  expect(await two.metrics()).not.toContain('only_here_total')
})

test('a span returns what runs inside and passes errors on', async () => {
  const telemetry = createTelemetry()
  expect(await telemetry.span('s', { a: 1 }, () => Promise.resolve(5))).toBe(5)
  const failure = new HeavyliftError({ code: 'nope', message: 'no' })
  await expect(telemetry.span('s', {}, () => Promise.reject(failure))).rejects.toBe(failure)
})

test('metrics that their owner counts are read at each scrape, whatever stands in their labels', async () => {
  const telemetry = createTelemetry()
  let value = 1
  telemetry.collect(() => [
    {
      name: 'own_total',
      help: 'Own.',
      type: 'counter',
      samples: [{ labels: { model: 'a"b\\c\nd' }, value }],
    },
    {
      name: 'own_seconds',
      help: 'Own.',
      type: 'histogram',
      samples: [
        { suffix: '_bucket', labels: { le: '+Inf' }, value: 3 },
        { suffix: '_count', labels: {}, value: 3 },
      ],
    },
  ])
  expect(await telemetry.metrics()).toContain('own_total{model="a\\"b\\\\c\\nd"} 1\n')
  value = 2
  const text = await telemetry.metrics()
  expect(text).toContain('# TYPE own_total counter\nown_total{model="a\\"b\\\\c\\nd"} 2\n')
  expect(text).toContain('own_seconds_bucket{le="+Inf"} 3\nown_seconds_count 3\n')
})

test('a finished span asks for no attributes while nobody records', () => {
  const span = { name: 's', kind: 'client', startMs: 1, endMs: 2, error: null } as const
  const attributes = (): never => {
    throw new Error('asked')
  }
  expect(() => createTelemetry().finishedSpan({ ...span, attributes })).not.toThrow()
})

test('a finished span reaches who records, with its times and without secrets', () => {
  const started: unknown[] = []
  const calls: unknown[][] = []
  const span = {
    isRecording: () => true,
    setAttributes: (attributes: unknown) => calls.push(['attributes', attributes]),
    setStatus: (status: unknown) => calls.push(['status', status]),
    end: (time: unknown) => calls.push(['end', time]),
  }
  const provider = {
    getTracer: () => ({
      startSpan: (...args: unknown[]) => {
        started.push(args)
        return span
      },
    }),
  }
  trace.setGlobalTracerProvider(provider as never)
  try {
    const attributes = () => ({ url: 'http://me:secret@host/' })
    createTelemetry().finishedSpan({
      name: 's',
      kind: 'client',
      startMs: 1,
      endMs: 2,
      error: 'no',
      attributes,
    })
  } finally {
    trace.disable()
  }
  expect(started).toEqual([['s', expect.objectContaining({ startTime: 1, kind: SpanKind.CLIENT })]])
  expect(calls).toEqual([
    ['attributes', { url: 'http://me:[redacted]@host/' }],
    ['status', { code: SpanStatusCode.ERROR, message: 'no' }],
    ['end', 2],
  ])
})

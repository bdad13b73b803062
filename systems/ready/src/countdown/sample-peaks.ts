import { createHash } from 'node:crypto'
import { makePeakSeries, peakSeriesEvents, peakSeriesMarks } from '../../samples/make-series.ts'
import type { KnownEvent } from '../forecast/events.ts'
import { forecastPeak } from '../forecast/peak.ts'
import type { PeakForecast } from '../forecast/peak.ts'
import { dayPeaks } from '../forecast/series.ts'
import type { Series } from '../forecast/series.ts'
import type { ReadyServices } from '../services.ts'

const days = 56
const checkedDays = 14
/** So that the demo service has something to bear. */
const scale = 60
const kind = 'sample-peak-forecast'

const weekMs = 7 * 86_400_000

/** By so much the sample is moved, whole weeks, so that it ended within the last one: what comes in it is still to come. */
function moveMs(series: Series, nowMs: number): number {
  const endMs = series.startMs + series.values.length * series.stepMinutes * 60_000
  return Math.floor((nowMs - endMs) / weekMs) * weekMs
}

export function sampleSeries(nowMs: number): Series {
  const series = makePeakSeries(days, undefined, scale)
  return { ...series, startMs: series.startMs + moveMs(series, nowMs) }
}

export function sampleEvents(nowMs: number): KnownEvent[] {
  const byMs = moveMs(makePeakSeries(days, undefined, scale), nowMs)
  return peakSeriesEvents(days).map((one) => ({ ...one, fromMs: one.fromMs + byMs, toMs: one.toMs + byMs }))
}

/** The peak of the next sale's day in requests a second, from the sample's hours of requests a minute. */
export function samplePeak(series: Series): PeakForecast {
  const peaks = dayPeaks(series).map(({ peak }) => peak)
  return forecastPeak(peaks, [...peakSeriesMarks(days).slice(0, peaks.length), 'sale'])
}

/**
 * Writes what was foretold for the last fortnight of the sample, each day from the days before it, and what came, once a tenant: samples of the ledger,
 * removable as all samples are.
 */
export async function recordSamplePeaks(services: ReadyServices, tenantId: string): Promise<void> {
  const { store, ids, clock } = services
  const scope = { system: 'ready', kind }
  if ((await store.ledger.decisions(tenantId, { ...scope, limit: 1 })).length > 0) return
  const peaks = dayPeaks(sampleSeries(clock.nowMs()))
  const marks = peakSeriesMarks(days)
  const values = peaks.map(({ peak }) => peak)
  for (let at = peaks.length - checkedDays; at < peaks.length; at++) {
    const found = forecastPeak(values.slice(0, at), marks.slice(0, at + 1))
    const { day, peak } = peaks[at] as (typeof peaks)[number]
    const id = ids.next('decision')
    await store.ledger.decide({
      id,
      tenantId,
      system: 'ready',
      kind,
      subjectId: `sample/${day}`,
      inputRef: null,
      inputHash: createHash('sha256')
        .update(JSON.stringify(values.slice(0, at)))
        .digest('hex'),
      output: { day, median: found.median, plan95: found.quantile(0.95) },
      confidence: null,
      costMicros: 0,
      durationMs: 0,
      version: 'peak@1',
      atMs: clock.nowMs(),
    })
    await store.ledger.outcome({
      tenantId,
      subjectId: id,
      kind: 'actual-peak',
      value: peak,
      idempotencyKey: id,
      atMs: clock.nowMs(),
    })
  }
}

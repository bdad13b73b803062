import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ReadyContext } from '../context.ts'
import { sampleEvents, sampleSeries } from '../countdown/sample-peaks.ts'
import { dayMarks, eventRows } from '../forecast/events.ts'
import type { KnownEvent } from '../forecast/events.ts'
import { forecast } from '../forecast/forecast.ts'
import { forecastPeak } from '../forecast/peak.ts'
import { readEvents, readSeries } from '../forecast/read-series.ts'
import { coarsen, dayPeaks, periodsOf } from '../forecast/series.ts'
import type { Series } from '../forecast/series.ts'

const fan = z.object({
  name: z.string(),
  stepMinutes: z.number(),
  /** The end of what was known, as much as a chart shows. */
  past: z.array(z.object({ atMs: z.number(), value: z.number() })),
  ahead: z.array(
    z.object({
      atMs: z.number(),
      median: z.number(),
      lower50: z.number(),
      upper50: z.number(),
      lower95: z.number(),
      upper95: z.number(),
    }),
  ),
  drivers: z.array(z.object({ method: z.string(), weight: z.number(), error: z.number() })),
  /** Of the day after the last whole one. */
  peak: z
    .object({
      median: z.number(),
      plan95: z.number(),
      /** Marked as no day before was: what is said is of other days. */
      isFirstOfItsKind: z.boolean(),
      drivers: z.array(z.object({ name: z.string(), weight: z.number() })),
    })
    .nullable(),
  /** Known events of what is shown and of what comes. */
  events: z.array(z.object({ name: z.string(), fromMs: z.number(), toMs: z.number() })),
  pastPeaks: z.array(z.object({ day: z.string(), peak: z.number() })),
})

const shownSeasons = 14
/** Hours from the end of the sample to the end of its next sale. */
const toNextSale = 24 * 12
let sample: { startMs: number; fan: z.input<typeof fan> } | null = null

export const forecastRoutes = ({ clock }: ReadyContext) => [
  route({
    method: 'get',
    path: '/forecast/sample',
    summary: 'The forecast of the sample series.',
    access: 'operator',
    response: fan,
    // The same for everybody for a week.
    handle() {
      const series = sampleSeries(clock.nowMs())
      if (sample?.startMs !== series.startMs)
        sample = { startMs: series.startMs, fan: fanOf(series, sampleEvents(clock.nowMs()), toNextSale) }
      return sample.fan
    },
  }),
  route({
    method: 'post',
    path: '/forecast',
    summary:
      'Forecasts a series of CSV (a column of times, one of numbers) with intervals and the next day’s peak.',
    access: 'operator',
    body: z.object({
      name: z.string().max(200).default('series'),
      csv: z.string().max(4_000_000),
      horizonSteps: z.int().min(1).max(2000).optional(),
      /** Known events of the past and of what comes: CSV with the columns name, from, to. */
      eventsCsv: z.string().max(200_000).default(''),
    }),
    response: fan,
    maxBodyBytes: 5 * 1024 * 1024,
    handle: ({ body }) => {
      const series = readSeries(body.name, body.csv)
      const events = body.eventsCsv === '' ? [] : readEvents('events', body.eventsCsv)
      return fanOf(series, events, body.horizonSteps)
    },
  }),
]

function fanOf(series: Series, events: readonly KnownEvent[], horizonSteps?: number): z.input<typeof fan> {
  const coarse = coarsen(series)
  const perDay = Math.round(1440 / coarse.stepMinutes)
  const horizon = horizonSteps ?? (perDay >= 2 ? perDay : 14)
  const stepMs = coarse.stepMinutes * 60_000
  const found = forecast(
    {
      values: coarse.values,
      periods: periodsOf(coarse.stepMinutes),
      events: eventRows(events, coarse.startMs, stepMs, coarse.values.length + horizon),
    },
    horizon,
  )
  const half = found.interval(0.5)
  const wide = found.interval(0.95)
  const atMs = (step: number) => coarse.startMs + step * stepMs
  const n = coarse.values.length
  const shown = Math.min(n, shownSeasons * Math.max(24, perDay), 2000)
  const peaks = perDay >= 2 ? dayPeaks(series) : []
  const last = peaks.at(-1)
  const next =
    last === undefined ? [] : [new Date(Date.parse(last.day) + 86_400_000).toISOString().slice(0, 10)]
  const marks = dayMarks(events, [...peaks.map(({ day }) => day), ...next])
  const peak =
    peaks.length < 4
      ? null
      : forecastPeak(
          peaks.map((one) => one.peak),
          marks,
        )
  return {
    name: series.name,
    stepMinutes: coarse.stepMinutes,
    past: Array.from(coarse.values.slice(n - shown), (value, at) => ({ atMs: atMs(n - shown + at), value })),
    ahead: Array.from(found.median, (median, h) => ({
      atMs: atMs(n + h),
      median,
      lower50: half.lower[h] as number,
      upper50: half.upper[h] as number,
      lower95: wide.lower[h] as number,
      upper95: wide.upper[h] as number,
    })),
    drivers: found.drivers,
    peak:
      peak === null
        ? null
        : {
            median: peak.median,
            plan95: peak.quantile(0.95),
            isFirstOfItsKind: peak.isFirstOfItsKind,
            drivers: peak.drivers,
          },
    events: events.filter(({ toMs }) => toMs > atMs(n - shown)),
    pastPeaks: peaks.slice(-28),
  }
}

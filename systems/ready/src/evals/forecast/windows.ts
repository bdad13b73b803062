import { gunzipSync } from 'node:zlib'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { makePeakSeries } from '../../../samples/make-series.ts'
import { eventRows } from '../../forecast/events.ts'
import type { KnownEvent } from '../../forecast/events.ts'
import { readEvents, readSeries, readWide } from '../../forecast/read-series.ts'
import { coarsen, periodsOf } from '../../forecast/series.ts'
import type { Series } from '../../forecast/series.ts'

/** One forecast that is scored: what was known, and what came. */
export interface Window {
  source: string
  past: Float64Array
  actual: Float64Array
  periods: number[]
  stepMinutes: number
  /** Over the past and what came. */
  events: Float64Array[]
}

export interface Loaded {
  windows: Window[]
  /** Series finer than a day, as they were read, for the peaks of days. */
  series: { source: string; series: Series }[]
  /** From `events.csv`; they are known of every series beside it and below. */
  events: KnownEvent[]
  failures: string[]
}

const windowsOfASeries = 7
/** Minutes between values by the name that the M4 competition gives its files. */
const wideSteps: Record<string, number> = { hourly: 60, daily: 1440, weekly: 10_080 }

/** Reads each file below a folder: pairs `…-train.csv` and `…-test.csv` are wide, `events.csv` (name, from, to) has what was known, all others one series; `.gz` or not. */
export async function loadWindows(dataDir: string | null): Promise<Loaded> {
  if (dataDir === null) {
    const series = makePeakSeries()
    return {
      windows: windowsOf('made', series, []),
      series: [{ source: 'made', series }],
      events: [],
      failures: [],
    }
  }
  const files = (await readdir(dataDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.csv(?:\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  const found: Loaded = { windows: [], series: [], events: [], failures: [] }
  const text = async (file: string) => {
    const bytes = await readFile(file)
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  }
  const isEvents = (file: string) => basename(file).startsWith('events.csv')
  for (const file of files.filter(isEvents)) found.events.push(...readEvents(file, await text(file)))
  for (const file of files) {
    if (isEvents(file)) continue
    const source = relative(dataDir, file).replace(/\.csv(?:\.gz)?$/, '')
    const wide = /^(.*)-(train|test)\.csv/i.exec(basename(file))
    if (wide?.[2]?.toLowerCase() === 'test') continue
    try {
      if (wide !== null) {
        const stepMinutes = wideSteps[(wide[1] ?? '').toLowerCase()] ?? 60
        const test = readWide(
          await text(
            file.replace(/-train\./i, (end) => end.replace(/train/i, end.includes('T') ? 'Test' : 'test')),
          ),
        )
        for (const [id, past] of readWide(await text(file))) {
          const actual = test.get(id)
          if (actual !== undefined)
            found.windows.push({
              source: source.replace(/-train$/i, ''),
              past,
              actual,
              stepMinutes,
              periods: periodsOf(stepMinutes),
              events: [],
            })
        }
        continue
      }
      const series = readSeries(source, await text(file))
      found.windows.push(...windowsOf(source, coarsen(series), found.events))
      if (series.stepMinutes < 1440) found.series.push({ source, series })
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error
      found.failures.push(error.message)
    }
  }
  if (found.windows.length === 0)
    throw new InvalidInputError({
      code: 'no-series',
      message: `${dataDir} has no series: give CSV files, or pairs …-train.csv and …-test.csv.`,
    })
  return found
}

/** The last days of a series one by one, each from all that was before it; for days a fortnight at a time. */
function windowsOf(source: string, series: Series, events: readonly KnownEvent[]): Window[] {
  const { values, stepMinutes, startMs } = series
  const perDay = Math.round(1440 / stepMinutes)
  const horizon = perDay >= 2 ? perDay : 14
  const windows: Window[] = []
  for (let k = windowsOfASeries; k >= 1; k--) {
    const from = values.length - k * horizon
    const actual = values.slice(from, from + horizon)
    if (from < 3 * horizon || actual.some((value) => !Number.isFinite(value))) continue
    windows.push({
      source,
      past: values.slice(0, from),
      actual,
      stepMinutes,
      periods: periodsOf(stepMinutes),
      events: eventRows(events, startMs, 60_000 * stepMinutes, from + horizon),
    })
  }
  return windows
}

import { InvalidInputError } from '@heavylift/core'
import { median } from '@heavylift/core/math'
import { createCsvReader } from '@heavylift/core/rows'
import type { KnownEvent } from './events.ts'
import type { Series } from './series.ts'

/**
 * A series from CSV with a header: the first column that is a time, the first other that is a number. Times without a zone are UTC; `1/2/2026` is the first of February unless
 * some second number is no month. Steps
 * that are missing are NaN; the last of several values for one step counts.
 * @throws InvalidInputError where there is no such column or fewer than 4 rows
 */
export function readSeries(name: string, text: string): Series {
  const reader = createCsvReader()
  const rows = [...reader.push(text), ...reader.end()]
  const points: { ms: number; value: number }[] = []
  const read = rows.flatMap((row) => ('fields' in row ? [row.fields] : []))
  const columns = read.map(columnsOf).find((found) => found !== null) ?? null
  const isDayFirst = columns === null || !read.some((fields) => isMonthFirst(fields[columns.time]))
  for (const fields of read) {
    if (columns === null) break
    const ms = timeOf(fields[columns.time], isDayFirst)
    const cell = textOf(fields[columns.value])
    if (ms !== null) points.push({ ms, value: cell === '' || cell === 'NA' ? NaN : Number(cell) })
  }
  points.sort((a, b) => a.ms - b.ms)
  if (points.length < 4)
    throw new InvalidInputError({
      code: 'series-unreadable',
      message: `${name} has no series: give CSV with a column of times and one of numbers.`,
    })
  const gaps = points.slice(1).map((point, at) => point.ms - (points[at] as { ms: number }).ms)
  const stepMs = median(gaps.filter((gap) => gap > 0))
  const startMs = (points[0] as { ms: number }).ms
  const count = Math.round(((points.at(-1) as { ms: number }).ms - startMs) / stepMs) + 1
  if (!Number.isFinite(count) || count > 10_000_000)
    throw new InvalidInputError({
      code: 'series-unreadable',
      message: `${name}: its times are too far apart for their step.`,
    })
  const values = new Float64Array(count).fill(NaN)
  for (const { ms, value } of points) values[Math.round((ms - startMs) / stepMs)] = value
  return { name, startMs, stepMinutes: stepMs / 60_000, values }
}

/**
 * Events from CSV with the columns `name`, `from` and `to` (times, without a zone UTC; a date as `to` includes its day).
 * @throws InvalidInputError where a row lacks one of them
 */
export function readEvents(name: string, text: string): KnownEvent[] {
  const reader = createCsvReader()
  return [...reader.push(text), ...reader.end()].flatMap((row) => {
    if (!('fields' in row)) return []
    const to = textOf(row.fields['to'])
    const fromMs = timeOf(row.fields['from'])
    const endMs = timeOf(row.fields['to'])
    const event = textOf(row.fields['name'])
    if (fromMs === null || endMs === null || event === '')
      throw new InvalidInputError({
        code: 'events-unreadable',
        message: `${name} has an event without name, from and to: ${JSON.stringify(row.fields).slice(0, 100)}.`,
      })
    return [{ name: event, fromMs, toMs: to.length === 10 ? endMs + 86_400_000 : endMs }]
  })
}

function columnsOf(fields: Record<string, unknown>): { time: string; value: string } | null {
  const names = Object.keys(fields)
  const time = names.find(
    (column) => timeOf(fields[column]) !== null || timeOf(fields[column], false) !== null,
  )
  const value = names.find(
    (column) =>
      column !== time && textOf(fields[column]) !== '' && Number.isFinite(Number(textOf(fields[column]))),
  )
  return time === undefined || value === undefined ? null : { time, value }
}

const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?:[ T](.*))?$/

/** Of `1/13/2026`, not of `13/1/2026`: the month comes first only where some second number is no month. */
function isMonthFirst(cell: unknown): boolean {
  return Number(slashes.exec(textOf(cell))?.[2] ?? 0) > 12
}

function timeOf(cell: unknown, isDayFirst = true): number | null {
  const given = textOf(cell)
  const [, first = '', second = '', year = '', clock] = slashes.exec(given) ?? []
  const [day, month] = isDayFirst ? [first, second] : [second, first]
  const text =
    year === ''
      ? given
      : `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${clock === undefined ? '' : `T${clock}`}`
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return null
  const iso = text.replace(' ', 'T')
  const ms = Date.parse(
    iso.length === 10 ? `${iso}T00:00Z` : /(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`,
  )
  return Number.isNaN(ms) ? null : ms
}

const textOf = (cell: unknown): string => (typeof cell === 'string' ? cell.trim() : '')

/** Rows `id, v1, v2, …` under a header, as the M4 competition has them; rows end where their values do. */
export function readWide(text: string): Map<string, Float64Array> {
  const found = new Map<string, Float64Array>()
  for (const line of text.split(/\r?\n/).slice(1)) {
    const [id, ...cells] = line.replaceAll('"', '').split(',')
    const values = cells.filter((cell) => cell !== '' && cell !== 'NA').map(Number)
    if (id !== undefined && id !== '' && values.length > 0) found.set(id, Float64Array.from(values))
  }
  return found
}

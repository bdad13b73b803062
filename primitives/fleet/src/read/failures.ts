import { HeavyliftError } from '@heavylift/core'
import { readLocalTime } from './local-time.ts'

/** Names that columns have in published records, without spaces and in small letters. */
const startNames = [
  'probstarted',
  'started',
  'start',
  'starttime',
  'failuretime',
  'failedat',
  'timestamp',
  'time',
  'date',
]
const systemNames = ['system', 'systemid', 'cluster', 'machine']

/**
 * Moments at which something failed, in seconds, ascending, by system (one where no column says which). CSV by the names of its columns, times as ISO 8601,
 * `6/21/2005 10:54` or seconds since 1970. Failures of one moment are one: what runs on a system is stopped once. Rows without a time are left out.
 * @throws HeavyliftError `not-failures` where no column says when
 */
export function readFailures(text: string): Map<string, number[]> {
  const [header = '', ...rows] = text.split(/\r?\n/)
  const names = header.split(',').map((name) => name.replaceAll(/[\s_"]/g, '').toLowerCase())
  const at = (wanted: readonly string[]) => names.findIndex((name) => wanted.includes(name))
  const startAt = at(startNames)
  if (startAt === -1)
    throw new HeavyliftError({
      code: 'not-failures',
      status: 422,
      message: `No column says when something failed: name one of them ${startNames.slice(0, 4).join(', ')}.`,
    })
  const systemAt = at(systemNames)
  const found = new Map<string, Set<number>>()
  for (const row of rows) {
    const cells = row.split(',')
    const atS = momentOf(cells[startAt]?.replaceAll('"', '').trim() ?? '')
    if (atS === null) continue
    const system = systemAt === -1 ? '' : (cells[systemAt] ?? '').replaceAll('"', '').trim()
    const moments = found.get(system) ?? new Set()
    found.set(system, moments.add(atS))
  }
  return new Map([...found].map(([system, moments]) => [system, [...moments].sort((a, b) => a - b)]))
}

function momentOf(text: string): number | null {
  if (/^\d{9,}(\.\d+)?$/.test(text)) return Math.floor(Number(text))
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text)
  if (american === null) return readLocalTime(text, 'UTC')?.atS ?? null
  const [, month, day, year, hour, minute, second = '0'] = american
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) /
    1000
  )
}

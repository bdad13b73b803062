import type { JsonObject } from '../../read-source.ts'
import { isObject, numberOf } from '../../read-source.ts'
import { createMappedRows } from '../mapped-rows.ts'
import type { MappedRow } from '../mapped-rows.ts'
import type { FeedMapping } from '../mapping-schema.ts'
import { isNothing, writtenOf } from '../row-scope.ts'
import { parseClock, parseWrittenTime } from '../written-times.ts'

/** How most values of a column are written. */
export type Written =
  | 'blank'
  | 'number'
  | 'boolean'
  | 'clock'
  | 'iso-time'
  | 'day-first-time'
  | 'month-first-time'
  | 'epoch-s'
  | 'epoch-ms'
  | 'epoch-us'
  | 'text'
  | 'list'

/** A column of the first rows, by the path that a mapping names it by. */
export interface SampleColumn {
  path: string
  written: Written
  /** First few different values. */
  samples: string[]
  /** Share of the rows that have a value. */
  filled: number
  distinct: number
  /** Written values of all rows, blanks as ''. */
  values: string[]
}

const samplesShown = 6

/** Cells of a row by path: nested objects by pointers, objects around it and the document's own values besides. */
export function cellsOf({ scope }: Pick<MappedRow, 'scope'>): Record<string, unknown> {
  const cells: Record<string, unknown> = {}
  const walk = (value: unknown, prefix: string, pointer: string, depth: number): void => {
    if (!isObject(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const escaped = key.replaceAll('~', '~0').replaceAll('/', '~1')
      const path =
        pointer === '' ? (prefix === '' ? key : `${prefix}${key}`) : `${prefix}${pointer}/${escaped}`
      if (isObject(inner)) {
        if (depth < 3)
          walk(inner, prefix, pointer === '' ? `/${escaped}` : `${pointer}/${escaped}`, depth + 1)
      } else if (!(prefix !== '' && Array.isArray(inner))) cells[path] = inner
    }
  }
  walk(scope.row, '', '', 0)
  for (const [index, parent] of scope.parents.slice(0, 2).entries())
    if (parent !== scope.document) walk(parent, '../'.repeat(index + 1), '', 1)
  if (isObject(scope.document) && scope.document !== scope.row) walkDocument(scope.document, cells)
  return cells
}

/** The document's own values, not those in its lists. */
function walkDocument(document: JsonObject, cells: Record<string, unknown>): void {
  const walk = (value: JsonObject, at: string, depth: number): void => {
    for (const [key, inner] of Object.entries(value)) {
      const path = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (isObject(inner)) {
        if (depth < 3) walk(inner, path, depth + 1)
      } else if (!Array.isArray(inner)) cells[path] = inner
    }
  }
  walk(document, '#', 0)
}

/** The rows of a sample that can be read as rows, at most `most`. */
export function rowsOfSample(text: string, mapping: FeedMapping, most: number): MappedRow[] {
  const rows = createMappedRows(mapping, null)
  const items = [...rows.push(text), ...rows.end()]
  return items.filter((item): item is MappedRow => !('reject' in item)).slice(0, most)
}

export function columnsOfSample(rows: readonly MappedRow[]): SampleColumn[] {
  const cells = rows.map(cellsOf)
  const paths = [...new Set(cells.flatMap((row) => Object.keys(row)))]
  return paths.map((path) => {
    const raw = cells.map((row) => row[path])
    const values = raw.map((value) => (isNothing(value) ? '' : writtenOf(value)))
    const present = values.filter((value) => value !== '')
    const different = [...new Set(present)]
    return {
      path,
      written: raw.some(Array.isArray) ? 'list' : writtenAs(present),
      samples: different.slice(0, samplesShown).map((value) => value.slice(0, 60)),
      filled: rows.length === 0 ? 0 : present.length / rows.length,
      distinct: different.length,
      values,
    }
  })
}

/** What nine of ten values are. */
function writtenAs(values: readonly string[]): Written {
  if (values.length === 0) return 'blank'
  const most = (test: (value: string) => boolean): boolean =>
    values.filter(test).length >= 0.9 * values.length
  if (most((value) => /^(true|false|yes|no)$/i.test(value))) return 'boolean'
  if (most((value) => numberOf(value) !== null)) return numbersAs(values.map(Number))
  if (most((value) => parseClock(value) !== null)) return 'clock'
  if (most((value) => parseWrittenTime(value, 'iso', 'UTC') !== null)) return 'iso-time'
  if (most((value) => parseWrittenTime(value, 'month-first', 'UTC') !== null)) return 'month-first-time'
  return most((value) => parseWrittenTime(value, 'day-first', 'UTC') !== null) ? 'day-first-time' : 'text'
}

/** Numbers that are times since 1970 of the last fifty years and the next five, and change. */
function numbersAs(numbers: readonly number[]): Written {
  const fromS = Date.UTC(1980) / 1000
  const toS = Date.UTC(new Date().getUTCFullYear() + 5) / 1000
  for (const [written, perSecond] of [
    ['epoch-s', 1],
    ['epoch-ms', 1e3],
    ['epoch-us', 1e6],
  ] as const)
    if (
      numbers.every((number) => number >= fromS * perSecond && number <= toS * perSecond) &&
      new Set(numbers).size > 1
    )
      return written
  return 'number'
}

import { InvalidInputError } from '@heavylift/core'
import { createCsvReader, createJsonlReader } from '@heavylift/core/rows'
import type { RawRow, RowReader } from '@heavylift/core/rows'
import type { FeedReject } from '../feed-format.ts'
import { isObject, leadingJson, noteOnRest, rejectOf } from '../read-source.ts'
import type { JsonObject } from '../read-source.ts'
import type { FeedMapping } from './mapping-schema.ts'
import type { RowScope } from './row-scope.ts'

/** A row of a feed with what is around it. */
export interface MappedRow {
  scope: RowScope
  /** `row 12`, or the place in a document: `/game/actions/12`. */
  ref: string
  raw(): string
  /** Whether it stands in a document with others, which ends with it. */
  isInDocument: boolean
}

export type RowItem = MappedRow | { reject: FeedReject }

/** What a live feed's table began with, for parts of it that come without. */
export interface TableMemory {
  header: string | null
}

/** Turns a feed's text into rows. */
interface MappedRows {
  push(text: string): RowItem[]
  /** What is left at the end of a file, a body or a message. Reading may go on with a new one. */
  end(): RowItem[]
}

/** Most text of a JSON document, which comes whole. */
const mostDocumentCharacters = 512 * 1024 * 1024

/**
 * Rows of a feed in any of the formats that a mapping may name. With `memory` a CSV's header stands for later parts too: they may begin
 * with it or not.
 */
export function createMappedRows(mapping: FeedMapping, memory: (() => TableMemory) | null): MappedRows {
  let reader = readerOf(mapping.format, mapping, memory)
  let waiting = ''
  const recognised = (text: string, isLast: boolean): RowItem[] => {
    waiting += text
    const format = formatOf(waiting, isLast, mapping)
    if (format === null) return []
    reader = readerOf(format, mapping, memory)
    const whole = waiting
    waiting = ''
    return reader?.push(whole) ?? []
  }
  return {
    push: (text) => reader?.push(text) ?? recognised(text, false),
    end() {
      const items = reader === null ? recognised('', true) : []
      items.push(...(reader?.end() ?? []))
      if (mapping.format === 'auto') reader = null
      return items
    },
  }
}

const hasLists = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(isObject)
    : isObject(value) && Object.values(value).some((inner) => hasLists(inner))

type Format = Exclude<FeedMapping['format'], 'auto'>

/** The format by the first characters; null while it cannot be told. */
function formatOf(text: string, isLast: boolean, mapping: FeedMapping): Format | null {
  const begin = text.replace(/^\uFEFF?\s*/, '')
  if (begin === '') return isLast ? 'csv' : null
  if (begin.startsWith('[')) return 'json'
  if (!begin.startsWith('{')) return 'csv'
  const end = begin.indexOf('\n')
  if (end === -1 && !isLast) return null
  try {
    // A line that is an object is a row, unless the mapping looks for rows in a document and it holds lists.
    const first: unknown = JSON.parse(end === -1 ? begin : begin.slice(0, end))
    return mapping.rows !== undefined && hasLists(first) ? 'json' : 'jsonl'
  } catch {
    return 'json'
  }
}

function readerOf(
  format: FeedMapping['format'],
  mapping: FeedMapping,
  memory: (() => TableMemory) | null,
): MappedRows | null {
  if (format === 'auto') return null
  if (format === 'json') return createDocumentRows(mapping)
  if (format === 'jsonl') return createTableRows(() => ({ reader: createJsonlReader(), madeLines: 0 }))
  if (mapping.columns !== undefined) {
    const header = mapping.columns.map(quoted).join(format === 'tsv' ? '\t' : ',')
    return createTableRows(() => createTable(header))
  }
  if (memory === null) return createTableRows(() => createTable(null))
  return createTableRows((text) => {
    const first = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
    const kept = memory()
    if (kept.header === null || isHeader(first, kept.header)) {
      kept.header = first
      return createTable(null)
    }
    return createTable(kept.header)
  })
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Whether a line repeats the names of a header, in whatever order: most of them are there. */
function isHeader(line: string, header: string): boolean {
  const names = cellsOf(header)
  const cells = new Set(cellsOf(line))
  return names.filter((name) => cells.has(name)).length * 2 > names.length
}

const cellsOf = (line: string): string[] => {
  const reader = createCsvReader()
  reader.push(`${line}\n`)
  return reader.header() ?? []
}

interface OpenTable {
  reader: RowReader
  /** Lines that were put before the feed's own. */
  madeLines: number
}

function createTable(header: string | null): OpenTable {
  const reader = createCsvReader()
  if (header !== null) reader.push(`${header}\n`)
  return { reader, madeLines: header === null ? 0 : 1 }
}

/** `open` is told the first line at least. */
function createTableRows(open: (text: string) => OpenTable): MappedRows {
  let table: OpenTable | null = null
  let waiting = ''
  const rowOf = (row: RawRow): RowItem => {
    const line = row.line - (table?.madeLines ?? 0)
    if ('code' in row) return rejectOf(`row ${line}`, row.reason, row.raw)
    return {
      scope: {
        row: row.fields,
        parents: [],
        document: row.fields,
        marks: { '@row': String(line), '@key': '', '@rows': '' },
        carried: {},
      },
      ref: `row ${line}`,
      raw: () => row.raw,
      isInDocument: false,
    }
  }
  const read = (text: string, isLast: boolean): RowItem[] => {
    if (table === null) {
      waiting += text
      if (!isLast && !waiting.includes('\n') && waiting.length < 65_536) return []
      if (waiting.trim() === '') return []
      table = open(waiting)
      const whole = waiting
      waiting = ''
      return table.reader.push(whole).map(rowOf)
    }
    return table.reader.push(text).map(rowOf)
  }
  return {
    push: (text) => read(text, false),
    end() {
      const rows = read('', true)
      rows.push(...(table?.reader.end() ?? []).map(rowOf))
      table = null
      waiting = ''
      return rows
    },
  }
}

function createDocumentRows(mapping: FeedMapping): MappedRows {
  let parts: string[] = []
  let length = 0
  return {
    push(text) {
      length += text.length
      if (length > mostDocumentCharacters)
        throw new InvalidInputError({
          code: 'feed-too-long',
          message: 'The JSON document is larger than 512 MB. Send it as JSONL, one row a line.',
        })
      parts.push(text)
      return []
    },
    end() {
      const text = parts.join('').replace(/^\uFEFF/, '')
      parts = []
      length = 0
      return text.trim() === ''
        ? []
        : documentsIn(text).flatMap((found, index) => itemsOf(found, mapping, index))
    },
  }
}

type Found = { document: unknown } | { reject: FeedReject }

/** The documents of a text: one, or several behind each other. */
function documentsIn(text: string): Found[] {
  try {
    return [{ document: JSON.parse(text) as unknown }]
  } catch (error) {
    const found: Found[] = []
    let rest = text
    for (let leading = leadingJson(rest); leading !== null; leading = leadingJson(rest)) {
      found.push({ document: leading.value })
      rest = leading.rest
    }
    if (found.length > 0) return rest.trim() === '' ? found : [...found, noteOnRest(rest)]
    const why = error instanceof Error ? error.message : String(error)
    throw new InvalidInputError({ code: 'feed-not-json', message: `The feed is not valid JSON: ${why}` })
  }
}

function itemsOf(found: Found, mapping: FeedMapping, index: number): RowItem[] {
  if ('reject' in found) return [found]
  const patterns = patternsOf(mapping, found.document)
  const rows: MappedRow[] = []
  for (const pattern of patterns)
    rows.push(...rowsAt(found.document, pattern, mapping.columns, rows.length, index))
  if (rows.length > 0) return rows
  const arrays = arraysIn(found.document)
  return [
    rejectOf(
      patterns.join(' or ') || 'the document',
      `The document holds no rows there. ${arrays.length === 0 ? 'It holds no array.' : `Arrays in it: ${arrays.join(', ')}.`}`,
      '',
    ),
  ]
}

function patternsOf({ rows }: FeedMapping, document: unknown): readonly string[] {
  if (rows === undefined) return Array.isArray(document) ? ['/*'] : []
  return typeof rows === 'string' ? [rows] : rows
}

/** Every element that a pattern finds, with the objects around it. */
function rowsAt(
  document: unknown,
  pattern: string,
  columns: readonly string[] | undefined,
  before: number,
  index: number,
): MappedRow[] {
  // Of several documents behind each other the second is told apart from the first.
  const place = index === 0 ? '' : `document ${index + 1} `
  const rows: MappedRow[] = []
  const walk = (
    value: unknown,
    parts: readonly string[],
    at: string,
    key: string,
    around: JsonObject[],
  ): void => {
    const [part, ...rest] = parts
    if (part === undefined) {
      const row = rowOf(value, around[0] === undefined || !Object.values(around[0]).includes(value), columns)
      if (row === null) return
      rows.push({
        scope: {
          row,
          parents: around,
          document,
          marks: { '@row': String(before + rows.length + 1), '@key': key, '@rows': pattern },
          carried: {},
        },
        ref: `${place}${at}`,
        raw: () => JSON.stringify(value) ?? '',
        isInDocument: true,
      })
      return
    }
    if (typeof value !== 'object' || value === null) return
    const inner = isObject(value) ? [value, ...around] : around
    if (part === '*')
      for (const [name, element] of Object.entries(value)) walk(element, rest, `${at}/${name}`, name, inner)
    else if (Object.hasOwn(value, part)) walk((value as JsonObject)[part], rest, `${at}/${part}`, part, inner)
  }
  walk(document, pattern.split('/').slice(1), '', '', [])
  return rows
}

/** An array in an array becomes an object by its columns' names, or by place. */
function rowOf(
  value: unknown,
  isInArray: boolean,
  columns: readonly string[] | undefined,
): JsonObject | null {
  if (isObject(value)) return value
  if (!Array.isArray(value) || !isInArray) return null
  return Object.fromEntries(value.map((cell: unknown, index) => [columns?.[index] ?? String(index), cell]))
}

/** Where a document's arrays are, with how many elements they have; the longest first. */
export function arraysIn(document: unknown): string[] {
  const found: { at: string; count: number }[] = []
  const walk = (value: unknown, at: string, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 6) return
    if (Array.isArray(value)) {
      const known = found.find((one) => one.at === `${at}/*`)
      if (known === undefined) found.push({ at: `${at}/*`, count: value.length })
      else known.count += value.length
      for (const element of value.slice(0, 20)) walk(element, `${at}/*`, depth + 1)
    } else for (const [key, inner] of Object.entries(value)) walk(inner, `${at}/${key}`, depth + 1)
  }
  walk(document, '', 0)
  return found
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 8)
    .map(({ at, count }) => `${at} (${count})`)
}

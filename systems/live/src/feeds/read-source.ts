import { InvalidInputError } from '@heavylift/core'
import { createCsvReader, createDecoder, createJsonlReader } from '@heavylift/core/rows'
import type { Decoder, RawRow } from '@heavylift/core/rows'
import type { FeedReject } from './feed-format.ts'

async function* readText(source: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<string> {
  let decoder: Decoder | null = null
  for await (const bytes of source) {
    signal.throwIfAborted()
    decoder ??= createDecoder(bytes)
    yield decoder.push(bytes)
  }
  if (decoder) yield decoder.end()
}

/** Rows of a CSV or JSONL feed, as they come; a row that cannot be read comes with its reason. */
export async function* readRows(
  source: AsyncIterable<Uint8Array>,
  kind: 'csv' | 'jsonl',
  signal: AbortSignal,
): AsyncGenerator<RawRow> {
  const reader = kind === 'csv' ? createCsvReader() : createJsonlReader()
  for await (const text of readText(source, signal)) yield* reader.push(text)
  yield* reader.end()
}

/**
 * A JSON document that comes whole with its text, and a note on what stands behind it, if anything does (it is left out). Throws an
 * `InvalidInputError` (`feed-not-json`) when there is no document.
 */
export async function readDocument(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<{ document: unknown; text: string; note: { reject: FeedReject } | null }> {
  const parts: string[] = []
  for await (const text of readText(source, signal)) parts.push(text)
  const text = parts.join('').replace(/^\uFEFF/, '')
  try {
    return { document: JSON.parse(text) as unknown, text, note: null }
  } catch (error) {
    const leading = leadingJson(text)
    if (leading !== null) return { document: leading.value, text, note: noteOnRest(leading.rest) }
    const why = error instanceof Error ? error.message : String(error)
    throw new InvalidInputError({ code: 'feed-not-json', message: `The feed is not valid JSON: ${why}` })
  }
}

/** The object or array that a text begins with, and what stands behind it. Null when it begins with none that is whole. */
export function leadingJson(text: string): { value: unknown; rest: string } | null {
  const start = text.search(/\S/)
  if (start < 0 || !'{['.includes(text[start]!)) return null
  let depth = 0
  let isQuoted = false
  for (let at = start; at < text.length; at++) {
    const character = text[at]
    if (isQuoted) {
      if (character === '\\') at++
      else if (character === '"') isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') {
      depth--
      if (depth > 0) continue
      try {
        return { value: JSON.parse(text.slice(start, at + 1)) as unknown, rest: text.slice(at + 1) }
      } catch {
        return null
      }
    }
  }
  return null
}

/** Says that something behind a document was left out. */
export function noteOnRest(rest: string): { reject: FeedReject } {
  const trimmed = rest.trim()
  return rejectOf(
    'after the document',
    `${trimmed.length} characters follow the JSON document; they were left out.`,
    trimmed,
  )
}

export function rejectOf(where: string, reason: string, raw: unknown): { reject: FeedReject } {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '')
  return { reject: { where, reason, raw: text.slice(0, 500) } }
}

export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text of a value that feeds write as text or number; '' for anything else, `NA` and blanks included. */
export function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
  return text === 'NA' ? '' : text
}

/** A finite number, written as number or text; null for anything else. */
export function numberOf(value: unknown): number | null {
  const text = textOf(value)
  const number = text === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

/** Names of the columns when the head of a feed is a CSV with a header, without quotes and blanks. */
export function headerColumns(head: Uint8Array): Set<string> {
  const reader = createCsvReader()
  reader.push(new TextDecoder().decode(head))
  return new Set(reader.header() ?? [])
}

/** Share of the wanted columns that a header has. */
export function shareOfColumns(head: Uint8Array, wanted: readonly string[]): number {
  const columns = headerColumns(head)
  return wanted.filter((name) => columns.has(name)).length / wanted.length
}

import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'

/**
 * Files as they are, for checking what the pipeline says of them. Nothing in this folder but `statements.ts` uses the pipeline's own readers,
 * so that a mistake of theirs is not repeated here.
 */
export async function rawText(path: string): Promise<string> {
  const bytes = await readFile(path)
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')
}

export type RawCells = Record<string, string>

/** Rows of a CSV with a header (RFC 4180); `NA` is empty. */
export function rawCsv(text: string): RawCells[] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (char === '"') isQuoted = true
    else if (char === ',' || char === '\n') {
      row.push(cell.replace(/\r$/, ''))
      cell = ''
      if (char === '\n') {
        rows.push(row)
        row = []
      }
    } else cell += char
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  const [header = [], ...body] = rows
  return body.map((cells) =>
    Object.fromEntries(header.map((name, at) => [name, cells[at] === 'NA' ? '' : (cells[at] ?? '')])),
  )
}

/** `{"a":…}` or nothing: the value at a path of keys. */
export function rawAt(value: unknown, ...keys: (string | number)[]): unknown {
  let at = value
  for (const key of keys)
    at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined
  return at
}

/** A JSON value as a number, one in a list of one included. */
export function rawNumber(value: unknown): number | null {
  const one: unknown = Array.isArray(value) ? value[0] : value
  if (one === '' || one === null || one === undefined) return null
  const number = Number(one)
  return Number.isFinite(number) ? number : null
}

export function rawWords(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' || typeof one === 'number' ? String(one).trim() : ''
}

/** Seconds of a clock such as `3:05` or `:05`. */
export function rawSeconds(text: string): number | null {
  const found = /^(\d*):(\d\d)$/.exec(text.trim())
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}

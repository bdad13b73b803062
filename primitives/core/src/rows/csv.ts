import { cutRaw, maxRowLength } from './row-reader.ts'
import type { RawRow, RowReader } from './row-reader.ts'

const delimiters = [',', ';', '\t', '|'] as const

/** The delimiter that splits the header into most columns; commas when none does. Quoted parts do not count. */
function detectDelimiter(header: string): string {
  const bare = header.replaceAll(/"(?:[^"]|"")*"/g, '')
  let best: string = ','
  let most = 0
  for (const delimiter of delimiters) {
    const count = bare.split(delimiter).length - 1
    if (count > most) {
      most = count
      best = delimiter
    }
  }
  return best
}

type Scan =
  | { kind: 'row'; cells: string[]; next: number }
  /** The text ends inside the row; `inQuotes` when a quote is still open. */
  | { kind: 'cut'; inQuotes: boolean }

/**
 * Reads one row from `start`. A quote opens a cell only at its beginning (spaces before it do not count) and closes it
 * only before a delimiter or line end (nor do spaces after it); anything else is text (`5" pipe`), as spreadsheets read
 * it. Ends of line are LF, CRLF or CR.
 */
function scanRow(text: string, start: number, delimiter: string, isLast: boolean): Scan {
  const cells: string[] = []
  let at = start
  for (;;) {
    const opening = skipSpaces(text, at)
    if (text[opening] === '"') {
      let cell = ''
      let from = opening + 1
      for (;;) {
        const quote = text.indexOf('"', from)
        if (quote === -1) return { kind: 'cut', inQuotes: true }
        const next = skipSpaces(text, quote + 1)
        const after = text[quote + 1] === '"' ? '"' : text[next]
        if (after === undefined && !isLast) return { kind: 'cut', inQuotes: true }
        if (after === '"' && next === quote + 1) {
          cell += text.slice(from, quote + 1)
          from = quote + 2
        } else if (after === undefined || after === delimiter || after === '\n' || after === '\r') {
          cell += text.slice(from, quote)
          at = next
          break
        } else {
          cell += text.slice(from, quote + 1)
          from = quote + 1
        }
      }
      cells.push(cell)
    } else {
      let end = at
      for (; end < text.length; end++) {
        const character = text[end]
        if (character === delimiter || character === '\n' || character === '\r') break
      }
      if (end === text.length && !isLast) return { kind: 'cut', inQuotes: false }
      cells.push(text.slice(at, end))
      at = end
    }
    const character = text[at]
    if (character === undefined) return { kind: 'row', cells, next: at }
    if (character === delimiter) {
      at++
      continue
    }
    if (character === '\r') {
      if (at + 1 === text.length && !isLast) return { kind: 'cut', inQuotes: false }
      return { kind: 'row', cells, next: text[at + 1] === '\n' ? at + 2 : at + 1 }
    }
    return { kind: 'row', cells, next: at + 1 }
  }
}

/** Spaces are never a delimiter; tabs may be. */
function skipSpaces(text: string, from: number): number {
  let at = from
  while (text[at] === ' ') at++
  return at
}

function endOfLine(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\n') return at + 1
    if (text[at] === '\r') return text[at + 1] === '\n' ? at + 2 : at + 1
  }
  return text.length
}

function countLines(text: string, start: number, end: number): number {
  const row = text.slice(start, end)
  let lines = 0
  for (let at = row.indexOf('\n'); at !== -1; at = row.indexOf('\n', at + 1)) lines++
  for (let at = row.indexOf('\r'); at !== -1; at = row.indexOf('\r', at + 1))
    if (row[at + 1] !== '\n') lines++
  return lines
}

/** Names of columns, those that come up again with their number: of two columns `description` the second is `description 2`. */
function numbered(names: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return name === '' || count === 1 ? name : `${name} ${count}`
  })
}

/** A price or an address: what names no column. */
const isDatum = (cell: string): boolean => /^(?:\d+[.,]\d+|https?:\/\/\S+)$/.test(cell.trim())

/** `# Required | The item's title`: what a template says above its header. */
const remark = /^[\s\uFEFF"]*#\s*\p{L}+(?:[\s|,.]+\p{L}+){3}/u

/**
 * Reads CSV with a header row, past remarks and a title above it. A row with too many cells is broken, one with too few has empty ones
 * at the end.
 * @param mayLackHeader a first row of prices and addresses is one of the data: columns are then called `Column 1`, `Column 2` …
 */
export function createCsvReader({ mayLackHeader = false } = {}): RowReader & { header(): string[] | null } {
  let buffer = ''
  let line = 1
  let delimiter = ','
  let header: string[] | null = null
  // Where the scan gave up, so that a long quoted cell is not scanned anew with each chunk.
  let retryAt = 0

  const accept = (cells: string[], raw: string, at: number): RawRow | null => {
    if (header === null) {
      // Some exports begin with empty lines, and with a mark after them.
      const names = cells.map((name) => name.replace(/^[\s\uFEFF]+/, '').trim())
      const filled = names.filter((name) => name !== '').length
      // One cell of several: the title of the sheet.
      if (filled === 0 || (filled === 1 && names.length > 2)) return null
      if (!mayLackHeader || !names.some(isDatum)) {
        header = numbered(names)
        return null
      }
      header = names.map((_, index) => `Column ${index + 1}`)
    }
    if (cells.length === 1 && cells[0]?.trim() === '') return null
    const extra = cells.slice(header.length)
    if (extra.some((cell) => cell.trim() !== '')) {
      const reason = `The row has ${cells.length} cells, the header has ${header.length}. Quote cells that contain "${delimiter}".`
      return { line: at, code: 'too-many-cells', reason, raw: cutRaw(raw) }
    }
    const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    for (const [index, name] of header.entries()) {
      if (name !== '' && !(name in fields)) fields[name] = cells[index] ?? ''
    }
    return { line: at, fields, raw }
  }

  const drain = (isLast: boolean): RawRow[] => {
    const rows: RawRow[] = []
    let start = 0
    while (start < buffer.length) {
      if (header === null) {
        const end = endOfLine(buffer, start)
        if (end === buffer.length && !isLast && buffer.length - start < 65_536) break
        if (remark.test(buffer.slice(start, end))) {
          line++
          start = end
          continue
        }
        delimiter = detectDelimiter(buffer.slice(start, end))
      }
      const scan = scanRow(buffer, start, delimiter, isLast)
      if (scan.kind === 'cut') {
        const length = buffer.length - start
        if (!isLast && length < maxRowLength) break
        // An open quote must not swallow the rest of the file: only its line is lost.
        const end = endOfLine(buffer, start)
        const raw = buffer.slice(start, end)
        const reason = scan.inQuotes
          ? 'A quote is opened and never closed. Close it, or double quotes inside the cell.'
          : `The row is longer than ${maxRowLength} characters.`
        rows.push({ line, code: scan.inQuotes ? 'unclosed-quote' : 'row-too-long', reason, raw: cutRaw(raw) })
        if (header === null) header = []
        line += countLines(buffer, start, end)
        start = end
        continue
      }
      const row = accept(scan.cells, buffer.slice(start, scan.next), line)
      if (row) rows.push(row)
      line += countLines(buffer, start, scan.next)
      start = scan.next
    }
    buffer = buffer.slice(start)
    retryAt = buffer.length < 65_536 ? 0 : buffer.length * 2
    return rows
  }

  return {
    header: () => header,
    push(text) {
      buffer += text
      if (buffer.length < retryAt && buffer.length < maxRowLength) return []
      return drain(false)
    },
    end: () => drain(true),
  }
}

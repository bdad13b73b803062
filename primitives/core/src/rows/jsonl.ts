import { cutRaw, maxRowLength } from './row-reader.ts'
import type { RawRow, RowReader } from './row-reader.ts'

/** Parses one line. Arrays and bare values are broken rows, since a row is an object. */
function parseLine(text: string, line: number): RawRow | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  if (trimmed.length > maxRowLength) {
    const reason = `The line is longer than ${maxRowLength} characters.`
    return { line, code: 'row-too-long', reason, raw: cutRaw(trimmed) }
  }
  try {
    const value: unknown = JSON.parse(trimmed)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { line, fields: value as Record<string, unknown>, raw: trimmed }
    }
    const reason = 'Each line must be one JSON object, such as {"id": "1"}.'
    return { line, code: 'not-an-object', reason, raw: cutRaw(trimmed) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { line, code: 'bad-json', reason: `The line is not valid JSON: ${why}`, raw: cutRaw(trimmed) }
  }
}

/** Reads one JSON object a line. */
export function createJsonlReader(): RowReader {
  let pieces: string[] = []
  let length = 0
  let line = 1
  let skipping = false
  return {
    push(text) {
      const rows: RawRow[] = []
      let start = 0
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        pieces.push(text.slice(start, end))
        const row = skipping ? null : parseLine(pieces.join(''), line)
        if (row) rows.push(row)
        pieces = []
        length = 0
        skipping = false
        line++
        start = end + 1
      }
      if (start < text.length && !skipping) {
        pieces.push(text.slice(start))
        length += text.length - start
        if (length > maxRowLength) {
          const row = parseLine(pieces.join(''), line)
          if (row) rows.push(row)
          pieces = []
          skipping = true
        }
      }
      return rows
    },
    end() {
      const row = skipping ? null : parseLine(pieces.join(''), line)
      pieces = []
      return row ? [row] : []
    },
  }
}

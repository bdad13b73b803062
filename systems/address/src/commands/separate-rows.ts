import { createCsvReader } from '@heavylift/core/rows'
import type { RawRow } from '@heavylift/core/rows'

/**
 * A row over several lines with a quote inside quotes that is not doubled is several rows, of which the first opens a quote and never closes
 * it. They are read again line by line, so that only that one is lost. `headerLine` is the file's, with its delimiter.
 */
export function separateRows(row: RawRow, headerLine: string): RawRow[] {
  const lines = row.raw.trimEnd().split(/\r\n|\n|\r/)
  if (lines.length === 1 || !hasStrayQuote(row.raw)) return [row]
  return lines.flatMap((line, at) => {
    const reader = createCsvReader()
    return [...reader.push(`${headerLine}\n${line}`), ...reader.end()].map((one) => ({
      ...one,
      line: row.line + at,
    }))
  })
}

/** Whether a cell in quotes has a quote that neither ends it nor is doubled. */
function hasStrayQuote(raw: string): boolean {
  let isQuoted = false
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] !== '"') continue
    if (!isQuoted) isQuoted = /(^|[,;\t|\r\n] *)$/.test(raw.slice(Math.max(0, at - 20), at))
    else if (raw[at + 1] === '"') at++
    else if (/^ *([,;\t|\r\n]|$)/.test(raw.slice(at + 1, at + 21))) isQuoted = false
    else return true
  }
  return false
}

export type CsvValue = string | number | boolean | null | undefined

/** One line of CSV (RFC 4180) with its end. Nothing known is an empty cell. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

/** Text is always quoted; a leading `=`, `+`, `-` or `@` gets an apostrophe, since spreadsheets would run it as a formula. */
function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}

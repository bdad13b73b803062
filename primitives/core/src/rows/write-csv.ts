export type CsvValue = string | number | boolean | Date | null | undefined

/** One line of CSV (RFC 4180) with its end. Nothing known is an empty cell. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

/** A time is ISO 8601 in UTC. Text is always quoted; a leading `=`, `+`, `-` or `@` gets an apostrophe, since spreadsheets would run it as a formula. */
function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}

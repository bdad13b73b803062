import { InvalidInputError } from '@heavylift/core'
import { createCsvReader } from '@heavylift/core/rows'

const mostHours = 3 * 8784
const timeNames = /^(?:time|date|datetime|timestamp|hour|at)$/i

/**
 * Demand from CSV with a header: a row an hour, and each column of numbers a course that it may take, all equally likely; a column of times is passed over.
 * @param perUnit what one GPU (or machine) bears of the figure: units are rounded up
 * @returns units by hour, a row a course
 * @throws InvalidInputError `bad-demand` with the line
 */
export function readDemand(text: string, perUnit = 1): Float64Array[] {
  const reader = createCsvReader()
  const rows = [...reader.push(text), ...reader.end()].flatMap((row) => ('fields' in row ? [row.fields] : []))
  const cell = (fields: Record<string, unknown>, name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const names = Object.keys(rows[0] ?? {}).filter(
    (name) => !timeNames.test(name) && Number.isFinite(Number(cell(rows[0]!, name) || NaN)),
  )
  if (names.length === 0 || rows.length < 2 || rows.length > mostHours)
    throw new InvalidInputError({
      code: 'bad-demand',
      message: `A demand is CSV with a header, a row an hour (2 to ${mostHours}) and a column of numbers for each course that it may take; this has ${rows.length} rows and ${names.length} such columns.`,
    })
  return names.map((name) =>
    Float64Array.from(rows, (fields, at) => {
      const value = Number(cell(fields, name) || NaN)
      if (!(value >= 0))
        throw new InvalidInputError({
          code: 'bad-demand',
          message: `Row ${at + 1} after the header: "${name}" is "${cell(fields, name)}", and a demand is a number of 0 or more.`,
        })
      return Math.max(0, Math.ceil(value / perUnit - 1e-9))
    }),
  )
}

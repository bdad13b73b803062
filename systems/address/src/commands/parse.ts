import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import type { CsvValue, RawRow } from '@heavylift/core/rows'
import { parseAddress } from '../parse/parse-address.ts'
import { standardize } from '../standardize/standardize.ts'
import { addressText } from '../evidence/address-row.ts'
import { findAddressColumns } from '../evidence/address-columns.ts'
import { eachRow } from './each-row.ts'
import { fieldSets } from './parsed-cells.ts'
import type { FieldSet } from './parsed-cells.ts'
import { ResumableCsv } from './resumable-csv.ts'

/** Longer cells are no addresses, and would cost the time of a thousand. */
const longestAddress = 1000
const usualColumns = ['full_address', 'input', 'location']
const leading = ['line', 'status', 'reason', 'address']

/**
 * `heavylift address parse FILE`: reads addresses of a CSV file and writes a row for each row of it, broken ones with the reason.
 * The same command goes on where it was stopped or killed. Holds one chunk of the file in memory.
 */
export async function runParse(input: CommandInput) {
  const file = resolve(input.args['file'] ?? '')
  const stats = await stat(file).catch(() => null)
  if (!stats?.isFile())
    throw new InvalidInputError({
      code: 'file-not-found',
      message: `There is no file "${file}". Give a CSV file with a column "address".`,
    })
  const set = fieldSetOf(input.options['fields'])
  const outFile = resolve(textOf(input, 'out') ?? `${file.replace(/\.csv$/i, '')}.parsed.csv`)
  const out = await ResumableCsv.open(outFile, [...leading, ...set.columns], input.options['fresh'] === true)
  const counts: Record<string, number> = {}
  let [rows, skipped] = [0, 0]
  const startedMs = performance.now()
  try {
    let addressOf: AddressOf | null = null
    await eachRow(file, input, 'parsing', async (found, header) => {
      addressOf ??= header === null ? null : addressIn(textOf(input, 'columns'), header, found)
      const written: CsvValue[][] = []
      for (const row of found) {
        if (row.line <= out.lastLine) {
          skipped++
          continue
        }
        const cells = cellsOf(row, addressOf ?? (() => ''), set)
        const status = String(cells[1])
        counts[status] = (counts[status] ?? 0) + 1
        rows++
        written.push(cells)
      }
      await out.write(written)
    })
  } finally {
    await out.close()
  }
  const seconds = (performance.now() - startedMs) / 1000
  const told = Object.entries(counts).map(([status, count]) => `${count} ${status}`)
  input.print(
    `${rows} rows in ${seconds.toFixed(1)} s${told.length > 0 ? `: ${told.join(', ')}` : ''}.${skipped > 0 ? ` ${skipped} were done before.` : ''}`,
  )
  input.print(outFile)
  return { rows, skipped, counts, out: outFile, seconds }
}

function textOf(input: CommandInput, option: string): string | null {
  const value = input.options[option]
  return typeof value === 'string' ? value : null
}

function fieldSetOf(option: string | boolean | undefined): FieldSet {
  const name = String(option ?? 'standard')
  const set = fieldSets.get(name)
  if (set) return set
  throw new InvalidInputError({
    code: 'fields-unknown',
    message: `There are no fields "${name}". Known: ${[...fieldSets.keys()].join(', ')}.`,
  })
}

type AddressOf = (fields: Readonly<Record<string, unknown>>) => string

/** Where the address of a row stands: in the columns that were asked for, in one with a usual name, in what looks like one, or in the only one. */
function addressIn(asked: string | null, header: readonly string[], rows: readonly RawRow[]): AddressOf {
  const find = (name: string) => header.find((column) => column.toLowerCase() === name.trim().toLowerCase())
  const joined =
    (columns: readonly string[]): AddressOf =>
    (fields) =>
      columns
        .map((column) => textIn(fields[column]))
        .filter((text) => text !== '')
        .join(', ')
  if (asked === null) {
    const usual = usualColumns.map(find).find((column) => column !== undefined)
    if (usual !== undefined) return joined([usual])
    const columns = findAddressColumns(rows.flatMap((row) => ('fields' in row ? [row.fields] : [])))
    if (columns !== null) return (fields) => addressText(fields, columns)
    if (header.length === 1) return joined(header)
  } else {
    const found = asked.split(',').map(find)
    if (found.every((column) => column !== undefined)) return joined(found)
  }
  throw new InvalidInputError({
    code: 'column-missing',
    message: `Which columns hold the address? Name them in order with --columns, as --columns "address,city,zip". The file has: ${header.join(', ')}.`,
  })
}

function cellsOf(row: RawRow, addressOf: AddressOf, set: FieldSet): CsvValue[] {
  const refused = (status: string, reason: string, address: string) => [
    row.line,
    status,
    reason,
    address,
    ...Array<CsvValue>(set.columns.length).fill(''),
  ]
  if (!('fields' in row)) return refused(row.code, row.reason, row.raw.trimEnd())
  const address = addressOf(row.fields)
  if (address === '') return refused('no-address', 'The row has no address.', row.raw.trimEnd())
  if (address.length > longestAddress)
    return refused(
      'too-long',
      `The address has more than ${longestAddress} characters.`,
      address.slice(0, longestAddress),
    )
  const parsed = parseAddress(address)
  const status = parsed.form === 'unknown' ? 'not-understood' : 'ok'
  return [row.line, status, '', address, ...set.cells(parsed, standardize(parsed))]
}

/** Cells of CSV are text. */
const textIn = (cell: unknown) => (typeof cell === 'string' ? cell.trim() : '')

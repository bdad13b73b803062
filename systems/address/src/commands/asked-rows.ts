import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { RawRow } from '@heavylift/core/rows'
import type { Observation } from '../domain/evidence.ts'
import { findAddressColumns } from '../evidence/address-columns.ts'
import type { AddressColumns } from '../evidence/address-columns.ts'
import { addressFileOf } from '../evidence/address-row.ts'
import { observeCase } from '../evidence/observe-case.ts'

/** Columns by the first rows that were read; null while there are none. Throws `address-column-missing` where nothing looks like an address. */
export function columnsOf(rows: readonly RawRow[]): AddressColumns | null {
  const read = rows.flatMap((row) => ('fields' in row ? [row.fields] : []))
  if (read.length === 0) return null
  const found = findAddressColumns(read)
  if (found !== null) return found
  throw new InvalidInputError({
    code: 'address-column-missing',
    message: `No column looks like an address. Name it "address". The file has: ${Object.keys(read[0]!).join(', ')}.`,
  })
}

type AskedRow = NonNullable<ReturnType<typeof addressFileOf>> & { id: string }

export function readRow(
  { fields, line }: Extract<RawRow, { fields: unknown }>,
  columns: AddressColumns | null,
): AskedRow | { code: string; reason: string } {
  const row = columns === null ? null : addressFileOf(fields, columns)
  if (row === null)
    return {
      code: 'address-missing',
      reason: `The row has no address. Fill the column "${columns?.address.join('", "') ?? 'address'}".`,
    }
  return { ...row, id: row.id ?? String(line) }
}

export async function observeRowOf(row: AskedRow, documents: string | null): Promise<Observation[]> {
  return observeCase({
    ...row,
    documents: documents === null ? [] : await readDocuments(documents, row.id),
  })
}

/** An id that is no plain name can't lead out of the folder: it has no documents. */
async function readDocuments(dir: string, id: string): Promise<{ name: string; content: string }[]> {
  const folder = join(dir, id)
  if (!/^[\w.-]+$/.test(id) || /^\.+$/.test(id) || !existsSync(folder)) return []
  const names = (await readdir(folder)).filter((name) => /\.(?:eml|html?|txt|json)$/i.test(name)).sort()
  return Promise.all(
    names.map(async (name) => ({ name, content: await readFile(join(folder, name), 'utf8') })),
  )
}

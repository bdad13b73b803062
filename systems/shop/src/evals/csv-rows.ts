import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { createCsvReader } from '@heavylift/core/rows'
import type { z } from 'zod'

/** The bytes of a file, unpacked where its name ends in `.gz`. */
export function openFile(path: string): Readable {
  const bytes = createReadStream(path)
  return path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
}

/** The rows of a CSV file with a header; one that is not of the form throws. */
export async function readCsvRows<T>(path: string, row: z.ZodType<T>): Promise<T[]> {
  const reader = createCsvReader()
  const rows: T[] = []
  const take = (found: ReturnType<typeof reader.push>): void => {
    for (const each of found) if ('fields' in each) rows.push(row.parse(each.fields))
  }
  for await (const text of openFile(path).setEncoding('utf8')) take(reader.push(String(text)))
  take(reader.end())
  return rows
}

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { CommandInput } from '@heavylift/core'
import { createCsvReader, createDecoder } from '@heavylift/core/rows'
import type { Decoder, RawRow } from '@heavylift/core/rows'
import { separateRows } from './separate-rows.ts'

/**
 * Gives the rows of a CSV file in the parts in which they are read, with its columns (null while they are not read yet); one chunk of the
 * file is held at a time. A row that opens a quote and never closes it takes no others with it (`separateRows`).
 */
export async function eachRow(
  file: string,
  { report, signal }: Pick<CommandInput, 'report' | 'signal'>,
  stage: string,
  take: (rows: RawRow[], header: string[] | null) => Promise<void>,
): Promise<void> {
  const total = (await stat(file)).size
  const reader = createCsvReader()
  let decoder: Decoder | null = null
  let headerLine = ''
  let done = 0
  const rowsIn = (text: string, isEnd: boolean) => {
    headerLine ||= /^\s*(\S.*)/.exec(text)?.[1] ?? ''
    const rows = isEnd ? [...reader.push(text), ...reader.end()] : reader.push(text)
    return rows.flatMap((row) => separateRows(row, headerLine))
  }
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18, signal })) {
    const bytes = chunk as Buffer
    done += bytes.length
    decoder ??= createDecoder(bytes)
    await take(rowsIn(decoder.push(bytes), false), reader.header())
    report({ stage, done, total, unit: 'bytes' })
  }
  await take(rowsIn(decoder?.end() ?? '', true), reader.header())
}

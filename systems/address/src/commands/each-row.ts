import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { CommandInput } from '@heavylift/core'
import { createCsvReader, createDecoder } from '@heavylift/core/rows'
import type { Decoder, RawRow } from '@heavylift/core/rows'

/** Gives the rows of a CSV file in the parts in which they are read; one chunk of the file is held at a time. */
export async function eachRow(
  file: string,
  input: Pick<CommandInput, 'report' | 'signal'>,
  stage: string,
  take: (rows: RawRow[]) => Promise<void>,
): Promise<void> {
  const total = (await stat(file)).size
  const reader = createCsvReader()
  let decoder: Decoder | null = null
  let read = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18, signal: input.signal })) {
    const bytes = chunk as Buffer
    read += bytes.length
    decoder ??= createDecoder(bytes)
    await take(reader.push(decoder.push(bytes)))
    input.report({ stage, done: read, total, unit: 'bytes' })
  }
  await take([...reader.push(decoder?.end() ?? ''), ...reader.end()])
}

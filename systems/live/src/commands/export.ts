import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'

/** `heavylift live export MATCH`: the insights of a match as a file. */
export async function runExport({ args, options, api, print, signal }: CommandInput): Promise<unknown> {
  const matchId = args['match'] ?? ''
  const format = String(options['format'] ?? 'csv')
  if (format !== 'csv' && format !== 'parquet')
    throw new InvalidInputError({
      code: 'option-invalid',
      message: `--format is csv or parquet, not "${format}".`,
    })
  const out = resolve(typeof options['out'] === 'string' ? options['out'] : `${matchId}.${format}`)
  const path = `/api/live/matches/${encodeURIComponent(matchId)}/insights/export?format=${format}`
  const { body } = await api(path, { signal })
  const file = createWriteStream(out)
  await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), file, { signal })
  print(`${out}  ${file.bytesWritten.toLocaleString('en')} bytes`)
  return { file: out, bytes: file.bytesWritten }
}

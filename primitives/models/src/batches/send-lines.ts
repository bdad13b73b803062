import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { NotFoundError } from '@heavylift/core'

/** A file as it is; a client that goes away ends it. Throws `file-unknown` for one that is gone. */
export async function sendLines(
  response: ServerResponse,
  file: ReadableStream<Uint8Array> | null,
  bytes: number | null,
): Promise<void> {
  if (file === null) throw new NotFoundError({ code: 'file-unknown', message: 'The file is gone.' })
  response.writeHead(200, {
    'content-type': 'application/x-jsonl',
    ...(bytes === null ? {} : { 'content-length': bytes }),
  })
  await pipeline(Readable.fromWeb(file as WebStream<Uint8Array>), response).catch(() => response.destroy())
}

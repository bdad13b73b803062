import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** The bytes as they are, or unpacked when they are gzip; at most `maxBytes` come out. */
export async function* gunzipped(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done === true) return
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value as Uint8Array
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value
  }
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all()
    return
  }
  let bytes = 0
  for await (const chunk of Readable.from(all()).pipe(createGunzip()) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new RangeError(`The file unpacks to more than ${maxBytes} bytes.`)
    yield chunk
  }
}

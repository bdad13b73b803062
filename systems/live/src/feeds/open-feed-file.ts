import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { InvalidInputError } from '@heavylift/core'

/** Bytes that a format is recognised from. */
const headBytes = 65_536

/**
 * The bytes of a feed file in order, unzipped when the file begins as gzip does (its name does not matter). Holds a chunk
 * at a time and closes the file when the reader stops. Throws an `InvalidInputError` (`feed-file-unreadable`) when the
 * file is not there, is a folder, or its gzip is cut off or broken.
 */
export async function* openFeedFile(path: string): AsyncGenerator<Uint8Array> {
  let file: FileHandle | null = null
  try {
    file = await open(path, 'r')
    const magic = new Uint8Array(2)
    const { bytesRead } = await file.read(magic, 0, 2, 0)
    const raw = file.createReadStream({ start: 0, autoClose: false })
    if (bytesRead < 2 || magic[0] !== 0x1f || magic[1] !== 0x8b) {
      yield* raw as AsyncIterable<Uint8Array>
      return
    }
    const gunzip = createGunzip()
    raw.on('error', (error) => gunzip.destroy(error))
    yield* raw.pipe(gunzip) as AsyncIterable<Uint8Array>
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new InvalidInputError({
      code: 'feed-file-unreadable',
      message: `The feed file ${path} cannot be read: ${why}`,
      cause: error,
    })
  } finally {
    await file?.close()
  }
}

/**
 * A feed's bytes, unzipped when they begin as gzip does, whatever its sender calls them. Throws an `InvalidInputError`
 * (`feed-gzip-broken`) when the gzip is cut off or broken.
 */
export async function* unzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peekFeed(source, 2)
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole
    return
  }
  const gunzip = createGunzip()
  const filled = pipeline(whole, gunzip).catch(() => undefined)
  try {
    yield* gunzip as AsyncIterable<Uint8Array>
    await filled
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new InvalidInputError({
      code: 'feed-gzip-broken',
      message: `The feed begins as gzip does and cannot be unzipped: ${why}`,
      cause: error,
    })
  }
}

/** The first 64 KiB of a feed (less when it is shorter), and the whole feed again from its beginning. */
export async function peekFeed(
  source: AsyncIterable<Uint8Array>,
  bytes = headBytes,
): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  let length = 0
  while (length < bytes) {
    const next = await iterator.next()
    if (next.done === true) break
    chunks.push(next.value)
    length += next.value.length
  }
  const head = Buffer.concat(chunks)
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield head
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { head: head.subarray(0, bytes), whole: whole() }
}

/** The first 64 KiB of a feed file, unzipped; less when it is shorter. */
export async function feedFileHead(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of openFeedFile(path)) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= headBytes) break
  }
  return Buffer.concat(chunks).subarray(0, headBytes)
}

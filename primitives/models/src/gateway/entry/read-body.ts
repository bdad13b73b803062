import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'

/** Room for long contexts and images; more is refused before it fills memory. */
export const maxBodyBytes = 32 * 1024 * 1024

/** A body that comes more slowly than this much in this time holds its place for nothing. */
const leastBytes = 4 * 1024
const usualPatienceMs = 30_000

const tooLarge = (maxBytes: number) =>
  new HeavyliftError({
    code: 'body-too-large',
    message: `A request may have ${maxBytes / 1024 / 1024} MiB here. Send less, or images by address.`,
    status: 413,
  })

const tooSlow = (patienceMs: number) =>
  new HeavyliftError({
    code: 'body-too-slow',
    message: `Less than ${leastBytes} bytes of the body came in ${patienceMs / 1000} s. Send it faster.`,
    status: 408,
  })

/**
 * The whole body, unpacked. Rejects with `body-too-large` (413), `body-too-slow` (408), `body-cut` when the client goes away
 * in the middle, or `encoding-unsupported` (415).
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes = maxBodyBytes,
  patienceMs = usualPatienceMs,
): Promise<Buffer> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  const unpack = encoding === 'identity' ? null : unpackers[encoding]
  if (unpack === undefined) {
    request.resume()
    throw new HeavyliftError({
      code: 'encoding-unsupported',
      message: `A body packed as "${encoding.slice(0, 40)}" cannot be read. Send it as it is, or as gzip, deflate, br or zstd.`,
      status: 415,
    })
  }
  const body = await readBytes(request, maxBytes, patienceMs)
  return unpack === null ? body : unpacked(body, unpack, maxBytes)
}

type Unpack = (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

/** By `Content-Encoding` (RFC 9110, 8.4.1). */
const unpackers: Record<string, Unpack | undefined> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
}

async function unpacked(packed: Buffer, unpack: Unpack, maxBytes: number): Promise<Buffer> {
  try {
    return await unpack(packed, { maxOutputLength: maxBytes })
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes)
    throw new InvalidInputError({
      code: 'body-not-unpacked',
      message: 'The body is not packed as its content-encoding says.',
    })
  }
}

function readBytes(request: IncomingMessage, maxBytes: number, patienceMs: number): Promise<Buffer> {
  // What says that it is too large need not be read to be believed.
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge(maxBytes))
  const whole = Promise.withResolvers<Buffer>()
  const parts: Buffer[] = []
  let bytes = 0
  let seen = 0
  const watch = setInterval(() => {
    if (bytes - seen < leastBytes) stop(tooSlow(patienceMs))
    seen = bytes
  }, patienceMs)
  const stop = (error: Error) => {
    request.pause()
    whole.reject(error)
  }
  request.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > maxBytes) stop(tooLarge(maxBytes))
    else parts.push(part)
  })
  request.on('end', () => whole.resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)))
  const cut = () =>
    whole.reject(
      new InvalidInputError({ code: 'body-cut', message: 'The request ended before its body did.' }),
    )
  request.on('error', cut)
  request.on('close', () => {
    if (!request.complete) cut()
  })
  return whole.promise.finally(() => clearInterval(watch))
}

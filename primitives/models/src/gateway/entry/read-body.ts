import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'

/** Room for long contexts and images; more is refused before it fills memory. */
export const maxBodyBytes = 32 * 1024 * 1024

const tooLarge = () =>
  new HeavyliftError({
    code: 'body-too-large',
    message: `A request may have ${maxBodyBytes / 1024 / 1024} MiB. Send less, or images by address.`,
    status: 413,
  })

/**
 * The whole body, unpacked. Rejects with `body-too-large` (413), `body-cut` when the client goes away in the middle, or
 * `encoding-unsupported` (415).
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
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
  const body = await readBytes(request)
  return unpack === null ? body : unpacked(body, unpack)
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

async function unpacked(packed: Buffer, unpack: Unpack): Promise<Buffer> {
  try {
    return await unpack(packed, { maxOutputLength: maxBodyBytes })
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new InvalidInputError({
      code: 'body-not-unpacked',
      message: 'The body is not packed as its content-encoding says.',
    })
  }
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let bytes = 0
    request.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes > maxBodyBytes) {
        request.pause()
        reject(tooLarge())
        return
      }
      parts.push(part)
    })
    request.on('end', () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)))
    const cut = () =>
      reject(new InvalidInputError({ code: 'body-cut', message: 'The request ended before its body did.' }))
    request.on('error', cut)
    request.on('close', () => {
      if (!request.complete) cut()
    })
  })
}

import type { IncomingMessage } from 'node:http'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { OutboundError } from './outbound-error.ts'

/** What `read` can undo; also what is asked for. */
export const acceptEncoding = 'gzip, deflate, br'

const decoders = new Map<string, (() => Transform) | null>([
  ['identity', null],
  ['', null],
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/**
 * The decompressed body; empty where `consume` takes it chunk by chunk. Stops, and closes the connection, as soon as more than
 * `maxBytes` have come, counted both on the wire and after decompression, so a small answer cannot unfold into a large one.
 */
export async function readAnswer(
  incoming: IncomingMessage,
  maxBytes: number,
  consume?: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<Uint8Array> {
  const encoding = (incoming.headers['content-encoding'] ?? '').trim().toLowerCase()
  const makeDecoder = decoders.get(encoding)
  if (makeDecoder === undefined) {
    throw new OutboundError(
      'outbound-encoding',
      `The answer is encoded as "${encoding.slice(0, 40)}", which is not known.`,
    )
  }
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    if (consume) await consume(limited(source, maxBytes))
    else for await (const chunk of limited(source, maxBytes)) chunks.push(chunk)
  }
  try {
    if (makeDecoder === null) await pipeline(incoming, collect)
    else
      await pipeline(
        incoming,
        (source: AsyncIterable<Buffer>) => limited(source, maxBytes),
        makeDecoder(),
        collect,
      )
  } catch (cause) {
    const isZlib = ((cause as NodeJS.ErrnoException).code ?? '').match(
      /^(Z_|ERR_.*BROTLI|ERR__ERROR_FORMAT|ERR_PADDING)/,
    )
    if (isZlib) throw new OutboundError('outbound-encoding', 'The compressed answer is damaged.', cause)
    throw cause
  }
  return Buffer.concat(chunks)
}

async function* limited(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    yield chunk
  }
}

const tooLarge = (maxBytes: number): OutboundError =>
  new OutboundError('outbound-too-large', `The answer has more than the ${maxBytes} bytes that are allowed.`)

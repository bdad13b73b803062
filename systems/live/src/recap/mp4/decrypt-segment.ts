import { createDecipheriv } from 'node:crypto'
import { HeavyliftError } from '@heavylift/core'
import { readAttributes, unquoted } from '../hls/attributes.ts'

/** A segment in the clear: AES-128 in CBC over the whole of it (RFC 8216 §4.3.2.4). Throws `segment-encrypted` on other methods. */
export async function* decryptSegment(
  chunks: AsyncIterable<Uint8Array>,
  key: string | null,
  fetchKey: (uri: string) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (key === null) return yield* chunks
  const attributes = readAttributes(key)
  const uri = unquoted(attributes.get('URI') ?? '')
  if (attributes.get('METHOD') !== 'AES-128' || attributes.get('KEYFORMAT')?.includes('identity') === false)
    throw new HeavyliftError({
      code: 'segment-encrypted',
      message: `The stream is encrypted by ${attributes.get('METHOD')}, which an MP4 cannot be made of.`,
      status: 422,
    })
  const iv = Buffer.from((attributes.get('IV') ?? '').replace(/^0x/i, '').padStart(32, '0'), 'hex')
  const decipher = createDecipheriv('aes-128-cbc', await fetchKey(uri), iv)
  for await (const chunk of chunks) yield decipher.update(chunk)
  yield decipher.final()
}

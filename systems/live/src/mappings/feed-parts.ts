import type { FeedPart } from './push-mapped.ts'

/** The chunks of a body; the last ends it. */
export async function* partsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<FeedPart> {
  let last: Uint8Array | null = null
  for await (const bytes of body) {
    if (last !== null) yield { bytes: last, isWhole: false }
    last = bytes
  }
  yield { bytes: last ?? new Uint8Array(), isWhole: true }
}

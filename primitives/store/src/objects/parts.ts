const MIB = 1024 * 1024
/** S3 takes parts from 5 MiB (but for the last) and at most 10,000 of them, of an object of at most 5 TiB. */
const FIRST_PART_BYTES = 8 * MIB
const PARTS_PER_SIZE = 500

/**
 * Cuts a stream into pieces to upload. The size grows by a first size every 500 pieces, so that 10,000 pieces hold
 * 800 GiB while small objects need little memory.
 */
export function partBytes(index: number): number {
  return FIRST_PART_BYTES * (1 + Math.floor(index / PARTS_PER_SIZE))
}

/** Each piece is full but the last, which is never empty. Ending early cancels the stream. */
export async function* cutParts(
  body: ReadableStream<Uint8Array>,
  sizeOf: (index: number) => number = partBytes,
): AsyncGenerator<Uint8Array, void, undefined> {
  let index = 0
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  for await (const chunk of body) {
    let rest = chunk
    while (pendingBytes + rest.byteLength >= sizeOf(index)) {
      const take = sizeOf(index) - pendingBytes
      yield Buffer.concat([...pending, rest.subarray(0, take)])
      index++
      rest = rest.subarray(take)
      pending = []
      pendingBytes = 0
    }
    if (rest.byteLength > 0) {
      pending.push(rest)
      pendingBytes += rest.byteLength
    }
  }
  if (pendingBytes > 0) yield Buffer.concat(pending)
}

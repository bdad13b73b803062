import { HeavyliftError } from '@heavylift/core'

export type SegmentFormat = 'mpegts' | 'mp4'

/** Bytes that tell a transport stream: the sync byte of three packets. */
const headBytes = 2 * 188 + 1
/** Boxes that a fragment or its map begins with (ISO/IEC 14496-12, 8; ISO/IEC 23009-1, 5.10.3). */
const firstBoxes = new Set(['ftyp', 'styp', 'sidx', 'emsg', 'prft', 'moof', 'moov', 'free', 'skip'])

/**
 * Passes on what is of the format by its first bytes, a transport stream (ISO/IEC 13818-1, 2.4.3.2) or a fragmented MP4, and throws
 * `segment-format` before anything else is written: ffmpeg follows what it takes for a playlist to other files.
 */
export async function* checkSegment(
  chunks: AsyncIterable<Uint8Array>,
  format: SegmentFormat,
): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.byteLength < headBytes) continue
    yield checked(head, format)
    head = null
  }
  if (head !== null && head.byteLength > 0) yield checked(head, format)
}

function checked(head: Buffer, format: SegmentFormat): Buffer {
  const isRight =
    format === 'mpegts'
      ? head.byteLength >= 188 && [0, 188, 376].every((at) => at >= head.byteLength || head[at] === 0x47)
      : firstBoxes.has(head.toString('latin1', 4, 8))
  if (isRight) return head
  throw new HeavyliftError({
    code: 'segment-format',
    message: `A segment of the stream is no ${format === 'mpegts' ? 'MPEG transport stream' : 'fragmented MP4'}, so no MP4 is made of it.`,
    status: 422,
  })
}

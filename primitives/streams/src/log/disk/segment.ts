import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { upperBound } from '@heavylift/core/math'
import { LogCorruptError } from '../stream-errors.ts'
import { isBlockWhole, readBlockHeader, RecordReader, type BlockHeader } from './block-codec.ts'

/** Bytes asked of the system at once. A block that is larger is read whole. */
const chunkBytes = 1024 * 1024
const indexEveryBytes = 64 * 1024

/** One file of a topic: the blocks from `baseOffset` on, in order. */
export class Segment {
  readonly path: string
  readonly baseOffset: number
  readonly file: FileHandle
  /** Bytes that readers may see. */
  size: number
  /** Where the writer stands; beyond `size` is what a running write has put there. */
  written: number
  lastAppendedAtMs = 0
  /** Set by retention; readers that stand in it go on at the next one. */
  isRemoved = false
  readonly #indexOffsets: number[] = []
  readonly #indexPositions: number[] = []

  constructor(path: string, baseOffset: number, file: FileHandle, size: number) {
    this.path = path
    this.baseOffset = baseOffset
    this.file = file
    this.size = size
    this.written = size
  }

  /** Remembers where a block starts, once every 64 KiB. Writer, recovery and readers all call it. */
  note(offset: number, position: number): void {
    const last = this.#indexPositions.at(-1) ?? 0
    if (position < last + indexEveryBytes) return
    this.#indexOffsets.push(offset)
    this.#indexPositions.push(position)
  }

  /** Position of a block that starts at or before `offset`. */
  positionBefore(offset: number): number {
    return this.#indexPositions[upperBound(this.#indexOffsets, offset) - 1] ?? 0
  }
}

const nameDigits = 16

export function segmentName(baseOffset: number): string {
  return `${String(baseOffset).padStart(nameDigits, '0')}.log`
}

/** The base offset in a segment's file name, or null for another file. */
export function parseBaseOffset(fileName: string): number | null {
  return /^\d{16}\.log$/.test(fileName) ? Number(fileName.slice(0, nameDigits)) : null
}

export async function openSegment(
  folder: string,
  baseOffset: number,
  mode: 'create' | 'existing',
): Promise<Segment> {
  const path = join(folder, segmentName(baseOffset))
  const file = await open(path, mode === 'create' ? 'wx+' : 'r+')
  return new Segment(path, baseOffset, file, (await file.stat()).size)
}

/** Reads a segment block by block in large chunks. A chunk is never written again: payloads may point into it. */
export class BlockReader {
  readonly segment: Segment
  #position: number
  #chunk: Buffer = Buffer.alloc(0)
  #at = 0

  constructor(segment: Segment, position: number) {
    this.segment = segment
    this.#position = position
  }

  /** Where the next block starts. */
  get position(): number {
    return this.#position
  }

  /**
   * The next block, or null at the end of what is safe to read. Throws a `LogCorruptError` on a block that is torn or
   * whose checksum fails.
   */
  async next(): Promise<{ header: BlockHeader; records: RecordReader } | null> {
    const left = this.segment.size - this.#position
    if (left <= 0) return null
    let header = readBlockHeader(this.#chunk, this.#at)
    if (header === null || this.#at + header.bytes > this.#chunk.length) {
      await this.#read(Math.min(left, Math.max(chunkBytes, header?.bytes ?? 0)))
      header = readBlockHeader(this.#chunk, 0)
      if (header !== null && header.bytes > this.#chunk.length && header.bytes <= left)
        await this.#read(header.bytes)
    }
    if (header === null || !isBlockWhole(this.#chunk, this.#at, header)) {
      throw new LogCorruptError({
        message: `${this.segment.path} is damaged at byte ${this.#position}. Restore the file from a backup, or move it away to go on without its events.`,
        details: { path: this.segment.path, position: this.#position },
      })
    }
    this.segment.note(header.firstOffset, this.#position)
    const records = new RecordReader(this.#chunk, this.#at, header)
    this.#at += header.bytes
    this.#position += header.bytes
    return { header, records }
  }

  async #read(bytes: number): Promise<void> {
    const chunk = Buffer.allocUnsafeSlow(bytes)
    let filled = 0
    while (filled < chunk.length) {
      const { bytesRead } = await this.segment.file.read(
        chunk,
        filled,
        chunk.length - filled,
        this.#position + filled,
      )
      if (bytesRead === 0) break
      filled += bytesRead
    }
    this.#chunk = chunk.subarray(0, filled)
    this.#at = 0
  }
}

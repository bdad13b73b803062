import { crc32 } from 'node:zlib'
import type { LogEvent, LoggedEvent } from '../log.ts'

/**
 * The bytes of a segment file: blocks, one for each write, little-endian.
 *
 *     block   u32 bytes after the checksum | u32 CRC-32 of them | f64 first offset | f64 appendedAtMs | u32 records | records
 *     record  u32 payload bytes | f64 eventTimeMs | u16 schemaVersion | u16 id bytes | u16 key bytes | id | key | payload
 *
 * A block is whole or it is torn: the checksum covers all of it, so a write that a kill cut short is seen as one.
 */
export const blockHeaderBytes = 28
const recordHeaderBytes = 18
const checkedFrom = 8

export interface BlockHeader {
  /** Of the whole block, header included. */
  bytes: number
  firstOffset: number
  appendedAtMs: number
  records: number
}

/** Gathers records into one buffer that grows; `seal` makes it a block. The buffer is used again after `reset`. */
export class BlockWriter {
  #buffer: Buffer
  #length = blockHeaderBytes
  #records = 0

  constructor(initialBytes = 64 * 1024) {
    this.#buffer = Buffer.allocUnsafeSlow(initialBytes)
  }

  get records(): number {
    return this.#records
  }
  get bytes(): number {
    return this.#length
  }

  add(event: LogEvent): void {
    const { id, key, payload } = event
    const most = recordHeaderBytes + 3 * (id.length + key.length) + payload.length
    if (this.#length + most > this.#buffer.length) this.#grow(this.#length + most)
    const buffer = this.#buffer
    const start = this.#length
    let at = start + recordHeaderBytes
    const idBytes = buffer.write(id, at)
    at += idBytes
    const keyBytes = buffer.write(key, at)
    at += keyBytes
    buffer.set(payload, at)
    buffer.writeUInt32LE(payload.length, start)
    buffer.writeDoubleLE(event.eventTimeMs, start + 4)
    buffer.writeUInt16LE(event.schemaVersion, start + 12)
    buffer.writeUInt16LE(idBytes, start + 14)
    buffer.writeUInt16LE(keyBytes, start + 16)
    this.#length = at + payload.length
    this.#records += 1
  }

  /** The finished block; it shares the writer's memory until `reset`. */
  seal(firstOffset: number, appendedAtMs: number): Buffer {
    const block = this.#buffer.subarray(0, this.#length)
    block.writeUInt32LE(this.#length - checkedFrom, 0)
    block.writeDoubleLE(firstOffset, 8)
    block.writeDoubleLE(appendedAtMs, 16)
    block.writeUInt32LE(this.#records, 24)
    block.writeUInt32LE(crc32(block.subarray(checkedFrom)), 4)
    return block
  }

  reset(): void {
    this.#length = blockHeaderBytes
    this.#records = 0
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}

/** The header at `at`, or null where fewer than `blockHeaderBytes` are left or the length cannot be one. Not yet checked. */
export function readBlockHeader(buffer: Buffer, at: number): BlockHeader | null {
  if (at + blockHeaderBytes > buffer.length) return null
  const bytes = buffer.readUInt32LE(at) + checkedFrom
  if (bytes < blockHeaderBytes) return null
  return {
    bytes,
    firstOffset: buffer.readDoubleLE(at + 8),
    appendedAtMs: buffer.readDoubleLE(at + 16),
    records: buffer.readUInt32LE(at + 24),
  }
}

/** Whether the block at `at` is all there and its checksum holds. */
export function isBlockWhole(buffer: Buffer, at: number, header: BlockHeader): boolean {
  if (at + header.bytes > buffer.length) return false
  return crc32(buffer.subarray(at + checkedFrom, at + header.bytes)) === buffer.readUInt32LE(at + 4)
}

/** Walks the records of a block whose checksum held; the payloads share the buffer's memory. */
export class RecordReader {
  readonly #buffer: Buffer
  readonly #appendedAtMs: number
  #at: number
  #offset: number
  #left: number

  constructor(buffer: Buffer, at: number, header: BlockHeader) {
    this.#buffer = buffer
    this.#at = at + blockHeaderBytes
    this.#offset = header.firstOffset
    this.#left = header.records
    this.#appendedAtMs = header.appendedAtMs
  }

  get left(): number {
    return this.#left
  }

  next(): LoggedEvent {
    const buffer = this.#buffer
    const at = this.#at
    const idAt = at + recordHeaderBytes
    const keyAt = idAt + buffer.readUInt16LE(at + 14)
    const payloadAt = keyAt + buffer.readUInt16LE(at + 16)
    const end = payloadAt + buffer.readUInt32LE(at)
    this.#at = end
    this.#left -= 1
    return {
      offset: this.#offset++,
      id: buffer.toString('utf8', idAt, keyAt),
      key: buffer.toString('utf8', keyAt, payloadAt),
      eventTimeMs: buffer.readDoubleLE(at + 4),
      schemaVersion: buffer.readUInt16LE(at + 12),
      appendedAtMs: this.#appendedAtMs,
      payload: buffer.subarray(payloadAt, end),
    }
  }

  /** Passes over records below `offset`. */
  skipTo(offset: number): void {
    const buffer = this.#buffer
    while (this.#left > 0 && this.#offset < offset) {
      const at = this.#at
      this.#at +=
        recordHeaderBytes +
        buffer.readUInt32LE(at) +
        buffer.readUInt16LE(at + 14) +
        buffer.readUInt16LE(at + 16)
      this.#offset += 1
      this.#left -= 1
    }
  }
}

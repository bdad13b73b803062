import { open, readFile } from 'node:fs/promises'
import type { Quantized } from './quantized.ts'

/** Bytes of a key: the first of a SHA-256. */
export const keyBytes = 16
const magic = 'HLVECTOR'
const headBytes = 16

/** One vector of a file, under the key of its text. */
export interface StoredVector extends Quantized {
  key: Buffer
}

/**
 * Vectors in a file that only grows: a head (8 bytes, then the width as a 32-bit number, padded to 16), then for each its key, its unit
 * as a 32-bit float and its numbers of 8 bits. Both numbers are little-endian. A record that a crash cut off is not read, and is
 * written over by the next.
 */
export async function appendVectors(path: string, vectors: readonly StoredVector[]): Promise<void> {
  const [first] = vectors
  if (first === undefined) return
  const width = first.values.length
  const file = await open(path, 'a+')
  try {
    const { size } = await file.stat()
    const torn = size < headBytes ? size : (size - headBytes) % recordBytes(width)
    if (torn > 0) await file.truncate(size - torn)
    if (size < headBytes) {
      const head = Buffer.alloc(headBytes)
      head.write(magic, 'latin1')
      head.writeUInt32LE(width, magic.length)
      await file.appendFile(head)
    }
    const records = vectors.map(({ key, values, unit }) => {
      const record = Buffer.alloc(recordBytes(width))
      key.copy(record, 0, 0, keyBytes)
      record.writeFloatLE(unit, keyBytes)
      record.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), keyBytes + 4)
      return record
    })
    await file.appendFile(Buffer.concat(records))
  } finally {
    await file.close()
  }
}

/** The vectors of a file, one after another as views of what was read; none where there is no such file. */
export async function readVectors(path: string): Promise<{ width: number; vectors: Iterable<StoredVector> }> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  if (bytes.length < headBytes || bytes.toString('latin1', 0, magic.length) !== magic)
    return { width: 0, vectors: [] }
  const width = bytes.readUInt32LE(magic.length)
  return { width, vectors: recordsOf(bytes, width) }
}

function* recordsOf(bytes: Buffer, width: number): Generator<StoredVector> {
  const size = recordBytes(width)
  for (let at = headBytes; at + size <= bytes.length; at += size)
    yield {
      key: bytes.subarray(at, at + keyBytes),
      unit: bytes.readFloatLE(at + keyBytes),
      values: new Int8Array(bytes.buffer, bytes.byteOffset + at + keyBytes + 4, width),
    }
}

function recordBytes(width: number): number {
  return keyBytes + 4 + width
}

/**
 * A frame, in both directions: two uint32 (bytes of the head, count of numbers), the head (JSON, padded with blanks to a multiple of eight
 * bytes; may be empty), the numbers as float64. All of it little-endian.
 */
export interface Frame {
  head: string
  numbers: Float64Array
}

const prefixBytes = 8
/** More than this in one frame is no frame: the program writes something else there. */
const mostBytes = 1 << 28

/** The bytes of a frame, in memory of their own. */
export function encodeFrame({ head, numbers }: Frame): Buffer<ArrayBuffer> {
  const text = Buffer.from(head)
  const headBytes = Math.ceil(text.length / 8) * 8
  const bytes = Buffer.allocUnsafeSlow(prefixBytes + headBytes + numbers.byteLength)
  bytes.fill(' ', prefixBytes, prefixBytes + headBytes)
  bytes.writeUInt32LE(headBytes, 0)
  bytes.writeUInt32LE(numbers.length, 4)
  text.copy(bytes, prefixBytes)
  bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), prefixBytes + headBytes)
  return bytes
}

/** Bytes of the frame that begins here; null while its prefix is not whole, NaN where it cannot be one. */
export function frameBytes(bytes: Buffer): number | null {
  if (bytes.length < prefixBytes) return null
  const headBytes = bytes.readUInt32LE(0)
  const length = prefixBytes + headBytes + 8 * bytes.readUInt32LE(4)
  return length > mostBytes || headBytes % 8 !== 0 ? NaN : length
}

/** A frame that is whole. The numbers are a copy. */
export function decodeFrame(bytes: Buffer): Frame {
  const headBytes = bytes.readUInt32LE(0)
  const count = bytes.readUInt32LE(4)
  const head = bytes.toString('utf8', prefixBytes, prefixBytes + headBytes).trimEnd()
  const numbers = new Float64Array(count)
  bytes.copy(new Uint8Array(numbers.buffer), 0, prefixBytes + headBytes, prefixBytes + headBytes + 8 * count)
  return { head, numbers }
}

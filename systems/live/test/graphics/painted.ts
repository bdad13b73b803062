import { inflateSync } from 'node:zlib'

/** What a picture holds that is not wholly transparent: how many pixels, and the box around them. */
export interface Painted {
  pixels: number
  left: number
  top: number
  right: number
  bottom: number
}

const bytesPerPixel = 4

/**
 * Reads the alpha of a PNG with 8-bit RGBA and no interlace, as Chromium's screenshots are (PNG specification, third edition: chunks 5.3,
 * filters 9.2). Coordinates are multiplied by `scale`.
 */
export function readPainted(png: Buffer, scale: number): Painted {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  if (png[24] !== 8 || png[25] !== 6 || png[28] !== 0) throw new Error('This reads 8-bit RGBA only.')
  const parts: Buffer[] = []
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * bytesPerPixel
  const painted = { pixels: 0, left: Infinity, top: Infinity, right: -1, bottom: -1 }
  let above = new Uint8Array(stride)
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1)
    const row = Uint8Array.from(raw.subarray(start + 1, start + 1 + stride))
    unfilter(raw[start] ?? 0, row, above)
    for (let x = 0; x < width; x++) {
      if (row[x * bytesPerPixel + 3] === 0) continue
      painted.pixels++
      painted.left = Math.min(painted.left, x * scale)
      painted.right = Math.max(painted.right, (x + 1) * scale)
      painted.top = Math.min(painted.top, y * scale)
      painted.bottom = Math.max(painted.bottom, (y + 1) * scale)
    }
    above = row
  }
  return painted
}

function unfilter(filter: number, row: Uint8Array, above: Uint8Array): void {
  for (let at = 0; at < row.length; at++) {
    const left = row[at - bytesPerPixel] ?? 0
    const up = above[at] ?? 0
    const corner = above[at - bytesPerPixel] ?? 0
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    row[at] = (row[at] ?? 0) + guess
  }
}

function paeth(left: number, up: number, corner: number): number {
  const sum = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

import { HeavyliftError } from '@heavylift/core'
import { gunzipSync, gzipSync } from 'node:zlib'
import { fineLabels } from '../domain/labels.ts'
import { featureBits } from './features.ts'
import type { TaggerWeights } from './tagger.ts'

const format = 1
const labelCount = fineLabels.length
const denseCount = 2 * labelCount * labelCount + 2 * labelCount
const headerBytes = 16 + denseCount * 4

/**
 * Weights as a file: a header of format, bits of features and labels, the greatest weight; transitions, starts and ends as floats; then each
 * row as how far its feature is from the one before, how many weights it has, and these as label and weight in 127ths of the greatest.
 */
export function writeWeights(weights: TaggerWeights): Buffer {
  const { rows, rowStarts, rowLabels, rowWeights, transitions, starts, ends } = weights
  const greatest = rowWeights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  const header = Buffer.alloc(headerBytes)
  header.writeUInt32LE(format, 0)
  header.writeUInt32LE(featureBits, 4)
  header.writeUInt32LE(labelCount, 8)
  header.writeFloatLE(greatest, 12)
  for (const [at, weight] of [...transitions, ...starts, ...ends].entries())
    header.writeFloatLE(weight, 16 + at * 4)
  const bytes: number[] = []
  let last = 0
  for (const [feature, row] of rows.entries()) {
    if (row < 0) continue
    const cells: number[] = []
    for (let at = rowStarts[row] as number; at < (rowStarts[row + 1] as number); at++) {
      const weight = Math.round(((rowWeights[at] as number) / greatest) * 127)
      if (weight !== 0) cells.push(rowLabels[at] as number, weight & 0xff)
    }
    if (cells.length === 0) continue
    for (let rest = feature - last; ; rest >>>= 7) {
      bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
      if (rest <= 0x7f) break
    }
    last = feature
    bytes.push(cells.length / 2, ...cells)
  }
  return gzipSync(Buffer.concat([header, Buffer.from(bytes)]), { level: 9 })
}

/** Throws `weights-invalid` where the file is broken or of another version. */
export function readWeights(file: Uint8Array): TaggerWeights {
  const invalid = (why: string, cause?: unknown) =>
    new HeavyliftError({
      code: 'weights-invalid',
      message: `The weights of the address tagger are ${why}. Take those of this version, or train: npx heavylift address train.`,
      cause,
    })
  let bytes: Buffer
  try {
    bytes = gunzipSync(file)
  } catch (error) {
    throw invalid('not readable', error)
  }
  if (bytes.length < headerBytes || bytes.readUInt32LE(0) !== format) throw invalid('of another format')
  if (bytes.readUInt32LE(4) !== featureBits || bytes.readUInt32LE(8) !== labelCount)
    throw invalid('of a version with other features or labels')
  const scale = bytes.readFloatLE(12) / 127
  const dense = Float32Array.from({ length: denseCount }, (_, at) => bytes.readFloatLE(16 + at * 4))
  const rows = new Int32Array(2 ** featureBits).fill(-1)
  const rowStarts = [0]
  const rowLabels: number[] = []
  const rowWeights: number[] = []
  let feature = 0
  for (let at = headerBytes; at < bytes.length;) {
    let byte = 0
    for (let shift = 0; ; shift += 7) {
      byte = bytes[at++] ?? 0
      feature += (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    const count = bytes[at++]
    if (feature >= rows.length || count === undefined || at + 2 * count > bytes.length)
      throw invalid('cut or damaged')
    rows[feature] = rowStarts.length - 1
    for (const end = at + 2 * count; at < end; at += 2) {
      rowLabels.push(bytes[at] as number)
      rowWeights.push(bytes.readInt8(at + 1) * scale)
    }
    rowStarts.push(rowLabels.length)
  }
  const matrices = 2 * labelCount * labelCount
  return {
    rows,
    rowStarts: Int32Array.from(rowStarts),
    rowLabels: Uint8Array.from(rowLabels),
    rowWeights: Float32Array.from(rowWeights),
    transitions: dense.slice(0, matrices),
    starts: dense.slice(matrices, matrices + labelCount),
    ends: dense.slice(matrices + labelCount),
  }
}

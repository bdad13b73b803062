import { HeavyliftError } from '@heavylift/core'
import { gunzipSync, gzipSync } from 'node:zlib'
import { fineLabels } from '../domain/labels.ts'
import { featureBits } from './features.ts'
import type { TaggerWeights } from './tagger.ts'

const format = 1
const labelCount = fineLabels.length
const denseCount = 2 * labelCount * labelCount + 2 * labelCount

/**
 * Weights as a file: a header of format, bits of features and labels, the greatest weight; transitions, starts and ends as floats; then each
 * row as how far its feature is from the one before, how many weights it has, and these as label and weight in 127ths of the greatest.
 */
export function writeWeights({ rows, emissions, transitions, starts, ends }: TaggerWeights): Buffer {
  const greatest = emissions.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  const header = Buffer.alloc(16 + denseCount * 4)
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
    const weights: number[] = []
    for (let label = 0; label < labelCount; label++) {
      const weight = Math.round(((emissions[row * labelCount + label] as number) / greatest) * 127)
      if (weight !== 0) weights.push(label, weight & 0xff)
    }
    if (weights.length === 0) continue
    for (let rest = feature - last; ; rest >>>= 7) {
      bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
      if (rest <= 0x7f) break
    }
    last = feature
    bytes.push(weights.length / 2)
    // Not spread into the call, whose arguments have a limit.
    for (const byte of weights) bytes.push(byte)
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
  if (bytes.length < 16 + denseCount * 4 || bytes.readUInt32LE(0) !== format)
    throw invalid('of another format')
  if (bytes.readUInt32LE(4) !== featureBits || bytes.readUInt32LE(8) !== labelCount)
    throw invalid('of a version with other features or labels')
  const scale = bytes.readFloatLE(12) / 127
  const dense = Float32Array.from({ length: denseCount }, (_, at) => bytes.readFloatLE(16 + at * 4))
  const rows = new Int32Array(2 ** featureBits).fill(-1)
  const starts: number[] = []
  let feature = 0
  for (let at = 16 + denseCount * 4; at < bytes.length;) {
    let byte = 0
    for (let shift = 0; ; shift += 7) {
      byte = bytes[at++] ?? 0
      feature += (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    if (feature >= rows.length || at >= bytes.length) throw invalid('cut or damaged')
    rows[feature] = starts.length
    starts.push(at)
    at += 1 + 2 * (bytes[at] as number)
  }
  const emissions = new Float32Array(starts.length * labelCount)
  for (const [row, start] of starts.entries())
    for (let index = 0; index < (bytes[start] as number); index++) {
      const label = bytes[start + 1 + 2 * index] as number
      emissions[row * labelCount + label] = bytes.readInt8(start + 2 + 2 * index) * scale
    }
  const matrices = 2 * labelCount * labelCount
  return {
    rows,
    emissions,
    transitions: dense.slice(0, matrices),
    starts: dense.slice(matrices, matrices + labelCount),
    ends: dense.slice(matrices + labelCount),
  }
}

import type { Dataset } from '../model.ts'

/** Bin of a missing value in every column; values have bins 0..253. */
export const missingBin = 254
/** Room for one column's bins, missing included. */
export const binRoom = 255

/** Features as bins: column by column, `bins[column × rows + row]`. A value is in bin b when `edge[b-1] < value <= edge[b]`. */
export interface BinnedFeatures {
  rows: number
  bins: Uint8Array
  /** Upper edges of each column's bins but the last, ascending, exact in float32. */
  edges: Float32Array[]
}

/** Cuts every column at quantiles of its distinct values; few distinct values get a bin each. At most 254 bins. */
export function binFeatures(data: Dataset, maxBins: number): BinnedFeatures {
  const width = data.columns.length
  const rows = data.labels.length
  const bins = new Uint8Array(rows * width)
  const edges: Float32Array[] = []
  for (let column = 0; column < width; column++) {
    const present = new Float64Array(rows)
    let count = 0
    for (let row = 0; row < rows; row++) {
      const value = data.features[row * width + column]!
      if (!Number.isNaN(value)) present[count++] = value
    }
    const cuts = cutAt(present.subarray(0, count).sort(), Math.min(maxBins, missingBin))
    edges.push(cuts)
    for (let row = 0; row < rows; row++) {
      const value = data.features[row * width + column]!
      bins[column * rows + row] = Number.isNaN(value) ? missingBin : binOf(cuts, value)
    }
  }
  return { rows, bins, edges }
}

function cutAt(sorted: Float64Array, maxBins: number): Float32Array {
  let distinct = sorted.length > 0 ? 1 : 0
  for (let at = 1; at < sorted.length; at++) if (sorted[at] !== sorted[at - 1]) distinct += 1
  const step = distinct <= maxBins ? 0 : sorted.length / maxBins
  const cuts = new Set<number>()
  let next = step
  for (let at = 1; at < sorted.length && cuts.size < maxBins - 1; at++) {
    const below = sorted[at - 1]!
    const value = sorted[at]!
    if (value === below || at < next) continue
    const cut = Math.fround(below + (value - below) / 2)
    // Rounding to float32 may fall on the upper value, which would put both in one bin.
    cuts.add(cut < value ? cut : Math.fround(below))
    next = Math.max(next + step, at)
  }
  return Float32Array.from(cuts)
}

function binOf(cuts: Float32Array, value: number): number {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= cuts[middle]!) high = middle
    else low = middle + 1
  }
  return low
}

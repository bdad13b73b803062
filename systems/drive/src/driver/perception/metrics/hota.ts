import { Assignment } from '../tracking/assignment.ts'

/** One moment: ids and places (x, y, x, y, …) of what is there and of what is tracked. */
export interface HotaFrame {
  truthIds: ArrayLike<number>
  truth: ArrayLike<number>
  trackIds: ArrayLike<number>
  tracks: ArrayLike<number>
}

export interface Hota {
  hota: number
  detA: number
  assA: number
  locA: number
}

/** Localisation thresholds 0.05, 0.10, …, 0.95. */
const alphas = Array.from({ length: 19 }, (_, index) => (index + 1) * 0.05)
const slack = 1e-9

/**
 * Higher order tracking accuracy (Luiten et al. 2021), averaged over 19 thresholds. Similarity falls from 1 at distance 0 to 0 at `zeroM`, as in the
 * Argoverse 2 tracking benchmark (2 m). Matching prefers pairs of ids that go together over the whole sequence, as the paper's reference code does.
 */
export function hota(frames: readonly HotaFrame[], zeroM: number): Hota {
  const truthIndex = indexIds(frames.map((frame) => frame.truthIds))
  const trackIndex = indexIds(frames.map((frame) => frame.trackIds))
  const width = trackIndex.size
  const truthCount = new Float64Array(truthIndex.size)
  const trackCount = new Float64Array(width)
  const potential = new Float64Array(truthIndex.size * width)
  const similarities = frames.map((frame) => similarity(frame, zeroM))
  for (const [at, frame] of frames.entries()) {
    const similar = similarities[at] as Float64Array
    const { rows, columns, truth, track } = rowsOf(frame, truthIndex, trackIndex)
    const rowSum = new Float64Array(rows)
    const columnSum = new Float64Array(columns)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const value = similar[row * columns + column] as number
        rowSum[row] = (rowSum[row] as number) + value
        columnSum[column] = (columnSum[column] as number) + value
      }
    for (const one of truth) truthCount[one] = (truthCount[one] as number) + 1
    for (const one of track) trackCount[one] = (trackCount[one] as number) + 1
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const value = similar[row * columns + column] as number
        if (value === 0) continue
        const both = (rowSum[row] as number) + (columnSum[column] as number) - value
        const cell = (truth[row] as number) * width + (track[column] as number)
        potential[cell] = (potential[cell] as number) + value / both
      }
  }
  const alignment = potential.map((value, cell) => {
    const union =
      (truthCount[Math.floor(cell / width)] as number) + (trackCount[cell % width] as number) - value
    return union > 0 ? value / union : 0
  })

  const pairs = alphas.map(() => new Float64Array(truthIndex.size * width))
  const hits = alphas.map(() => 0)
  const nearness = alphas.map(() => 0)
  const assignment = new Assignment()
  let present = 0
  let tracked = 0
  for (const [at, frame] of frames.entries()) {
    const similar = similarities[at] as Float64Array
    const { rows, columns, truth, track } = rowsOf(frame, truthIndex, trackIndex)
    present += rows
    tracked += columns
    if (rows === 0 || columns === 0) continue
    const size = Math.max(rows, columns)
    const costs = new Float64Array(size * size)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        costs[row * size + column] =
          -(alignment[(truth[row] as number) * width + (track[column] as number)] as number) *
          (similar[row * columns + column] as number)
    assignment.solve(costs, size, size)
    for (let row = 0; row < rows; row++) {
      const column = assignment.columnOf[row] as number
      if (column >= columns) continue
      const value = similar[row * columns + column] as number
      const cell = (truth[row] as number) * width + (track[column] as number)
      for (const [index, alpha] of alphas.entries()) {
        if (value < alpha - slack) break
        hits[index] = (hits[index] as number) + 1
        nearness[index] = (nearness[index] as number) + value
        const pair = pairs[index] as Float64Array
        pair[cell] = (pair[cell] as number) + 1
      }
    }
  }
  let detSum = 0
  let assSum = 0
  let hotaSum = 0
  let locSum = 0
  for (const [index] of alphas.entries()) {
    const hit = hits[index] as number
    const detA = hit / Math.max(1, present + tracked - hit)
    let assA = 0
    for (const [cell, together] of (pairs[index] as Float64Array).entries()) {
      if (together === 0) continue
      const union =
        (truthCount[Math.floor(cell / width)] as number) + (trackCount[cell % width] as number) - together
      assA += (together * together) / union
    }
    assA /= Math.max(1, hit)
    detSum += detA
    assSum += assA
    hotaSum += Math.sqrt(detA * assA)
    locSum += hit > 0 ? (nearness[index] as number) / hit : 1
  }
  const count = alphas.length
  return { hota: hotaSum / count, detA: detSum / count, assA: assSum / count, locA: locSum / count }
}

function indexIds(frames: ArrayLike<number>[]): Map<number, number> {
  const index = new Map<number, number>()
  for (const ids of frames)
    for (let at = 0; at < ids.length; at++)
      if (!index.has(ids[at] as number)) index.set(ids[at] as number, index.size)
  return index
}

function rowsOf(frame: HotaFrame, truthIndex: Map<number, number>, trackIndex: Map<number, number>) {
  const truth = Array.from(frame.truthIds, (id) => truthIndex.get(id) as number)
  const track = Array.from(frame.trackIds, (id) => trackIndex.get(id) as number)
  return { rows: truth.length, columns: track.length, truth, track }
}

function similarity({ truth, tracks }: HotaFrame, zeroM: number): Float64Array {
  const rows = truth.length / 2
  const columns = tracks.length / 2
  const out = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const distance = Math.hypot(
        (truth[2 * row] as number) - (tracks[2 * column] as number),
        (truth[2 * row + 1] as number) - (tracks[2 * column + 1] as number),
      )
      out[row * columns + column] = Math.max(0, 1 - distance / zeroM)
    }
  return out
}

import { agePlace } from './age-scale.ts'

export interface PlacedMark<Call> {
  call: Call
  row: number
  /** Pixels from the start of the lane. */
  left: number
}

/**
 * Places calls by their age so that no two cover each other: calls of the same age stand side by side. Where a row is
 * full, its youngest calls are left out. `rows` is of `assignRows`; `width` and `step` (one mark with its gap) in pixels.
 */
export function packMarks<Call extends { id: string; ageMs: number }>(
  calls: readonly Call[],
  rows: ReadonlyMap<string, number>,
  width: number,
  step: number,
): PlacedMark<Call>[] {
  const mostInRow = Math.max(0, Math.floor(width / step))
  const last = width - step
  return [...Map.groupBy(calls, ({ id }) => rows.get(id) ?? 0)].flatMap(([row, inRow]) => {
    const oldestFirst = inRow.toSorted((a, b) => b.ageMs - a.ageMs).slice(0, mostInRow)
    // Towards the start as far as the older neighbour asks, then back as far as the start allows.
    let limit = last
    const lefts = oldestFirst.map(({ ageMs }) => {
      const left = Math.min(agePlace(ageMs) * last, limit)
      limit = left - step
      return left
    })
    let least = 0
    for (let i = lefts.length - 1; i >= 0; i--) {
      const left = Math.max(lefts[i] ?? 0, least)
      lefts[i] = left
      least = left + step
    }
    return oldestFirst.map((call, index) => ({ call, row, left: lefts[index] ?? 0 }))
  })
}

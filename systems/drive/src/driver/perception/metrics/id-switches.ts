import { Assignment } from '../tracking/assignment.ts'
import type { HotaFrame } from './hota.ts'

/** For each truth of one moment the index of its track in the frame, or −1. */
export type Matches = Int32Array

const never = 1e6

/**
 * Matches tracks with truth as CLEAR MOT does (Bernardin and Stiefelhagen 2008): a pair that was together stays so while it is within `withinM`, the others
 * are assigned by least distance. Counts how often the track of a truth becomes another one.
 */
export class IdMatcher {
  switches = 0
  readonly #withinM: number
  readonly #assignment = new Assignment()
  readonly #trackOf = new Map<number, number>()

  constructor(withinM: number) {
    this.#withinM = withinM
  }

  match({ truthIds, truth, trackIds, tracks }: HotaFrame): Matches {
    const rows = truthIds.length
    const columns = trackIds.length
    const matches = new Int32Array(rows).fill(-1)
    const size = Math.max(rows, columns)
    if (rows === 0 || columns === 0) return matches
    const costs = new Float64Array(size * size).fill(never)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const distance = Math.hypot(
          (truth[2 * row] as number) - (tracks[2 * column] as number),
          (truth[2 * row + 1] as number) - (tracks[2 * column + 1] as number),
        )
        if (distance > this.#withinM) continue
        const isKept = this.#trackOf.get(truthIds[row] as number) === trackIds[column]
        costs[row * size + column] = isKept ? distance - 1e3 : distance
      }
    this.#assignment.solve(costs, size, size)
    for (let row = 0; row < rows; row++) {
      const column = this.#assignment.columnOf[row] as number
      if (column >= columns || (costs[row * size + column] as number) >= never) continue
      matches[row] = column
      const id = truthIds[row] as number
      const before = this.#trackOf.get(id)
      if (before !== undefined && before !== trackIds[column]) this.switches++
      this.#trackOf.set(id, trackIds[column] as number)
    }
    return matches
  }
}

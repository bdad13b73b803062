import { createRandom } from '@heavylift/core'
import type { Dataset } from '../../src/learn/model.ts'

/** Rows of `rowsPerGame` a game; `row` writes the features and returns the label. */
export function madeDataset(
  columns: readonly string[],
  games: number,
  rowsPerGame: number,
  row: (random: () => number, features: Float64Array) => number,
): Dataset {
  const source = createRandom('made-data')
  const random = (): number => source.next()
  const count = games * rowsPerGame
  const features = new Float64Array(count * columns.length)
  const labels = new Float64Array(count)
  const groups: string[] = []
  for (let at = 0; at < count; at++) {
    labels[at] = row(random, features.subarray(at * columns.length, (at + 1) * columns.length))
    groups.push(`game-${Math.floor(at / rowsPerGame)}`)
  }
  return { columns, features, labels, groups }
}

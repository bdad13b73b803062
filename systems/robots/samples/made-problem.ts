import { createRandom } from '@heavylift/core'
import { partsOf } from '../src/floor/floor.ts'
import { readMap } from '../src/floor/read-map.ts'
import type { Problem } from '../src/problem/problem.ts'
import { makeMap, mapText } from './made-floors.ts'
import type { MadeKind } from './made-floors.ts'

export interface MadeProblemOptions {
  kind: MadeKind
  rows: number
  columns: number
  /** Robots as a share of the free cells of the largest part. */
  share: number
  seed: string
  tasks?: number
  /** Aisles that run from top to bottom are one-way, one down, the next up. */
  isOneWay?: boolean
}

/** A problem on a made floor, rules of 2024: tasks of one to five errands between any cells of the largest part. */
export function makeProblem(options: MadeProblemOptions): Problem {
  const { kind, rows, columns, share, seed, tasks = 5000, isOneWay = false } = options
  const random = createRandom(`robots ${kind} ${seed}`)
  const floor = readMap(mapText(makeMap(kind, rows, columns, random)), 'made.map')
  const part = partsOf(floor)
  const cells = Array.from(part.keys()).filter((cell) => part[cell] === 0)
  if (isOneWay)
    for (const cell of cells) {
      const [row, column] = [Math.floor(cell / columns), cell % columns]
      // Between the shelves only: the cross aisles at both ends stay two-way, so that all can be reached.
      const isAisle = row > 2 && row < rows - 3 && column > 2 && column < columns - 3
      if (isAisle && part[cell - 1] === -1 && part[cell + 1] === -1)
        floor.ahead[cell * 4 + (Math.floor(column / 2) % 2 === 0 ? 3 : 1)] = -1
    }
  const robots = Math.max(1, Math.floor(cells.length * share))
  return {
    name: `${kind}${isOneWay ? ' one-way' : ''} ${seed}`,
    rules: { round: '2024' },
    floor,
    starts: Int32Array.from(random.sample(cells, robots), (cell) => cell * 4),
    tasks: Array.from({ length: tasks }, () =>
      Int32Array.from({ length: random.int(1, 5) }, () => random.pick(cells)),
    ),
    revealed: 1.5,
    skipped: [],
  }
}

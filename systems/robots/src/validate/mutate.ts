import type { Random } from '@heavylift/core'
import type { StepsToCheck, Violation } from './validate-steps.ts'

/** A change of a plan that keeps the rules, after which it breaks one: which, at which step, by whom. */
export interface Mutation {
  check: StepsToCheck
  expected: Pick<Violation, 'step' | 'kind' | 'robots'>
}

const deltas = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
] as const

type Kind = 'drive-into-wall' | 'stop-before-follower' | 'drive-into-neighbour' | 'meet' | 'unknown' | 'start'
export const mutationKinds: readonly Kind[] = [
  'drive-into-wall',
  'stop-before-follower',
  'drive-into-neighbour',
  'meet',
  'unknown',
  'start',
]

/**
 * Makes a plan that keeps all rules break one, in a way whose fault is known beforehand: a robot drives into a wall, stops before one that follows, drives into one that stays,
 * two that face each other both drive, a letter is none, two start on one cell. For proving a validator. Null where chance found no place for the kind.
 */
export function mutate(check: StepsToCheck, kind: Kind, random: Random): Mutation | null {
  const { starts, paths } = check
  const robots = starts.length
  const change = (
    edits: readonly (readonly [robot: number, step: number, letter: string])[],
  ): StepsToCheck => {
    const changed = [...paths]
    for (const [robot, step, letter] of edits) {
      const path = changed[robot]!
      changed[robot] = path.slice(0, step - 1) + letter + path.slice(step)
    }
    return { ...check, paths: changed }
  }
  if (kind === 'unknown') {
    const robot = random.int(0, robots - 1)
    const step = random.int(1, paths[robot]!.length)
    return {
      check: change([[robot, step, 'X']]),
      expected: { step, kind: 'unknown-action', robots: [robot] },
    }
  }
  if (kind === 'start') {
    if (robots < 2) return null
    const [one, other] = random.sample([...starts.keys()], 2).toSorted((a, b) => a - b) as [number, number]
    const moved = starts.map((start, robot) => (robot === other ? { ...starts[one]! } : start))
    return { check: { ...check, starts: moved }, expected: { step: 0, kind: 'start', robots: [one, other] } }
  }
  const step = random.int(1, Math.max(...paths.map((path) => path.length)))
  const at = starts.map((start) => ({ ...start }))
  for (let time = 1; time < step; time++)
    for (const [robot, position] of at.entries()) move(position, paths[robot]![time - 1] ?? 'W')
  const here = new Map(at.map(({ row, column }, robot) => [row * check.columns + column, robot]))
  const isFree = (row: number, column: number): boolean =>
    row >= 0 && column >= 0 && row < check.rows && column < check.columns && check.mayStand(row, column)
  const doing = (robot: number): string => paths[robot]![step - 1] ?? 'W'
  const first = random.int(0, robots - 1)
  for (let tried = 0; tried < robots; tried++) {
    const robot = (first + tried) % robots
    if (paths[robot]!.length < step) continue
    const { row, column, facing } = at[robot]!
    const [toRow, toColumn] = [row + deltas[facing]![0], column + deltas[facing]![1]]
    const neighbour = here.get(toRow * check.columns + toColumn)
    const isNeighbour = neighbour !== undefined && isFree(toRow, toColumn)
    if (kind === 'drive-into-wall' && !isFree(toRow, toColumn))
      return { check: change([[robot, step, 'F']]), expected: { step, kind: 'wall', robots: [robot] } }
    if (kind === 'stop-before-follower' && doing(robot) === 'F' && isNeighbour && doing(neighbour) === 'F')
      return pairMutation(change([[neighbour, step, 'W']]), step, 'same-cell', robot, neighbour)
    if (kind === 'drive-into-neighbour' && doing(robot) !== 'F' && isNeighbour && doing(neighbour) !== 'F')
      return pairMutation(change([[robot, step, 'F']]), step, 'same-cell', robot, neighbour)
    if (
      kind === 'meet' &&
      isNeighbour &&
      at[neighbour]!.facing === (facing + 2) % 4 &&
      paths[neighbour]!.length >= step
    )
      return pairMutation(
        change([
          [robot, step, 'F'],
          [neighbour, step, 'F'],
        ]),
        step,
        'swap',
        robot,
        neighbour,
      )
  }
  return null
}

const pairMutation = (
  check: StepsToCheck,
  step: number,
  kind: Violation['kind'],
  one: number,
  other: number,
): Mutation => ({ check, expected: { step, kind, robots: [Math.min(one, other), Math.max(one, other)] } })

function move(position: { row: number; column: number; facing: number }, action: string): void {
  if (action === 'F') {
    position.row += deltas[position.facing]![0]
    position.column += deltas[position.facing]![1]
  } else if (action === 'R') position.facing = (position.facing + 1) % 4
  else if (action === 'C') position.facing = (position.facing + 3) % 4
}

/** What two rules of motion a step broke: which step, which robots, where. */
export interface Violation {
  step: number
  kind: 'wall' | 'same-cell' | 'swap' | 'unknown-action' | 'start'
  robots: number[]
  row: number
  column: number
  message: string
}

/** What is checked: a map as text rows, starts, and letters of actions. Nothing of the planner's own. */
export interface StepsToCheck {
  rows: number
  columns: number
  /** True where a robot may stand, row by row. */
  mayStand: (row: number, column: number) => boolean
  /** True where a robot may go from a cell to its neighbour; without it, wherever it may stand. */
  mayGo?: (row: number, column: number, toRow: number, toColumn: number) => boolean
  starts: readonly { row: number; column: number; facing: number }[]
  /** Letters F R C W of each robot; a path that ends early waits from there on. */
  paths: readonly string[]
}

export interface Checked {
  steps: number
  violations: Violation[]
  /** Row, column and facing of each robot at the end. */
  ends: { row: number; column: number; facing: number }[]
}

const facings = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
] as const

/**
 * Replays every step by the rules of 2024: nobody leaves the floor, no two on one cell after a step, no two exchange cells in it. Following and turning in a ring
 * are allowed. Independent of the planner and the simulator, whose code it shares nothing with: positions are rows and columns, and every pair is looked up
 * by place. A robot that broke a rule is moved all the same, so that one fault is named once and not at every step after.
 * @param onStep is called after each step with the positions, for who wants to know what was reached
 * @param most violations are kept
 */
export function validateSteps(
  { rows, columns, mayStand, mayGo, starts, paths }: StepsToCheck,
  onStep?: (step: number, robots: readonly { row: number; column: number; facing: number }[]) => void,
  most = 1000,
): Checked {
  const violations: Violation[] = []
  const report = (violation: Omit<Violation, 'message'>, what: string): void => {
    const { step, row, column, robots } = violation
    const who = robots.length === 1 ? `robot ${robots[0]}` : `robots ${robots.join(' and ')}`
    if (violations.length < most)
      violations.push({
        ...violation,
        message: `step ${step}: ${who} at row ${row}, column ${column}: ${what}`,
      })
  }
  const at = starts.map((start) => ({ ...start }))
  const here = new Map<number, number>()
  const isInside = (row: number, column: number): boolean =>
    row >= 0 && column >= 0 && row < rows && column < columns && mayStand(row, column)
  for (const [robot, { row, column }] of at.entries()) {
    const place = { step: 0, row, column }
    if (!isInside(row, column))
      report({ ...place, kind: 'start', robots: [robot] }, 'starts where none may stand')
    const other = here.get(row * columns + column)
    if (other !== undefined) report({ ...place, kind: 'start', robots: [other, robot] }, 'start on one cell')
    here.set(row * columns + column, robot)
  }
  const steps = paths.reduce((longest, path) => Math.max(longest, path.length), 0)
  let before = here
  for (let step = 1; step <= steps; step++) {
    const after = new Map<number, number>()
    const cameFrom = new Map<number, number>()
    for (const [robot, position] of at.entries()) {
      const action = paths[robot]?.[step - 1] ?? 'W'
      const [row, column] = [position.row, position.column]
      if (action === 'F') {
        const [down, right] = facings[position.facing]!
        const [toRow, toColumn] = [row + down, column + right]
        if (!isInside(toRow, toColumn) || (mayGo !== undefined && !mayGo(row, column, toRow, toColumn)))
          report({ step, kind: 'wall', robots: [robot], row, column }, 'drives where none may')
        else {
          position.row = toRow
          position.column = toColumn
          cameFrom.set(robot, row * columns + column)
        }
      } else if (action === 'R') position.facing = (position.facing + 1) % 4
      else if (action === 'C') position.facing = (position.facing + 3) % 4
      else if (action !== 'W')
        report({ step, kind: 'unknown-action', robots: [robot], row, column }, `does "${action}"`)
      const place = position.row * columns + position.column
      const other = after.get(place)
      if (other === undefined) after.set(place, robot)
      else
        report(
          { step, kind: 'same-cell', robots: [other, robot], row: position.row, column: position.column },
          'are on one cell',
        )
    }
    for (const [robot, from] of cameFrom) {
      const { row, column } = at[robot]!
      const other = before.get(row * columns + column)
      if (other === undefined || other <= robot || cameFrom.get(other) === undefined) continue
      const there = at[other]!
      if (there.row * columns + there.column === from)
        report({ step, kind: 'swap', robots: [robot, other], row, column }, 'exchange cells')
    }
    before = after
    onStep?.(step, at)
  }
  return { steps, violations, ends: at }
}

/** What two or one did in a tick that the rules of 2026 forbid. */
export interface TickViolation {
  tick: number
  kind: 'wall' | 'overlap' | 'changed-action' | 'unknown-action' | 'delayed'
  robots: number[]
  message: string
}

export interface TicksToCheck {
  rows: number
  columns: number
  mayStand: (row: number, column: number) => boolean
  /** Ticks of an action. */
  ticks: number
  /** Side of the square that a robot fills, in cells. */
  size: number
  starts: readonly { row: number; column: number; facing: number }[]
  /** A letter F R C W a tick, for each robot. */
  paths: readonly string[]
  /** Robots that are delayed in each tick, where that is known. */
  delayed?: readonly (readonly number[])[]
}

interface Body {
  row: number
  column: number
  facing: number
  doing: string
  done: number
}

const [downs, rights] = [
  [0, 1, 0, -1],
  [1, 0, -1, 0],
]

/**
 * Replays ticks by the rules of 2026: an action once begun is finished before another, nobody leaves the floor, squares never overlap, not within a tick either, and
 * who is delayed does nothing. Counts in whole parts of a cell, `ticks` to a cell; shares no code with the simulator, the executor and the planner.
 * @param onTick is told the cells after each tick
 */
export function validateTicks(
  { rows, columns, mayStand, ticks, size, starts, paths, delayed }: TicksToCheck,
  onTick?: (tick: number, robots: readonly { row: number; column: number; facing: number }[]) => void,
  most = 1000,
): { ticks: number; violations: TickViolation[] } {
  const violations: TickViolation[] = []
  const report = (tick: number, kind: TickViolation['kind'], robots: number[], what: string): void => {
    if (violations.length < most)
      violations.push({ tick, kind, robots, message: `tick ${tick}: robots ${robots.join(' and ')} ${what}` })
  }
  const bodies: Body[] = starts.map((start) => ({ ...start, doing: 'W', done: 0 }))
  const side = size * ticks
  const length = paths.reduce((longest, path) => Math.max(longest, path.length), 0)
  /** Place of a body in parts of a cell. */
  const placeOf = ({ row, column, facing, doing, done }: Body): [number, number] => [
    row * ticks + (doing === 'F' ? downs![facing]! * done : 0),
    column * ticks + (doing === 'F' ? rights![facing]! * done : 0),
  ]
  for (let tick = 1; tick <= length; tick++) {
    const before = bodies.map(placeOf)
    const late = new Set(delayed?.[tick - 1] ?? [])
    const after = bodies.map((body, robot): [number, number] => {
      const letter = paths[robot]?.[tick - 1] ?? 'W'
      if (letter === 'W') return before[robot]!
      if (late.has(robot)) report(tick, 'delayed', [robot], 'acts while it is delayed')
      if (!'FRC'.includes(letter)) {
        report(tick, 'unknown-action', [robot], `does "${letter}"`)
        return before[robot]!
      }
      if (body.done > 0 && body.doing !== letter)
        report(tick, 'changed-action', [robot], `does ${letter} in the middle of ${body.doing}`)
      const [toRow, toColumn] = [body.row + downs![body.facing]!, body.column + rights![body.facing]!]
      const isInside = toRow >= 0 && toColumn >= 0 && toRow < rows && toColumn < columns
      if (letter === 'F' && !(isInside && mayStand(toRow, toColumn)))
        report(tick, 'wall', [robot], `drives where none may, at row ${body.row}, column ${body.column}`)
      body.doing = letter
      body.done++
      const reached = placeOf(body)
      if (body.done === ticks) {
        if (letter === 'F') [body.row, body.column] = [toRow, toColumn]
        else body.facing = (body.facing + (letter === 'R' ? 1 : 3)) % 4
        body.done = 0
        body.doing = 'W'
      }
      return reached
    })
    for (const [one, other] of closePairs(before, ticks, columns)) {
      const [apart, thenApart] = [
        [before[one]![0] - before[other]![0], before[one]![1] - before[other]![1]] as const,
        [after[one]![0] - after[other]![0], after[one]![1] - after[other]![1]] as const,
      ]
      if (overlaps(apart, thenApart, side))
        report(tick, 'overlap', [one, other], `overlap near row ${Math.floor(before[one]![0] / ticks)}`)
    }
    onTick?.(tick, bodies)
  }
  return { ticks: length, violations }
}

/** Pairs that are within three cells of each other. */
function* closePairs(
  places: readonly (readonly [number, number])[],
  ticks: number,
  columns: number,
): Generator<[number, number]> {
  const blocks = new Map<number, number[]>()
  const side = 3 * ticks
  const wide = columns + 9
  for (const [robot, [row, column]] of places.entries()) {
    const block = Math.floor(row / side + 1) * wide + Math.floor(column / side + 1)
    for (const near of [-wide - 1, -wide, -wide + 1, -1, 0])
      for (const other of blocks.get(block + near) ?? []) yield [other, robot]
    for (const near of [1, wide - 1, wide, wide + 1])
      for (const other of blocks.get(block + near) ?? []) yield [other, robot]
    const own = blocks.get(block)
    if (own) own.push(robot)
    else blocks.set(block, [robot])
  }
}

/** True where two squares overlap at a moment of an even motion: their distance is below a side along both axes at once. Looked at where either passes a side. */
function overlaps(from: readonly [number, number], to: readonly [number, number], side: number): boolean {
  const times = [0, 1]
  for (const axis of [0, 1] as const) {
    const change = to[axis] - from[axis]
    if (change === 0) continue
    for (const edge of [-side, side]) {
      const time = (edge - from[axis]) / change
      if (time > 0 && time < 1) times.push(time)
    }
  }
  const sorted = times.toSorted((a, b) => a - b)
  // Between two such moments nothing changes: the middle tells of all, and the ends of resting ones.
  const moments = [...sorted, ...sorted.slice(1).map((time, at) => (time + sorted[at]!) / 2)]
  return moments.some((time) =>
    ([0, 1] as const).every((axis) => Math.abs(from[axis] + (to[axis] - from[axis]) * time) < side - 1e-9),
  )
}

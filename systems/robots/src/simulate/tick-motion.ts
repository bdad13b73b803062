import type { Floor } from '../floor/floor.ts'

/** Where robots are between two ticks. */
export interface TickStates {
  /** Cell and direction of each robot; the cell changes when an action ends. */
  states: Int32Array
  /** Ticks that the action under way has taken; 0 where none is. */
  counts: Uint8Array
  /** Action under way: 0 ahead, 1 right, 2 left, 3 none. */
  under: Uint8Array
}

const wait = 3
const [unseen, visiting, decided] = [0, 1, 2]

/**
 * Moves all robots by a tick of the rules of 2026. An action takes so many ticks, and one that has begun can only pause. Robots are squares; a motion that would
 * overlap another's becomes a wait, and so does what counted on it: whoever is in the way is asked first whether it moves, and a ring of such questions is answered
 * with waits.
 */
export class TickMotion {
  readonly #floor: Floor
  readonly #ticks: number
  readonly #size: number
  readonly #robotsAt: Int32Array
  readonly #status: Uint8Array
  readonly #moves: Uint8Array
  /** Motions that were asked for and could not be. */
  refused = 0

  constructor(floor: Floor, ticks: number, size: number, robots: number) {
    this.#floor = floor
    this.#ticks = ticks
    this.#size = size
    this.#robotsAt = new Int32Array(floor.isFree.length).fill(-1)
    this.#status = new Uint8Array(robots)
    this.#moves = new Uint8Array(robots)
  }

  /** @param asked what each robot is to go on with or begin (3 waits) @returns what each did, in an array of its own */
  tick(now: TickStates, asked: Uint8Array): Uint8Array {
    const { states, counts, under } = now
    const robots = states.length
    this.#robotsAt.fill(-1)
    for (let robot = 0; robot < robots; robot++) this.#robotsAt[states[robot]! >> 2] = robot
    const wants = Uint8Array.from(asked, (action, robot) =>
      action === wait ? wait : counts[robot]! > 0 ? under[robot]! : action,
    )
    this.#status.fill(unseen)
    this.#moves.fill(0)
    for (let robot = 0; robot < robots; robot++) this.#resolve(now, wants, robot)
    for (let robot = 0; robot < robots; robot++) {
      if (wants[robot] === wait) continue
      if (this.#moves[robot] === 0) {
        wants[robot] = wait
        this.refused++
        continue
      }
      const action = wants[robot]!
      const count = counts[robot]! + 1
      counts[robot] = count === this.#ticks ? 0 : count
      under[robot] = count === this.#ticks ? wait : action
      if (count < this.#ticks) continue
      const state = states[robot]!
      states[robot] =
        action === 0
          ? this.#floor.ahead[state]! * 4 + (state & 3)
          : (state & ~3) | ((state + (action === 1 ? 1 : 3)) & 3)
    }
    return wants
  }

  /** Decides about a robot; true where it moves. */
  #resolve(now: TickStates, wants: Uint8Array, robot: number): boolean {
    if (this.#status[robot] === decided) return this.#moves[robot] === 1
    if (this.#status[robot] === visiting) return false
    this.#status[robot] = visiting
    const moves = wants[robot] !== wait && (wants[robot] !== 0 || this.#isClear(now, wants, robot))
    this.#status[robot] = decided
    this.#moves[robot] = moves ? 1 : 0
    return moves
  }

  #isClear(now: TickStates, wants: Uint8Array, robot: number): boolean {
    const { rows, columns, ahead } = this.#floor
    const state = now.states[robot]!
    if (ahead[state]! < 0) return false
    const [row, column] = [Math.floor((state >> 2) / columns), (state >> 2) % columns]
    for (let down = -2; down <= 2; down++)
      for (let right = -2; right <= 2; right++) {
        const [nearRow, nearColumn] = [row + down, column + right]
        if (nearRow < 0 || nearColumn < 0 || nearRow >= rows || nearColumn >= columns) continue
        const other = this.#robotsAt[nearRow * columns + nearColumn]!
        if (other < 0 || other === robot) continue
        if (this.#status[other] !== decided) {
          if (!this.#touches(now, robot, other, 0)) continue
          if (this.#status[other] === visiting) return false
          this.#resolve(now, wants, other)
        }
        const otherMoves = this.#moves[other] === 1 && wants[other] === 0 ? 1 : 0
        if (this.#touches(now, robot, other, otherMoves)) return false
      }
    return true
  }

  /** True where a robot that moves overlaps another at some moment of the tick, which moves by so many ticks (0 or 1). */
  #touches(now: TickStates, robot: number, other: number, otherMoves: number): boolean {
    const step = 1 / this.#ticks
    const [row, column, down, right] = this.#placeOf(now, robot)
    const [otherRow, otherColumn, otherDown, otherRight] = this.#placeOf(now, other)
    return isWithin(
      [row - otherRow, (down - otherDown * otherMoves) * step],
      [column - otherColumn, (right - otherRight * otherMoves) * step],
      this.#size - 1e-6,
    )
  }

  /** Row and column with the part of a step that is under way, and the direction. */
  #placeOf({ states, counts, under }: TickStates, robot: number): [number, number, number, number] {
    const state = states[robot]!
    const { columns } = this.#floor
    const down = (state & 3) === 1 ? 1 : (state & 3) === 3 ? -1 : 0
    const right = (state & 3) === 0 ? 1 : (state & 3) === 2 ? -1 : 0
    const part = under[robot] === 0 ? counts[robot]! / this.#ticks : 0
    return [
      Math.floor((state >> 2) / columns) + down * part,
      ((state >> 2) % columns) + right * part,
      down,
      right,
    ]
  }
}

/** True where two distances that change evenly are both below a limit at one moment between 0 and 1. */
function isWithin(
  [rowApart, rowChange]: readonly [number, number],
  [columnApart, columnChange]: readonly [number, number],
  limit: number,
): boolean {
  let [from, to] = [0, 1]
  for (const [apart, change] of [
    [rowApart, rowChange],
    [columnApart, columnChange],
  ] as const) {
    if (change === 0) {
      if (Math.abs(apart) >= limit) return false
      continue
    }
    const [first, second] = [(-limit - apart) / change, (limit - apart) / change]
    from = Math.max(from, Math.min(first, second))
    to = Math.min(to, Math.max(first, second))
  }
  return from < to
}

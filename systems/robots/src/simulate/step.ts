import type { Floor } from '../floor/floor.ts'

/** What a robot does in a step: ahead, turn clockwise (right), turn counter-clockwise, wait. */
export const actions = ['F', 'R', 'C', 'W'] as const
const forward = 0
const turnRight = 1
const turnLeft = 2
const wait = 3

/**
 * Moves all robots by one step of the rules of 2024. Robots may follow each other and turn in a ring; two never share a cell nor swap. An action that would break this
 * becomes a wait, and so does every other that counted on the cell which then stays taken.
 * @param states of the robots, changed in place @param chosen an action of each robot, changed to what was done
 * @returns how many actions were bad in themselves or against another
 */
export function moveAll(
  { ahead }: Floor,
  states: Int32Array,
  chosen: Uint8Array,
  occupant: Int32Array,
): number {
  const robots = states.length
  let bad = 0
  // Who claims a cell: whoever stays on it first, then the first who drives there.
  const claimed = new Map<number, number>()
  const stopped: number[] = []
  const stop = (robot: number, isBad: boolean): void => {
    if (isBad) bad++
    chosen[robot] = wait
    stopped.push(robot)
  }
  for (let robot = 0; robot < robots; robot++) {
    if (chosen[robot]! > wait || (chosen[robot] === forward && ahead[states[robot]!]! < 0)) stop(robot, true)
    else if (chosen[robot] !== forward) claimed.set(states[robot]! >> 2, robot)
  }
  for (let robot = 0; robot < robots; robot++) {
    if (chosen[robot] !== forward) continue
    const to = ahead[states[robot]!]!
    const there = occupant[to]!
    const isSwap = there >= 0 && chosen[there] === forward && ahead[states[there]!]! === states[robot]! >> 2
    if (claimed.has(to) || isSwap) stop(robot, true)
    else claimed.set(to, robot)
  }
  // Who was stopped keeps a cell that somebody may have counted on.
  while (stopped.length > 0) {
    const robot = stopped.pop()!
    const cell = states[robot]! >> 2
    const other = claimed.get(cell)
    claimed.set(cell, robot)
    if (other !== undefined && other !== robot && chosen[other] === forward) stop(other, false)
  }
  for (let robot = 0; robot < robots; robot++) {
    const state = states[robot]!
    if (chosen[robot] === forward) occupant[state >> 2] = -1
  }
  for (let robot = 0; robot < robots; robot++) {
    const state = states[robot]!
    if (chosen[robot] === forward) {
      const to = ahead[state]!
      states[robot] = to * 4 + (state & 3)
      occupant[to] = robot
    } else if (chosen[robot] === turnRight) states[robot] = (state & ~3) | ((state + 1) & 3)
    else if (chosen[robot] === turnLeft) states[robot] = (state & ~3) | ((state + 3) & 3)
  }
  return bad
}

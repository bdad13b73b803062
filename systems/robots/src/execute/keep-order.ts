import type { Floor } from '../floor/floor.ts'

const forward = 0
const wait = 3

/**
 * Lets only those act whose turn it is when some cannot: the plan says in which order robots pass a cell, and who would enter one that another has not left waits,
 * and so does whoever waits for it (an action dependency graph, Hönig and others 2019, of one action ahead). No delay can so lead to a collision.
 * @param chosen a plan's next action of each robot, changed to wait where it may not begin @param isLate 1 where a robot does not act, for whatever reason
 * @returns how many waited for others
 */
export function keepOrder(
  { ahead }: Floor,
  states: Int32Array,
  chosen: Uint8Array,
  isLate: Uint8Array,
  occupant: Int32Array,
): number {
  const wantedBy = new Map<number, number>()
  const late: number[] = []
  for (let robot = 0; robot < states.length; robot++) {
    if (isLate[robot] === 1) {
      chosen[robot] = wait
      late.push(robot)
    } else if (chosen[robot] === forward) {
      const to = ahead[states[robot]!]!
      wantedBy.set(to, robot)
      const there = occupant[to]!
      if (there >= 0 && chosen[there] !== forward) late.push(there)
    }
  }
  let waited = 0
  for (let robot = late.pop(); robot !== undefined; robot = late.pop()) {
    const next = wantedBy.get(states[robot]! >> 2)
    if (next === undefined || chosen[next] !== forward) continue
    chosen[next] = wait
    waited++
    late.push(next)
  }
  return waited
}

import type { Floor } from '../../floor/floor.ts'

const ahead = 0
const wait = 3

/**
 * Lets one robot of each ring wait. In a plan robots that go round in a ring all move at once; real ones are never released onto a cell that is not left yet, so
 * a ring would stand for ever. @param actions of the robots (0 ahead, 3 wait), changed in place
 */
export function breakRings(
  floor: Floor,
  states: Int32Array,
  occupant: Int32Array,
  actions: Uint8Array,
): void {
  const seen = new Int32Array(states.length).fill(-1)
  for (let start = 0; start < states.length; start++) {
    let robot = start
    while (robot >= 0 && seen[robot] === -1 && actions[robot] === ahead) {
      seen[robot] = start
      const cell = floor.ahead[states[robot]!]!
      robot = cell < 0 ? -1 : occupant[cell]!
    }
    if (robot >= 0 && seen[robot] === start && actions[robot] === ahead) actions[robot] = wait
  }
}

import type { Slot } from '../slot.ts'
import type { Policy } from './policy.ts'

/** The next candidate after the last chosen, in the order of the table. */
export function roundRobin(): Policy {
  let last = -1
  return {
    usesPrefix: false,
    choose(candidates, count) {
      let chosen = candidates[0] as Slot
      for (let at = 0; at < count; at++) {
        const slot = candidates[at] as Slot
        if (slot.index <= last) continue
        chosen = slot
        break
      }
      last = chosen.index
      return chosen
    },
  }
}

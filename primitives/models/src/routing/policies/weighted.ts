import type { Slot } from '../slot.ts'
import type { Policy } from './policy.ts'

/** Smooth weighted round robin: shares as the weights, evenly interleaved (nginx's algorithm). */
export function weighted(): Policy {
  return {
    usesPrefix: false,
    choose(candidates, count) {
      let total = 0
      let chosen = candidates[0] as Slot
      for (let at = 0; at < count; at++) {
        const slot = candidates[at] as Slot
        slot.turn += slot.weight
        total += slot.weight
        if (slot.turn > chosen.turn) chosen = slot
      }
      chosen.turn -= total
      return chosen
    },
  }
}

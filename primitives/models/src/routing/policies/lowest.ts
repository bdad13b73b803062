import type { CallTraits } from '../balancer.ts'
import type { Slot } from '../slot.ts'
import type { Policy } from './policy.ts'

/** The candidate of lowest cost; ties go to any of them with the same chance, so that no replica is always first. */
export function lowest(
  cost: (slot: Slot, request: CallTraits) => number,
  random: () => number,
  options: Pick<Policy, 'key' | 'reach'> & { usesPrefix?: boolean } = {},
): Policy {
  return {
    usesPrefix: false,
    ...options,
    choose(candidates, count, request) {
      let best = candidates[0] as Slot
      let bestCost = cost(best, request)
      let ties = 1
      for (let at = 1; at < count; at++) {
        const slot = candidates[at] as Slot
        const slotCost = cost(slot, request)
        if (slotCost < bestCost) {
          best = slot
          bestCost = slotCost
          ties = 1
        } else if (slotCost === bestCost && random() * ++ties < 1) best = slot
      }
      return best
    },
  }
}

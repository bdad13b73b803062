import type { Slot } from '../slot.ts'
import { outstanding } from './least-outstanding.ts'
import type { Policy } from './policy.ts'

/** How much more than its share a replica may hold for the sake of a prefix. */
const BOUND = 1.25

/**
 * The replica with the longest known prefix, unless it holds more than `BOUND` times its share of what is in flight
 * (consistent hashing with bounded loads, Mirrokni et al. 2018); then the next longest. Equal prefixes go to the less
 * loaded.
 */
export function prefixAffinity(random: () => number): Policy {
  return {
    usesPrefix: true,
    reach: 'prefix',
    key: outstanding,
    choose(candidates, count, _request, _nowMs, { inFlight, weight: weights }) {
      let best: Slot | null = null
      let ties = 1
      for (let at = 0; at < count; at++) {
        const slot = candidates[at] as Slot
        const bound = Math.ceil((BOUND * (inFlight + 1) * slot.weight) / weights)
        if (slot.replica.requestsInFlight + slot.ofOthers + 1 > bound) continue
        const longer = best === null ? 1 : slot.cachedTokens - best.cachedTokens
        const lighter = best === null ? 1 : outstanding(best) - outstanding(slot)
        if (longer > 0 || (longer === 0 && lighter > 0)) {
          best = slot
          ties = 1
        } else if (longer === 0 && lighter === 0 && random() * ++ties < 1) best = slot
      }
      // Someone is always at or below the mean, so a candidate is within its bound.
      return best ?? (candidates[0] as Slot)
    },
  }
}

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
      let bestCached = -1
      let bestLoad = Infinity
      let ties = 1
      // Once for all: this is asked of every candidate of every request.
      const share = (BOUND * (inFlight + 1)) / weights
      for (let at = 0; at < count; at++) {
        const slot = candidates[at] as Slot
        const { cachedTokens } = slot
        if (cachedTokens < bestCached) continue
        if (slot.replica.requestsInFlight + slot.ofOthers + 1 > Math.ceil(share * slot.weight)) continue
        const load = outstanding(slot)
        if (cachedTokens > bestCached || load < bestLoad) {
          best = slot
          bestCached = cachedTokens
          bestLoad = load
          ties = 1
        } else if (load === bestLoad && random() * ++ties < 1) best = slot
      }
      // Someone is always at or below the mean, so a candidate is within its bound.
      return best ?? (candidates[0] as Slot)
    },
  }
}

import type { Slot } from '../slot.ts'
import type { Policy } from './policy.ts'

/** Spreads first turns evenly, whatever the number of replicas. */
const GOLDEN_RATIO = 0.618_033_988_75

/**
 * Shares as the weights, interleaved: each replica's turns are 1 / weight apart, and the one whose turn comes first is
 * taken (earliest deadline first, as in Envoy). None is ever more than a turn ahead of or behind its share.
 */
export function weighted(): Policy {
  /** Turns before this are over: a replica that was away does not catch up. */
  let turn = 0
  const turnOf = (slot: Slot): number => {
    if (slot.turn === null) slot.turn = turn + ((0.5 + slot.place * GOLDEN_RATIO) % 1) / slot.weight
    return Math.max(slot.turn, turn)
  }
  return {
    usesPrefix: false,
    reach: 'least',
    key: turnOf,
    choose(candidates, count) {
      let chosen = candidates[0] as Slot
      for (let at = 1; at < count; at++) {
        const slot = candidates[at] as Slot
        if (turnOf(slot) < turnOf(chosen)) chosen = slot
      }
      turn = turnOf(chosen)
      chosen.turn = turn + 1 / chosen.weight
      return chosen
    },
  }
}

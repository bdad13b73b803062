import type { Slot } from '../slot.ts'
import { outstanding } from './least-outstanding.ts'
import type { Policy } from './policy.ts'

/** Two candidates at random, the one with less in flight (Mitzenmacher 2001). */
export function powerOfTwo(random: () => number): Policy {
  return {
    usesPrefix: false,
    reach: 'two',
    choose(candidates, count) {
      const first = Math.floor(random() * count)
      if (count === 1) return candidates[first] as Slot
      const second = (first + 1 + Math.floor(random() * (count - 1))) % count
      const a = candidates[first] as Slot
      const b = candidates[second] as Slot
      return outstanding(b) < outstanding(a) ? b : a
    },
  }
}

import type { Slot } from '../slot.ts'
import type { Policy } from './policy.ts'

/** The next after the last chosen, in the order of the table. */
export function roundRobin(): Policy {
  return { usesPrefix: false, reach: 'next', choose: (candidates) => candidates[0] as Slot }
}

import type { Slot } from '../slot.ts'

/** Requests in flight for its weight, as if the one at hand were there too: so weights count on idle replicas. */
export function outstanding(slot: Slot): number {
  return (slot.replica.requestsInFlight + 1) / slot.weight
}

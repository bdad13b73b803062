import type { Slot } from '../slot.ts'

/** More tokens than can be in flight at once, so that they decide between equals only. */
const MANY_TOKENS = 2 ** 32

/**
 * Requests in flight for its weight, as if the one at hand were there too: so weights count on idle replicas. Between
 * equals, which are common while queues are short, the fewer tokens in flight. What makes a replica suspect counts as
 * requests, and so do those of others that its own metrics tell of.
 */
export function outstanding(slot: Slot): number {
  const { replica, weight, suspicion } = slot
  return (
    (replica.requestsInFlight + slot.ofOthers + 1 + suspicion + replica.tokensInFlight / MANY_TOKENS) / weight
  )
}

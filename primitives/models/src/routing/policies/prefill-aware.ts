import type { RouteRequest } from '../balancer.ts'
import type { Slot } from '../slot.ts'

/** What a request in flight costs a new one before its first token: its decode steps run between the prefill's. */
const SECONDS_PER_REQUEST = 0.01

/**
 * Seconds until the first token is expected: the prefill that waits there and what of this prompt is not cached there,
 * at the rate at which the replica reads, and a little for each request in flight.
 */
export function expectedFirstToken(slot: Slot, request: RouteRequest): number {
  const { prefillTokensInFlight, requestsInFlight, weight } = slot.replica
  const tokens = prefillTokensInFlight + request.promptTokens - slot.cachedTokens
  const seconds = tokens / slot.prefillRate.tokensPerSecond + SECONDS_PER_REQUEST * (requestsInFlight + 1)
  // A replica that starts slowly counts as slower than it is.
  return (seconds * weight) / slot.weight
}

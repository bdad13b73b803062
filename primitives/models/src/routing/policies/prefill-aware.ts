import type { CallTraits } from '../balancer.ts'
import type { Slot } from '../slot.ts'
import { lowest } from './lowest.ts'
import type { Policy } from './policy.ts'

/** What a request in flight costs a new one, as so much prefill: its decode steps run between the prefill's. */
const TOKENS_PER_REQUEST = 100

/**
 * The replica where the request does least harm, in seconds until first tokens:
 * - its own: the prefill left there, then what of its prompt is not cached there, at the rate learned of the replica;
 * - the others': while requests wait, every token prefilled delays them, so what is not cached counts again for each
 *   request that waits at a replica on average. With empty queues this leaves the first alone; under load it keeps
 *   prefixes together, which spares work, without holding on to a replica that is behind.
 */
export function prefillAware(random: () => number): Policy {
  let nowMs = 0
  let othersSecondsPerToken = 0
  const least = lowest((slot: Slot, request: CallTraits) => {
    const uncached = request.promptTokens - slot.cachedTokens
    const seconds =
      slot.prefillSecondsLeft(nowMs) +
      ((uncached + TOKENS_PER_REQUEST * (slot.replica.requestsInFlight + 1)) * (1 + slot.suspicion)) /
        slot.prefillRate.tokensPerSecond +
      uncached * othersSecondsPerToken
    // A replica that starts slowly counts as slower than it is.
    return (seconds * slot.replica.weight) / slot.weight
  }, random)
  return {
    usesPrefix: true,
    reach: 'prefix',
    key: ({ replica, weight, suspicion, prefillRate }) =>
      ((replica.prefillTokensInFlight +
        TOKENS_PER_REQUEST * (replica.requestsInFlight + 1) * (1 + suspicion)) *
        replica.weight) /
      (prefillRate.tokensPerSecond * weight),
    choose(candidates, count, request, atMs, totals) {
      const { waiting, tokensPerSecond } = totals
      nowMs = atMs
      // The mean wait times the mean rate's inverse. The rate is everyone's, so that what is learned of one replica
      // and may be off by a little is not multiplied by the length of the queues.
      othersSecondsPerToken = waiting / tokensPerSecond
      return least.choose(candidates, count, request, atMs, totals)
    },
  }
}

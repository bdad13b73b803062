import type { CallTraits } from '../balancer.ts'
import type { Slot } from '../slot.ts'
import { lowest } from './lowest.ts'
import type { Policy } from './policy.ts'

/** What a request in flight costs a new one, as so much prefill: its decode steps run between the prefill's. */
const TOKENS_PER_REQUEST = 100

/** Rates that were learned of replicas alike differ by so much, as logarithms, for no reason but chance. */
const BY_CHANCE = 0.2

/**
 * The rate to reckon with: the mean of all replicas, unless what was learned of this one is far from it. Chance differences
 * between equal replicas would otherwise send requests to those that are wrongly thought fast.
 */
export function reckonedRate(learned: number, mean: number): number {
  const off = Math.log(learned / mean)
  const beyond = Math.max(0, 2 * (Math.abs(off) - BY_CHANCE))
  return mean * Math.exp(Math.sign(off) * Math.min(Math.abs(off), beyond))
}

/**
 * The replica where the request does least harm, in seconds until first tokens:
 * - its own: the prefill left there, then what of its prompt is not cached there, at the replica's rate;
 * - the others': while requests wait, every token prefilled delays them, so what is not cached counts again for each
 *   request that waits at a replica on average. With empty queues this leaves the first alone; under load it keeps
 *   prefixes together, which spares work, without holding on to a replica that is behind.
 */
export function prefillAware(random: () => number): Policy {
  let nowMs = 0
  let othersSecondsPerToken = 0
  let meanRate = 1
  const least = lowest((slot: Slot, request: CallTraits) => {
    const uncached = request.promptTokens - slot.cachedTokens
    const learned = slot.prefillRate.tokensPerSecond
    const rate = reckonedRate(learned, meanRate)
    const others = slot.ofOthers
    const waitingOfOthers = Math.min(others, slot.replica.engine?.waiting ?? 0)
    const seconds =
      slot.prefillSecondsLeft(nowMs) * (learned / rate) +
      ((uncached + TOKENS_PER_REQUEST * (slot.replica.requestsInFlight + others + 1)) * (1 + slot.suspicion) +
        // Nobody says how long the prompts of others are: as long as this one.
        waitingOfOthers * request.promptTokens) /
        rate +
      uncached * othersSecondsPerToken
    // A replica that starts slowly counts as slower than it is.
    return (seconds * slot.replica.weight) / slot.weight
  }, random)
  return {
    usesPrefix: true,
    reach: 'prefix',
    key: ({ replica, weight, suspicion, prefillRate, ofOthers }) =>
      ((replica.prefillTokensInFlight +
        TOKENS_PER_REQUEST * (replica.requestsInFlight + ofOthers + 1) * (1 + suspicion)) *
        replica.weight) /
      (prefillRate.tokensPerSecond * weight),
    choose(candidates, count, request, atMs, totals) {
      const { waiting, tokensPerSecond, replicas } = totals
      nowMs = atMs
      meanRate = tokensPerSecond / replicas
      // The mean wait times the mean rate's inverse. The rate is everyone's, so that what is learned of one replica
      // and may be off by a little is not multiplied by the length of the queues.
      othersSecondsPerToken = waiting / tokensPerSecond
      return least.choose(candidates, count, request, atMs, totals)
    },
  }
}

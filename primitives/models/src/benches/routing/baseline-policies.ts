import type { Policy } from '../../routing/policies/policy.ts'
import { lowest } from '../../routing/policies/lowest.ts'
import type { Slot } from '../../routing/slot.ts'

/** What other routers do, written anew from their documentation, to be compared in the same run. */
export const baselinePolicies: Record<string, (random: () => number) => Policy> = {
  dynamo,
  sglang,
  llmd,
}

/**
 * NVIDIA Dynamo's KV router with its defaults (overlap weight 1, temperature 0): blocks to prefill, waiting and new,
 * plus blocks in use for decoding, those of the request included.
 */
function dynamo(random: () => number): Policy {
  return lowest(
    ({ replica, cachedTokens }, { promptTokens, tokensPerBlock }) =>
      (replica.prefillTokensInFlight + promptTokens - cachedTokens) / tokensPerBlock +
      (replica.tokensInFlight + promptTokens) / tokensPerBlock,
    random,
    { usesPrefix: true },
  )
}

/**
 * SGLang's cache-aware policy with its defaults: when the busiest replica has 64 requests more and 1.5 times as many
 * as the idlest, the idlest; else the one that knows the longest prefix when that is 30 % of the prompt; else the one
 * that has been given the fewest tokens to remember.
 */
function sglang(random: () => number): Policy {
  const idlest = lowest((slot) => slot.replica.requestsInFlight, random)
  const longest = lowest((slot) => -slot.cachedTokens, random)
  const given = new Map<Slot, number>()
  const emptiest = lowest((slot) => given.get(slot) ?? 0, random)
  return {
    usesPrefix: true,
    choose(candidates, count, request, nowMs, totals) {
      let most = 0
      let fewest = Infinity
      for (const { replica } of candidates.slice(0, count)) {
        most = Math.max(most, replica.requestsInFlight)
        fewest = Math.min(fewest, replica.requestsInFlight)
      }
      let chosen = longest.choose(candidates, count, request, nowMs, totals)
      if (most - fewest > 64 && most > 1.5 * fewest)
        chosen = idlest.choose(candidates, count, request, nowMs, totals)
      else if (chosen.cachedTokens < 0.3 * request.promptTokens)
        chosen = emptiest.choose(candidates, count, request, nowMs, totals)
      given.set(chosen, (given.get(chosen) ?? 0) + request.promptTokens - chosen.cachedTokens)
      return chosen
    },
  }
}

/**
 * llm-d's default profile: cached share of the prompt (weight 3), fewness of requests between the most and the fewest
 * (2), free share of the key-value memory (2); the highest total.
 */
function llmd(random: () => number): Policy {
  let most = 0
  let fewest = 0
  const best = lowest(
    ({ replica, cachedTokens }, { promptTokens }) => {
      const queue = most === fewest ? 1 : (most - replica.requestsInFlight) / (most - fewest)
      const free = 1 - Math.min(1, replica.tokensInFlight / replica.cacheTokens)
      return -(3 * (cachedTokens / promptTokens) + 2 * queue + 2 * free)
    },
    random,
    { usesPrefix: true },
  )
  return {
    usesPrefix: true,
    choose(candidates, count, request, nowMs, totals) {
      most = 0
      fewest = Infinity
      for (const { replica } of candidates.slice(0, count)) {
        most = Math.max(most, replica.requestsInFlight)
        fewest = Math.min(fewest, replica.requestsInFlight)
      }
      return best.choose(candidates, count, request, nowMs, totals)
    },
  }
}

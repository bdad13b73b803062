import type { CallTraits } from '../../routing/balancer.ts'
import type { Policy } from '../../routing/policies/policy.ts'
import { lowest } from '../../routing/policies/lowest.ts'
import type { Slot } from '../../routing/slot.ts'
import type { SimulatedPolicy } from './simulate.ts'

/** What other routers do, written anew from their documentation and papers with their defaults, to be compared in the same run. */
export const baselinePolicies: Record<string, (random: () => number) => Policy> = {
  dynamo,
  sglang,
  llmd,
  aibrix,
  preble,
  mooncake,
  multiplicative,
  vllmPrefix,
  vllmKv,
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
  const idlest = lowest(requestsOf, random)
  const longest = lowest((slot) => -slot.cachedTokens, random)
  const given = new Map<Slot, number>()
  const emptiest = lowest((slot) => given.get(slot) ?? 0, random)
  return among((candidates, choose, request) => {
    const [fewest, most] = spreadOf(candidates)
    let chosen = choose(longest)
    if (most - fewest > 64 && most > 1.5 * fewest) chosen = choose(idlest)
    else if (chosen.cachedTokens < 0.3 * request.promptTokens) chosen = choose(emptiest)
    given.set(chosen, (given.get(chosen) ?? 0) + request.promptTokens - chosen.cachedTokens)
    return chosen
  })
}

/**
 * llm-d's default profile: cached share of the prompt (weight 3), fewness of requests between the most and the fewest
 * (2), free share of the key-value memory (2); the highest total.
 */
function llmd(random: () => number): Policy {
  return among((candidates, choose) => {
    const [fewest, most] = spreadOf(candidates)
    return choose(
      lowest(({ replica, cachedTokens }, { promptTokens }) => {
        const queue = most === fewest ? 1 : (most - replica.requestsInFlight) / (most - fewest)
        const free = 1 - Math.min(1, replica.tokensInFlight / replica.cacheTokens)
        return -(3 * (cachedTokens / promptTokens) + 2 * queue + 2 * free)
      }, random),
    )
  })
}

/**
 * AIBrix's prefix-cache router: when the busiest replica has more than 8 requests above the idlest, the idlest; else
 * the longest match, the fewest requests between equals, among those with at most the mean and two standard deviations of
 * requests; else the idlest.
 */
function aibrix(random: () => number): Policy {
  const idlest = lowest(requestsOf, random)
  const longest = lowest((slot) => -slot.cachedTokens + Math.min(0.9, requestsOf(slot) / 1000), random)
  return among((candidates, choose) => {
    const [fewest, most] = spreadOf(candidates)
    if (most - fewest > 8) return choose(idlest)
    const mean = candidates.reduce((sum, slot) => sum + requestsOf(slot), 0) / candidates.length
    const squares = candidates.reduce((sum, slot) => sum + (requestsOf(slot) - mean) ** 2, 0)
    const bound = mean + 2 * Math.sqrt(squares / candidates.length)
    const matching = candidates.filter((slot) => slot.cachedTokens > 0 && requestsOf(slot) <= bound)
    return matching.length === 0 ? choose(idlest) : choose(longest, matching)
  })
}

/**
 * Preble's E2 (Srivatsa et al., ICLR 2025): more of the prompt cached somewhere than not, that replica, unless it holds
 * twice as much work of the last three minutes as the least; else the one whose recent work, with the prompt's own, is
 * least. Work is prefill that is not cached and decoding, in seconds.
 */
function preble(random: () => number): Policy {
  const windowMs = 180_000
  const recent = new Map<Slot, { atMs: number; seconds: number }[]>()
  const workOf = (slot: Slot, nowMs: number): number => {
    const list = recent.get(slot) ?? []
    while (list.length > 0 && (list[0]?.atMs ?? 0) < nowMs - windowMs) list.shift()
    return list.reduce((sum, { seconds }) => sum + seconds, 0)
  }
  const ownOf = ({ replica, cachedTokens }: Slot, { promptTokens, outputTokens }: CallTraits): number =>
    (promptTokens - cachedTokens) / replica.prefillTokensPerSecond + outputTokens * 0.0003
  const longest = lowest((slot) => -slot.cachedTokens, random)
  return among((candidates, choose, request, nowMs) => {
    const work = new Map(candidates.map((slot) => [slot, workOf(slot, nowMs)]))
    const least = lowest((slot) => (work.get(slot) ?? 0) + ownOf(slot, request), random)
    let chosen = choose(longest)
    const lightest = Math.min(...work.values())
    const isCached = chosen.cachedTokens > request.promptTokens - chosen.cachedTokens
    if (!isCached || (work.get(chosen) ?? 0) > 2 * (lightest + ownOf(chosen, request))) chosen = choose(least)
    const list = recent.get(chosen) ?? []
    list.push({ atMs: nowMs, seconds: ownOf(chosen, request) })
    recent.set(chosen, list)
    return chosen
  })
}

/** Mooncake's conductor (Qin et al., FAST 2025): the least estimated time to first token, queued prefill and its own. */
function mooncake(random: () => number): Policy {
  return lowest(
    ({ replica, cachedTokens }, { promptTokens }) =>
      (replica.prefillTokensInFlight + promptTokens - cachedTokens) / replica.prefillTokensPerSecond,
    random,
    { usesPrefix: true },
  )
}

/** Prefill to be done, queued and new, times the requests that it would be batched with: a product that has no weights. */
function multiplicative(random: () => number): Policy {
  return lowest(
    ({ replica, cachedTokens }, { promptTokens }) =>
      (replica.prefillTokensInFlight + promptTokens - cachedTokens) * (replica.requestsInFlight + 1),
    random,
    { usesPrefix: true },
  )
}

/** vLLM production stack, `prefixaware`: the longest match, any of equals. */
function vllmPrefix(random: () => number): Policy {
  return lowest((slot) => -slot.cachedTokens, random, { usesPrefix: true })
}

/** vLLM production stack, `kvaware`: the longest match when all but 2,000 tokens are cached there, else the fewest requests. */
function vllmKv(random: () => number): Policy {
  const longest = lowest((slot) => -slot.cachedTokens, random)
  const idlest = lowest(requestsOf, random)
  return among((_, choose, { promptTokens }) => {
    const chosen = choose(longest)
    return chosen.cachedTokens > 0 && chosen.cachedTokens >= promptTokens - 2000 ? chosen : choose(idlest)
  })
}

function requestsOf({ replica }: Slot): number {
  return replica.requestsInFlight
}

/** The fewest and the most requests at one of them. */
function spreadOf(candidates: readonly Slot[]): [number, number] {
  const requests = candidates.map(requestsOf)
  return [Math.min(...requests), Math.max(...requests)]
}

/**
 * No router: it looks into the engines and knows each one's queue and what it has cached. How far a policy is from it says how
 * much knowing more would help.
 */
export const oracle: SimulatedPolicy = (random, engineOf) =>
  lowest(({ replica }, { promptTokens, prefix }) => {
    const engine = engineOf(replica)
    const uncached = Math.max(1, promptTokens - engine.cachedTokensOf(prefix))
    // Between idle ones, the one with fewer requests.
    return engine.prefillTokensLeft + uncached + replica.requestsInFlight / 100
  }, random)

type Choose = (policy: Policy, some?: readonly Slot[]) => Slot

/** A policy that looks at prefixes and chooses by others. */
function among(
  rule: (candidates: readonly Slot[], choose: Choose, request: CallTraits, nowMs: number) => Slot,
): Policy {
  return {
    usesPrefix: true,
    choose(candidates, count, request, nowMs, totals) {
      const taken = candidates.slice(0, count)
      const choose: Choose = (policy, some = taken) =>
        policy.choose(some, some.length, request, nowMs, totals)
      return rule(taken, choose, request, nowMs)
    },
  }
}

import type { CallTraits } from './balancer.ts'
import type { HealthOptions } from './health-options.ts'
import { PrefillRate } from './prefill-rate.ts'
import { PrefixIndex } from './prefix-index.ts'
import { ReplicaHealth } from './replica-health.ts'
import type { Replica } from './replica.ts'

/** Fixed part of a first token's time, so that lateness of short prompts is not noise. */
const BASE_MS = 100
/** Share of the prefill in flight that is taken to be left however long ago it began. */
const LEAST_LEFT = 0.1

/** A replica with what the balancer keeps of it besides. */
export class Slot {
  readonly replica: Replica
  /** Place among the slots; changes with the table. */
  index: number
  readonly health: ReplicaHealth
  readonly prefillRate: PrefillRate
  /** Configured weight, less while it starts slowly. Set before a policy chooses. */
  weight: number
  /** Prompt tokens of the request at hand that it has probably cached. Set before a policy that uses it chooses. */
  cachedTokens = 0
  /** For weighted round robin. */
  turn = 0
  /** How late first tokens come for the work asked: 1 is as the configured rate says. Null until one came. */
  lateness: number | null = null
  firstTokens = 0
  /** Requests whose first token has not come. */
  waiting = 0
  /** Their prompts' tokens, cached or not: what is thought to be cached may not be. */
  waitingPromptTokens = 0
  /** When it last showed life, or began to have something to show it for. */
  lastSignMs = 0
  lastFirstTokenMs = -Infinity
  /** Since when it has had prefill to do without a first token. */
  prefillSinceMs = 0
  /** When the prefill in flight should be done; counted on from the last first token. */
  #prefillDoneMs = 0
  #prefixes: PrefixIndex | null = null
  #tokensPerBlock = 0

  constructor(replica: Replica, index: number, options: HealthOptions, random: () => number) {
    this.replica = replica
    this.index = index
    this.health = new ReplicaHealth(options, random)
    this.prefillRate = new PrefillRate(replica.prefillTokensPerSecond)
    this.weight = replica.weight
  }

  hasRoom(nowMs: number): boolean {
    // `takes` first: it also moves an open breaker on.
    return this.health.takes(nowMs) && this.replica.requestsInFlight < this.replica.maxInFlight
  }

  /** With `tokens` to prefill, at the configured rate. */
  expectedFirstTokenMs(tokens: number): number {
    return BASE_MS + (tokens / this.replica.prefillTokensPerSecond) * 1000
  }

  /** `tokens` more wait to be prefilled; negative for tokens that need not be after all. */
  addPrefill(tokens: number, nowMs: number): void {
    this.replica.prefillTokensInFlight += tokens
    const ms = (tokens / this.prefillRate.tokensPerSecond) * 1000
    this.#prefillDoneMs = Math.max(this.#prefillDoneMs, nowMs) + ms
  }

  /** `tokens` have been prefilled: what is still in flight starts now. */
  prefilled(tokens: number, nowMs: number): void {
    this.replica.prefillTokensInFlight -= tokens
    const left = this.replica.prefillTokensInFlight / this.prefillRate.tokensPerSecond
    this.#prefillDoneMs = nowMs + left * 1000
  }

  /** Seconds of prefill left in flight: what was sent less what it should have done since. */
  prefillSecondsLeft(nowMs: number): number {
    const all = this.replica.prefillTokensInFlight / this.prefillRate.tokensPerSecond
    return Math.max(LEAST_LEFT * all, Math.min(all, (this.#prefillDoneMs - nowMs) / 1000))
  }

  lookUp(request: CallTraits): void {
    const { prefix, tokensPerBlock, promptTokens } = request
    const isKnown = this.#prefixes !== null && this.#tokensPerBlock === tokensPerBlock
    const blocks = isKnown ? (this.#prefixes?.match(prefix) ?? 0) : 0
    this.cachedTokens = Math.min(promptTokens, blocks * tokensPerBlock)
  }

  remember(request: CallTraits): void {
    if (request.prefix.length === 0) return
    if (this.#prefixes === null || this.#tokensPerBlock !== request.tokensPerBlock) {
      this.#tokensPerBlock = request.tokensPerBlock
      this.#prefixes = new PrefixIndex(this.replica.cacheTokens / request.tokensPerBlock)
    }
    this.#prefixes.touch(request.prefix)
  }

  /** After an opened breaker or a failed check it may have been restarted, its cache empty. */
  forget(): void {
    this.#prefixes?.clear()
    this.lateness = null
    this.firstTokens = 0
  }
}

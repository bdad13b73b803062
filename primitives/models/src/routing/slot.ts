import type { RouteRequest } from './balancer.ts'
import type { HealthOptions } from './health-options.ts'
import { PrefillRate } from './prefill-rate.ts'
import { PrefixIndex } from './prefix-index.ts'
import { ReplicaHealth } from './replica-health.ts'
import type { Replica } from './replica.ts'

/** Fixed part of a first token's time, so that lateness of short prompts is not noise. */
const BASE_MS = 100

/** A replica with what the balancer keeps of it besides. */
export class Slot {
  readonly replica: Replica
  readonly index: number
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
  /** When it last showed life, or began to have something to show it for. */
  lastSignMs = 0
  lastFirstTokenMs = -Infinity
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

  lookUp(request: RouteRequest): void {
    const { prefix, tokensPerBlock, promptTokens } = request
    const isKnown = this.#prefixes !== null && this.#tokensPerBlock === tokensPerBlock
    const blocks = isKnown ? (this.#prefixes?.match(prefix) ?? 0) : 0
    this.cachedTokens = Math.min(promptTokens, blocks * tokensPerBlock)
  }

  remember(request: RouteRequest): void {
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

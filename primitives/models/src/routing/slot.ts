import type { CallTraits, Outstanding } from './balancer.ts'
import { Unordered } from '../unordered.ts'
import type { Placed } from '../unordered.ts'
import { BASE_MS, FirstBytes } from './first-bytes.ts'
import type { HealthOptions } from './health-options.ts'
import type { ReadyTotals } from './ready-totals.ts'
import { PrefillRate } from './prefill-rate.ts'
import { PrefixIndex } from './prefix-index.ts'
import { ReplicaHealth } from './replica-health.ts'
import type { Replica } from './replica.ts'
import { Tier } from './tier.ts'
import type { AnswerKind } from './tier.ts'

/** Share of the prefill in flight that is taken to be left however long ago it began: decoding gets in its way. */
const LEAST_LEFT = 0.5
/** A token of an answer in one piece, which comes when all of it is written. */
const OUTPUT_TOKEN_MS = 20
/** A wait this many times the usual is nothing strange yet. */
const USUAL_WAITS = 2
/** One call that was given up proves no more than this, however long it waited. */
const MOST_WAITS = 2
/** An engine's figures are a little old, and may be wrong: they move the choice, and never rule a replica out. */
const MOST_OF_OTHERS = 1_000
/** A wait that is long whatever the model. */
const LONG_MS = 500
/** What calls that were given up said of a replica fades: half in this time. */
const ABANDONED_HALF_LIFE_MS = 10_000

/** A replica with what the balancer keeps of it besides. */
export class Slot {
  readonly replica: Replica
  /** Place in the tier, in the order of the table. */
  place = 0
  /** Place among those that may take a request; -1 while it may not. */
  heapAt = -1
  /** By which those are ordered. */
  key = 0
  /** What is in the totals of it. */
  counted: ReadyTotals = { replicas: 0, inFlight: 0, weight: 0, waiting: 0, tokensPerSecond: 0 }
  /** Whoever keeps the order hears of every change. */
  onChange: (nowMs: number) => void = () => undefined
  readonly health: ReplicaHealth
  readonly prefillRate: PrefillRate
  /** Configured weight, less while it starts slowly. Set before a policy chooses. */
  weight: number
  /** Prompt tokens of the request at hand that it has probably cached. Set before a policy that uses it chooses. */
  cachedTokens = 0
  /** See `suspicionAt`. Set before a policy chooses. */
  suspicion = 0
  /** When its turn is, under the weighted policy; null before the first. */
  turn: number | null = null
  tier = new Tier([], 0)
  readonly streams = new FirstBytes()
  readonly wholes = new FirstBytes()
  /** Requests that have no first byte. */
  readonly waitingRequests = new Unordered<Placed & Pick<Outstanding, 'heldBy'>>()
  /** Usual waits that calls spent here in vain since its last first byte, at `#abandonedAtMs`. */
  #abandonedWaits = 0
  #abandonedAtMs = 0
  #abandonedSinceMs = 0
  /** Since when it has had prefill to do without a first token. */
  prefillSinceMs = 0
  /** When the prefill in flight should be done; counted on from the last first token. */
  #prefillDoneMs = 0
  readonly #onTakenOut: () => void
  #prefixes: PrefixIndex | null = null
  #tokensPerBlock = 0

  constructor(
    replica: Replica,
    options: HealthOptions,
    random: () => number,
    onTakenOut: () => void = () => undefined,
  ) {
    this.replica = replica
    this.#onTakenOut = onTakenOut
    this.health = new ReplicaHealth(options, random)
    this.prefillRate = new PrefillRate(replica.prefillTokensPerSecond)
    this.weight = replica.weight
  }

  /** Requests that others sent it, as its own metrics say: those beyond ours, at the most so many as `MOST_OF_OTHERS`. */
  get ofOthers(): number {
    const { engine, requestsInFlight } = this.replica
    if (engine === null) return 0
    return Math.min(MOST_OF_OTHERS, Math.max(0, engine.running + engine.waiting - requestsInFlight))
  }

  hasRoom(nowMs: number): boolean {
    // `takes` first: it also moves an open breaker on.
    return this.health.takes(nowMs) && this.replica.requestsInFlight < this.replica.maxInFlight
  }

  /** Sets what policies ask of it besides the request. */
  weigh(nowMs: number): void {
    this.weight = this.replica.weight * this.health.share(nowMs)
    this.suspicion = this.suspicionAt(nowMs)
  }

  /** Whether time alone makes it better. */
  get isUnsteady(): boolean {
    return this.suspicion > 0 || this.weight !== this.replica.weight
  }

  get waiting(): number {
    return this.waitingRequests.size
  }

  /** What a request's first byte takes at the configured rate, with `tokens` to prefill. */
  workMs({ isWhole, outputTokens }: CallTraits, tokens: number): number {
    const prefillMs = (tokens / this.replica.prefillTokensPerSecond) * 1000
    return isWhole === true ? prefillMs + outputTokens * OUTPUT_TOKEN_MS : prefillMs
  }

  /** What that usually takes at replicas like this one; null while nobody knows. */
  usualMs(kind: AnswerKind, workMs: number): number | null {
    const pace = this.tier.pace[kind]
    return pace === null ? null : (BASE_MS + workMs) * pace
  }

  /**
   * How many usual waits for a first byte it has had without giving one: 0 in the ordinary run of things. It counts as
   * so many more requests, so that a replica that hangs is not the idlest because everybody leaves it.
   */
  suspicionAt(nowMs: number): number {
    if (this.#abandonedWaits === 0 && this.waitingRequests.size === 0) return 0
    let waits = this.#abandonedWaits === 0 ? 0 : this.abandonedWaits(nowMs)
    if (this.streams.waiting > 0) waits += this.#silentWaits('streams', nowMs)
    if (this.wholes.waiting > 0) waits += this.#silentWaits('wholes', nowMs)
    return waits
  }

  abandonedWaits(nowMs: number): number {
    return this.#abandonedWaits * 2 ** ((this.#abandonedAtMs - nowMs) / ABANDONED_HALF_LIFE_MS)
  }

  /** The last calls that waited here in full were given up: the next is not left to it alone. */
  get isSuspect(): boolean {
    return this.#abandonedWaits >= 1
  }

  /** Since when calls have been given up here without a first byte between them. */
  get abandonedSinceMs(): number {
    return this.#abandonedSinceMs
  }

  /** A call was given up after `elapsedMs` without a byte. Returns for how many usual waits it had waited. */
  abandoned(kind: AnswerKind, workMs: number, elapsedMs: number, nowMs: number): number {
    // While nobody has answered yet, the next is better sent elsewhere; it proves nothing.
    const usualMs = this.usualMs(kind, workMs) ?? Math.max(LONG_MS, elapsedMs)
    const waits = usualMs <= 0 ? 0 : elapsedMs / usualMs
    if (this.#abandonedWaits === 0) this.#abandonedSinceMs = nowMs - elapsedMs
    this.#abandonedWaits = this.abandonedWaits(nowMs) + Math.min(MOST_WAITS, waits)
    this.#abandonedAtMs = nowMs
    return waits
  }

  /** Somebody else found it broken. */
  suspect(nowMs: number): void {
    this.health.suspect()
    if (this.#abandonedWaits === 0) this.#abandonedSinceMs = nowMs
    this.#abandonedWaits = Math.max(1, this.abandonedWaits(nowMs))
    this.#abandonedAtMs = nowMs
  }

  /** It gave a first byte. */
  showedLife(): void {
    this.#abandonedWaits = 0
  }

  #silentWaits(kind: AnswerKind, nowMs: number): number {
    const { waitingMs, lastSignMs } = this[kind]
    const usualMs = this.usualMs(kind, waitingMs)
    if (usualMs === null || usualMs <= 0) return 0
    return Math.max(0, Math.floor((nowMs - lastSignMs) / usualMs) - USUAL_WAITS)
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

  lookUp({ prefix, tokensPerBlock, promptTokens }: CallTraits): void {
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
    this.streams.forget()
    this.wholes.forget()
    this.#abandonedWaits = 0
    for (const request of this.waitingRequests) request.heldBy?.ejected()
    this.#onTakenOut()
  }
}

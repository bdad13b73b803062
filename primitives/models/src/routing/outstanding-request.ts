import type { Outcome, Outstanding, CallTraits } from './balancer.ts'
import type { Replica } from './replica.ts'
import { BASE_MS } from './first-bytes.ts'
import type { FirstBytes } from './first-bytes.ts'
import type { Slot } from './slot.ts'
import type { AnswerKind } from './tier.ts'

/** Waits this many times the usual count against a replica when others answered meanwhile. */
const MANY_WAITS = 2
/** Calls that were given up after so many usual waits in all, without a byte between them, take a replica out. */
const HUNG_WAITS = 4
/** Another replica is asked no sooner than this beside one that is tried. */
const LEAST_HEDGE_MS = 250

/** Counts itself at its replica when made, and off once when it ends; whatever comes after that is ignored. */
export class OutstandingRequest implements Outstanding {
  readonly replica: Replica
  readonly hedgeAfterMs: number | null
  heldBy: Outstanding['heldBy'] = null
  /** Of `Unordered`. */
  place = -1
  readonly #slot: Slot
  readonly #startedMs: number
  readonly #term: number
  readonly #tokens: number
  readonly #kind: AnswerKind
  readonly #workMs: number
  /** With the prefill that was there before it, and without what is cached. */
  readonly #expectedMs: number
  readonly #prefillTokens: number
  #hasFirstToken = false
  #hasEnded = false

  constructor(slot: Slot, request: CallTraits, nowMs: number) {
    const { replica } = slot
    this.replica = replica
    this.#slot = slot
    this.#startedMs = nowMs
    this.#term = slot.health.term
    this.#tokens = request.promptTokens + request.outputTokens
    this.#kind = request.isWhole === true ? 'wholes' : 'streams'
    this.#workMs = slot.workMs(request, request.promptTokens)
    this.#prefillTokens = request.promptTokens - slot.cachedTokens
    this.#expectedMs = BASE_MS + slot.workMs(request, this.#prefillTokens + replica.prefillTokensInFlight)
    this.hedgeAfterMs =
      slot.health.isProbing || slot.isSuspect
        ? Math.max(LEAST_HEDGE_MS, MANY_WAITS * (slot.usualMs(this.#kind, this.#workMs) ?? 0))
        : null
    if (slot.waiting === 0) slot.prefillSinceMs = nowMs
    this.#firstBytes.began(this.#workMs, nowMs)
    slot.waitingRequests.add(this)
    slot.tier.isIdle = false
    replica.requestsInFlight++
    replica.tokensInFlight += this.#tokens
    slot.addPrefill(this.#prefillTokens, nowMs)
    slot.onChange(nowMs)
  }

  firstToken(nowMs: number): void {
    if (this.#hasFirstToken || this.#hasEnded) return
    this.#hasFirstToken = true
    const slot = this.#slot
    slot.waitingRequests.delete(this)
    // The first byte of an answer in one piece tells when it was written, not when its prompt was read.
    if (this.#kind === 'streams') slot.prefillRate.observe(this.#prefillTokens, nowMs - slot.prefillSinceMs)
    slot.prefilled(this.#prefillTokens, nowMs)
    slot.prefillSinceMs = nowMs
    this.#firstBytes.came(this.#workMs, (nowMs - this.#startedMs) / this.#expectedMs, nowMs)
    slot.showedLife()
    slot.onChange(nowMs)
  }

  end(outcome: Outcome, nowMs: number, retryAfterMs?: number): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.heldBy = null
    const slot = this.#slot
    const kind = this.#firstBytes
    let isHung = false
    if (!this.#hasFirstToken) {
      slot.waitingRequests.delete(this)
      kind.ended(this.#workMs)
      slot.addPrefill(-this.#prefillTokens, nowMs)
      if (outcome === 'refused') slot.showedLife()
      if (outcome === 'neutral') {
        const waits = slot.abandoned(this.#kind, this.#workMs, nowMs - this.#startedMs, nowMs)
        if (this.#wasOutpaced(waits, nowMs)) outcome = 'failed'
        isHung = slot.health.isClosed && slot.abandonedWaits(nowMs) >= HUNG_WAITS
      }
    }
    // A request of ours that was cancelled shows nothing of the replica, so it does not end a silence.
    if (outcome !== 'neutral') kind.lastSignMs = nowMs
    this.replica.requestsInFlight--
    this.replica.tokensInFlight -= this.#tokens
    const opened = slot.health.ended(this.#term, outcome, nowMs, retryAfterMs)
    if (opened) slot.forget()
    else if (isHung && slot.tier.hasAnsweredSince(slot, this.#kind, slot.abandonedSinceMs))
      slot.tier.eject(slot, nowMs)
    slot.onChange(nowMs)
  }

  get #firstBytes(): FirstBytes {
    return this.#slot[this.#kind]
  }

  /** Others answered while it waited in vain; a replica that is only tried has to answer before they do. */
  #wasOutpaced(waits: number, nowMs: number): boolean {
    const { hedgeAfterMs } = this
    const isOverdue = hedgeAfterMs === null ? waits >= MANY_WAITS : nowMs - this.#startedMs >= hedgeAfterMs
    return isOverdue && this.#slot.tier.hasAnsweredSince(this.#slot, this.#kind, this.#startedMs)
  }
}

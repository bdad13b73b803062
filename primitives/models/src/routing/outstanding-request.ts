import type { Outcome, Outstanding, CallTraits } from './balancer.ts'
import type { Replica } from './replica.ts'
import type { Slot } from './slot.ts'

const LATENESS_SHARE = 0.1

/** Counts itself at its replica when made, and off once when it ends; whatever comes after that is ignored. */
export class OutstandingRequest implements Outstanding {
  readonly replica: Replica
  readonly #slot: Slot
  readonly #startedMs: number
  readonly #term: number
  readonly #tokens: number
  readonly #promptTokens: number
  /** Prefill of its own, then that which was there before it. */
  readonly #prefillTokens: number
  readonly #prefillTokensAhead: number
  #hasFirstToken = false
  #hasEnded = false

  constructor(slot: Slot, request: CallTraits, nowMs: number) {
    const { replica } = slot
    this.replica = replica
    this.#slot = slot
    this.#startedMs = nowMs
    this.#term = slot.health.term
    this.#tokens = request.promptTokens + request.outputTokens
    this.#promptTokens = request.promptTokens
    this.#prefillTokens = request.promptTokens - slot.cachedTokens
    this.#prefillTokensAhead = replica.prefillTokensInFlight
    if (slot.waiting === 0) {
      slot.lastSignMs = nowMs
      slot.prefillSinceMs = nowMs
    }
    slot.waiting++
    slot.waitingPromptTokens += request.promptTokens
    replica.requestsInFlight++
    replica.tokensInFlight += this.#tokens
    slot.addPrefill(this.#prefillTokens, nowMs)
  }

  firstToken(nowMs: number): void {
    if (this.#hasFirstToken || this.#hasEnded) return
    this.#hasFirstToken = true
    const slot = this.#slot
    slot.waiting--
    slot.waitingPromptTokens -= this.#promptTokens
    slot.prefillRate.observe(this.#prefillTokens, nowMs - slot.prefillSinceMs)
    slot.prefilled(this.#prefillTokens, nowMs)
    slot.prefillSinceMs = nowMs
    slot.lastSignMs = nowMs
    slot.lastFirstTokenMs = nowMs
    const elapsedMs = nowMs - this.#startedMs
    const tokens = this.#prefillTokens + this.#prefillTokensAhead
    const lateness = elapsedMs / slot.expectedFirstTokenMs(tokens)
    slot.lateness =
      slot.lateness === null ? lateness : slot.lateness + LATENESS_SHARE * (lateness - slot.lateness)
    slot.firstTokens++
  }

  end(outcome: Outcome, nowMs: number, retryAfterMs?: number): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    const slot = this.#slot
    if (!this.#hasFirstToken) {
      slot.waiting--
      slot.waitingPromptTokens -= this.#promptTokens
      slot.addPrefill(-this.#prefillTokens, nowMs)
    }
    // A request of ours that was cancelled shows nothing of the replica, so it does not end a silence.
    if (outcome !== 'neutral') slot.lastSignMs = nowMs
    this.replica.requestsInFlight--
    this.replica.tokensInFlight -= this.#tokens
    if (slot.health.ended(this.#term, outcome, nowMs, retryAfterMs)) slot.forget()
    this.replica.state = slot.health.state
  }
}

import { TokenBucket } from '../token-bucket.ts'
import { isRate } from './grants.ts'
import type { Answer, Ask, ShareKind } from './grants.ts'

/** How far ahead a process provides for itself; of requests under way, which come back, a quarter of what it has. */
const horizonMs = { budget: 1_000, requests: 250, tokens: 250 }
const topUpEveryMs = 100

/** What this process holds of one limit, in blocks that it got from all processes' common store. */
export class Share {
  readonly kind: ShareKind
  readonly scope: string
  limit: number
  monthLimit: number
  /** Spent since the beginning, and reserved by what is under way. */
  #used = 0
  #free = 0
  #lowWater = 0
  #perMs = 0
  #takenSince = 0
  #sinceMs: number
  #topUpAtMs = 0
  /** The last answer that was not enough, and until when it is not asked again. */
  denied: { answer: Answer; units: number; untilMs: number } | null = null
  /** Of rates, while the store is away: this process' part of it. */
  #fallback: TokenBucket | null = null

  constructor(kind: ShareKind, scope: string, limits: { limit: number; monthLimit: number }, nowMs: number) {
    this.kind = kind
    this.scope = scope
    this.limit = limits.limit
    this.monthLimit = limits.monthLimit
    this.#sinceMs = nowMs
  }

  get free(): number {
    return this.#free
  }

  /** Nothing under way, nothing held, nothing spent: forgetting it changes nothing. */
  get isBlank(): boolean {
    return this.#free === 0 && (this.#used === 0 || isRate(this.kind))
  }

  /** Whether `units` are there. Of a rate, more than a minute's worth needs a minute's worth. */
  has(units: number): boolean {
    return this.#free >= (isRate(this.kind) ? Math.min(units, this.limit) : units)
  }

  take(units: number): void {
    this.#free -= units
    this.#used += units
    this.#takenSince += units
  }

  /** What was taken for a request comes to what it really used. */
  settle(taken: number, used: number): void {
    this.#free += taken - used
    this.#used += used - taken
  }

  /** Whether the next requests would soon have to wait for a block. */
  wantsMore(nowMs: number): boolean {
    if (this.#free > this.#lowWater || nowMs < this.#topUpAtMs) return false
    this.#topUpAtMs = nowMs + topUpEveryMs
    return true
  }

  /** Whether nobody has taken anything since the last ask, though something is held. */
  isIdle(nowMs: number, idleMs: number): boolean {
    return this.#free > 0 && this.#takenSince === 0 && nowMs - this.#sinceMs >= idleMs
  }

  /** What to say and ask now. `keepsFree`: false where all that is free goes back. */
  ask(waiting: { least: number; need: number }, keepsFree: boolean, nowMs: number): Ask {
    this.#learnPace(nowMs)
    const isOwed = isRate(this.kind) && this.#free < 0
    const giveBack = keepsFree && !isOwed ? 0 : this.#free
    this.#free -= giveBack
    const missing = (units: number) => Math.max(0, units - this.#free)
    const need = missing(waiting.need)
    // As many may come as wait now, where it is not known better.
    const target =
      this.kind === 'flight'
        ? Math.max(2, this.#used / 4)
        : Math.max(this.#perMs * horizonMs[this.kind], need / 2)
    this.#lowWater = target / 2
    return {
      kind: this.kind,
      scope: this.scope,
      limit: this.limit,
      monthLimit: this.monthLimit,
      used: this.#used,
      free: this.#free,
      giveBack,
      least: missing(waiting.least),
      need,
      extra: keepsFree ? Math.max(0, target - Math.max(0, this.#free - waiting.need)) : 0,
    }
  }

  answered(ask: Ask, answer: Answer, isLapsed: boolean): void {
    if (isLapsed && !isRate(this.kind)) this.#free -= Math.max(0, ask.free)
    this.#free += answer.grant
    this.#fallback = null
  }

  /** The store did not answer: what is owed stays owed. */
  unanswered(ask: Ask): void {
    this.#free += Math.min(0, ask.giveBack)
  }

  /** The lease ended before this one said anything: what is free may be another's. */
  lapse(): void {
    if (!isRate(this.kind)) this.#free = Math.min(0, this.#free)
  }

  /** Of a rate, while the store is away: takes from this process' part, and says how long to wait where there is nothing. */
  takeOwnPart(units: number, holders: number, nowMs: number): number {
    const part = this.limit / holders
    this.#fallback ??= new TokenBucket(part, nowMs, 0)
    const waitMs = this.#fallback.waitMs(units, nowMs)
    if (waitMs > 0) return waitMs
    this.#fallback.take(units)
    // Taken by the caller at once.
    this.#free += units
    return 0
  }

  #learnPace(nowMs: number): void {
    const elapsedMs = nowMs - this.#sinceMs
    if (elapsedMs < 1) return
    const perMs = this.#takenSince / Math.max(50, elapsedMs)
    this.#perMs = perMs > this.#perMs ? perMs : (this.#perMs + perMs) / 2
    this.#takenSince = 0
    this.#sinceMs = nowMs
  }
}

import type { Logger } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import { ShedError } from '../shed-error.ts'
import { isRate } from './grants.ts'
import type { Answer, Ask, ShareKind } from './grants.ts'
import type { Exchanged, LimitStore } from './limit-store.ts'
import { Share } from './share.ts'

/** So many units of a share, for one request. */
export interface Claim {
  share: Share
  units: number
}

export interface BlocksOptions {
  store: LimitStore
  log: Logger
  /** Of this process, and of no earlier or later one. */
  holder: string
  /** Wall clock: which day and month it is. */
  nowMs: () => number
  /** Why a claim is refused, from what the store answered. */
  refuse: (claim: Claim, answer: Answer) => ShedError
  /** Asks the other processes to give back what they hold of a share and do not use. Never rejects. */
  askBack: (share: Pick<Share, 'kind' | 'scope'>) => void
  leaseMs?: number
}

interface Waiter {
  claims: readonly Claim[]
  untilMs: number
  /** It was asked for in the exchange under way: who came later is not judged by its answer. */
  isAsked: boolean
  resolve: () => void
  reject: (error: unknown) => void
}

export const usualLeaseMs = 15_000
/** What the lease is shorter by here: the store counts from when it hears of it. */
const leaseMarginMs = 500
/** A store that takes longer is away. */
const answerWithinMs = 5_000
/** For how long others are waited for, who may hold what they do not use. */
const othersWithinMs = 250
const retryEveryMs = 40
/** How soon it is tried again while the store is away. */
const awayMs = 1_000
const idleMs = 1_000
/** A refused claim is not asked for again before this. */
const leastDeniedMs = 20
const mostDeniedMs = 1_000
const deniedHoldMs = 100

/**
 * What this process holds of the limits that many share: blocks of money, of requests under way and of rates, so that a
 * request is admitted by counting here. One exchange with the store is under way at a time and answers all who wait.
 *
 * A hold (money, requests under way) is good while the lease is: a process that was silent for longer takes its blocks for
 * lost, as everybody else does. While the store is away a process uses what it holds, then refuses; of a rate it goes on with
 * an even part, so that all together stay within it.
 */
export class Blocks {
  readonly #options: BlocksOptions
  readonly #leaseMs: number
  readonly #shares = new Map<string, Share>()
  #waiters: Waiter[] = []
  /** Those who wait for what other processes hold, until it is asked again. */
  #parked: Waiter[] = []
  #parkedTimer: NodeJS.Timeout | null = null
  /** To be asked for or given back although nobody waits. */
  readonly #due = new Map<Share, 'more' | 'back'>()
  #leaseUntilMs = -Infinity
  #renewAtMs = Infinity
  #awayUntilMs = -Infinity
  #isAway = false
  #holders = 1
  #sequence = 0
  #loop: Promise<void> | null = null
  #isClosed = false
  readonly #tick: NodeJS.Timeout

  constructor(options: BlocksOptions) {
    this.#options = options
    this.#leaseMs = options.leaseMs ?? usualLeaseMs
    this.#tick = setInterval(() => this.#look(), Math.min(idleMs, this.#leaseMs / 5)).unref()
  }

  /** The share of one limit, with its present figures. */
  share(kind: ShareKind, scope: string, limits: { limit: number; monthLimit: number }): Share {
    const key = `${kind} ${scope}`
    const known = this.#shares.get(key)
    if (known) {
      known.limit = limits.limit
      known.monthLimit = limits.monthLimit
      return known
    }
    const share = new Share(kind, scope, limits, performance.now())
    this.#shares.set(key, share)
    return share
  }

  /** Nobody uses it any more. What was spent is counted as long as the process lives. */
  forget(share: Share): void {
    if (share.isBlank) this.#shares.delete(`${share.kind} ${share.scope}`)
  }

  /** Takes all of the claims, now (null) or once a block has come. Throws or rejects with `ShedError`, and has taken nothing then. */
  take(claims: readonly Claim[]): Promise<void> | null {
    const nowMs = performance.now()
    let isThere = true
    for (const claim of claims) {
      if (this.#has(claim, nowMs)) continue
      isThere = false
      const { denied } = claim.share
      if (denied && nowMs < denied.untilMs && claim.units >= denied.units)
        throw this.#options.refuse(claim, denied.answer)
    }
    if (isThere) {
      this.#takeAll(claims, nowMs)
      return null
    }
    if (this.#isAway || this.#isClosed) {
      const refusal = this.#withoutStore(claims, nowMs)
      if (refusal) throw refusal
      return null
    }
    return new Promise((resolve, reject) => {
      this.#waiters.push({ claims, untilMs: nowMs + othersWithinMs, isAsked: false, resolve, reject })
      this.#run()
    })
  }

  /** Another process needs of a share what is free here. */
  giveBack(kind: string, scope: string): void {
    const share = this.#shares.get(`${kind} ${scope}`)
    if (share === undefined || share.free <= 0) return
    this.#due.set(share, 'back')
    this.#run()
  }

  /** Gives everything back. Call it when all is settled and in the books. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#tick)
    await this.#loop
    this.#unpark()
    this.#refuseAll()
    if (this.#sequence === 0) return
    await withTimeout(this.#options.store.leave(this.#options.holder), answerWithinMs, () => undefined).catch(
      // What is held ends with its lease.
      () => undefined,
    )
  }

  #has({ share, units }: Claim, nowMs: number): boolean {
    return share.has(units) && (nowMs < this.#leaseUntilMs || isRate(share.kind))
  }

  #takeAll(claims: readonly Claim[], nowMs: number): void {
    for (const { share, units } of claims) {
      share.take(units)
      if (share.wantsMore(nowMs)) {
        this.#due.set(share, 'more')
        this.#run()
      }
    }
  }

  /** Once in a while: blocks that nobody uses go back, and the lease is renewed. */
  #look(): void {
    const nowMs = performance.now()
    for (const share of this.#shares.values()) {
      if (share.isIdle(nowMs, idleMs)) this.#due.set(share, 'back')
    }
    if (this.#due.size > 0 || nowMs >= this.#renewAtMs) this.#run()
  }

  #run(): void {
    if (this.#isClosed || (this.#isAway && performance.now() < this.#awayUntilMs)) return
    this.#loop ??= this.#work().finally(() => {
      this.#loop = null
    })
  }

  async #work(): Promise<void> {
    // Those of the same turn are asked for together.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiters.length > 0 || this.#due.size > 0 || performance.now() >= this.#renewAtMs) {
      await this.#exchange()
      if (!this.#isAway && !this.#isClosed) continue
      this.#unpark()
      this.#refuseAll()
      return
    }
  }

  async #exchange(): Promise<void> {
    const { store, holder, nowMs: wallMs } = this.#options
    const sentAtMs = performance.now()
    // What was free is lost already, whatever the store says of it.
    if (sentAtMs >= this.#leaseUntilMs) for (const share of this.#shares.values()) share.lapse()
    const asks = this.#asks(sentAtMs)
    const lease = { holder, sequence: ++this.#sequence, leaseMs: this.#leaseMs, nowMs: wallMs() }
    this.#renewAtMs = sentAtMs + this.#leaseMs / 3
    let exchanged: Exchanged | null = null
    try {
      exchanged = await withTimeout(
        store.exchange(
          lease,
          asks.map(({ ask }) => ask),
        ),
        answerWithinMs,
        () => null,
      )
    } catch (error) {
      if (!this.#isAway) this.#options.log.debug({ error: String(error) }, 'limits: no exchange')
    }
    if (exchanged === null) {
      this.#storeIsAway(asks)
      return
    }
    if (this.#isAway) this.#options.log.info({}, 'limits are shared with other processes again')
    this.#isAway = false
    this.#holders = exchanged.holders
    this.#leaseUntilMs = sentAtMs + this.#leaseMs - leaseMarginMs
    const answers = new Map<Share, Answer>()
    for (const [index, { share, ask }] of asks.entries()) {
      const answer = exchanged.answers[index]
      if (!answer) continue
      share.answered(ask, answer, exchanged.isLapsed)
      answers.set(share, answer)
    }
    if (exchanged.isLapsed) for (const share of this.#shares.values()) if (!answers.has(share)) share.lapse()
    this.#serve(answers)
  }

  #asks(nowMs: number): { share: Share; ask: Ask }[] {
    const wanted = new Map<Share, { least: number; need: number }>()
    for (const waiter of this.#waiters) {
      waiter.isAsked = true
      for (const { share, units } of waiter.claims) {
        const known = wanted.get(share)
        if (known === undefined) wanted.set(share, { least: units, need: units })
        else {
          known.least = Math.min(known.least, units)
          known.need += units
        }
      }
    }
    const none = { least: 0, need: 0 }
    const asks: { share: Share; ask: Ask }[] = []
    for (const [share, waiting] of wanted) asks.push({ share, ask: share.ask(waiting, true, nowMs) })
    for (const [share, what] of this.#due) {
      if (!wanted.has(share)) asks.push({ share, ask: share.ask(none, what === 'more', nowMs) })
    }
    this.#due.clear()
    return asks
  }

  #serve(answers: ReadonlyMap<Share, Answer>): void {
    const nowMs = performance.now()
    const waiters = this.#waiters
    this.#waiters = []
    for (const waiter of waiters) {
      const missing = waiter.claims.filter((claim) => !this.#has(claim, nowMs))
      if (missing.length === 0) {
        this.#takeAll(waiter.claims, nowMs)
        waiter.resolve()
        continue
      }
      if (!waiter.isAsked) {
        this.#waiters.push(waiter)
        continue
      }
      const refused = missing.find(({ share }) => {
        const answer = answers.get(share)
        return answer && (isRate(share.kind) || answer.heldByOthers <= 0 || nowMs >= waiter.untilMs)
      })
      const answer = refused && answers.get(refused.share)
      if (refused && answer) {
        const forMs = isRate(refused.share.kind)
          ? Math.min(mostDeniedMs, Math.max(leastDeniedMs, answer.waitMs))
          : deniedHoldMs
        refused.share.denied = { answer, units: refused.units, untilMs: nowMs + forMs }
        waiter.reject(this.#options.refuse(refused, answer))
        continue
      }
      const elsewhere = missing.filter(({ share }) => answers.has(share))
      if (elsewhere.length === 0) this.#waiters.push(waiter)
      else {
        this.#park(waiter)
        for (const { share } of elsewhere) this.#options.askBack(share)
      }
    }
  }

  #park(waiter: Waiter): void {
    waiter.isAsked = false
    this.#parked.push(waiter)
    this.#parkedTimer ??= setTimeout(() => {
      this.#unpark()
      this.#run()
    }, retryEveryMs)
  }

  #unpark(): void {
    if (this.#parkedTimer) clearTimeout(this.#parkedTimer)
    this.#parkedTimer = null
    this.#waiters.push(...this.#parked)
    this.#parked = []
  }

  #storeIsAway(asks: readonly { share: Share; ask: Ask }[]): void {
    for (const { share, ask } of asks) share.unanswered(ask)
    if (!this.#isAway) {
      this.#options.log.warn(
        {},
        'limits cannot be shared while the database is away: budgets last as long as what this process holds of them, rates go on with its part',
      )
    }
    this.#isAway = true
    const nowMs = performance.now()
    this.#awayUntilMs = nowMs + awayMs
    this.#renewAtMs = this.#awayUntilMs
  }

  #refuseAll(): void {
    const waiters = this.#waiters
    this.#waiters = []
    const nowMs = performance.now()
    for (const { claims, resolve, reject } of waiters) {
      const refusal = this.#withoutStore(claims, nowMs)
      if (refusal) reject(refusal)
      else resolve()
    }
  }

  /** Takes the claims from what is here, and of rates from this process' part; says why where that is not enough. */
  #withoutStore(claims: readonly Claim[], nowMs: number): ShedError | null {
    for (const claim of claims) {
      if (this.#has(claim, nowMs)) continue
      const { share, units } = claim
      if (!isRate(share.kind)) {
        return new ShedError({
          code: 'limits-unavailable',
          message:
            'The database that knows what is left of the budget does not answer, and what this process held of it is used up. Try again in a moment.',
          retryAfterMs: awayMs,
        })
      }
      const waitMs = share.takeOwnPart(units, this.#holders, nowMs)
      if (waitMs > 0) {
        return this.#options.refuse(claim, {
          grant: 0,
          spentDay: 0,
          spentMonth: 0,
          left: 0,
          heldByOthers: 0,
          waitMs,
        })
      }
    }
    this.#takeAll(claims, nowMs)
    return null
  }
}

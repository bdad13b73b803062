import { answerAsk, isRate, keptOf, refilled } from '../../../src/admission/shared/grants.ts'
import type { Ask } from '../../../src/admission/shared/grants.ts'
import type { Exchanged, Lease, LimitStore } from '../../../src/admission/shared/limit-store.ts'

interface Hold {
  granted: number
  booked: number
}

/** The common store in memory, with the same arithmetic, and a clock that a test moves. */
export class MemoryLimitStore implements LimitStore {
  nowMs = 0
  /** In the books: all periods are one here. */
  readonly spent = new Map<string, number>()
  readonly #holders = new Map<string, { sequence: number; aliveUntilMs: number; holds: Map<string, Hold> }>()
  readonly #rates = new Map<string, { level: number; atMs: number }>()

  exchange(lease: Lease, asks: readonly Ask[]): Promise<Exchanged> {
    try {
      return Promise.resolve(this.exchangeNow(lease, asks))
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  exchangeNow({ holder, sequence, leaseMs }: Lease, asks: readonly Ask[]): Exchanged {
    const known = this.#holders.get(holder)
    if (known && known.sequence >= sequence) throw new Error('A later exchange came first.')
    const isLapsed = known !== undefined && known.aliveUntilMs <= this.nowMs
    const holds = known?.holds ?? new Map<string, Hold>()
    this.#holders.set(holder, { sequence, aliveUntilMs: this.nowMs + leaseMs, holds })
    const holders = [...this.#holders.values()].filter(({ aliveUntilMs }) => aliveUntilMs > this.nowMs).length
    const answers = asks.map((ask) => {
      const key = `${ask.kind} ${ask.scope}`
      const rate = this.#rates.get(key)
      const spent = ask.kind === 'budget' ? (this.spent.get(ask.scope) ?? 0) : 0
      const answer = answerAsk(
        ask,
        {
          spentDay: spent,
          spentMonth: spent,
          booked: holds.get(key)?.booked ?? 0,
          heldByOthers: this.#heldByOthers(holder, key),
          level: rate ? refilled(rate.level, ask.limit, this.nowMs - rate.atMs) : ask.limit,
          holders,
        },
        isLapsed,
      )
      if (isRate(ask.kind)) this.#rates.set(key, { level: answer.left, atMs: this.nowMs })
      else {
        const booked = holds.get(key)?.booked ?? 0
        holds.set(key, { granted: keptOf(ask, isLapsed) + answer.grant, booked })
      }
      return answer
    })
    return { isLapsed, holders, answers }
  }

  /** A call comes into the books, paid by a holder. */
  book(holder: string, scope: string, micros: number): void {
    this.spent.set(scope, (this.spent.get(scope) ?? 0) + micros)
    const hold = this.#holders.get(holder)?.holds.get(`budget ${scope}`)
    if (hold) hold.booked += micros
  }

  leave(holder: string): Promise<void> {
    this.#holders.delete(holder)
    return Promise.resolve()
  }

  #heldByOthers(holder: string, key: string): number {
    let held = 0
    for (const [other, { aliveUntilMs, holds }] of this.#holders) {
      const hold = holds.get(key)
      if (other === holder || aliveUntilMs <= this.nowMs || !hold) continue
      held += Math.max(0, hold.granted - hold.booked)
    }
    return held
  }
}

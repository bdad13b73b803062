import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Ask, ShareKind } from '../../../src/admission/shared/grants.ts'
import type { Exchanged } from '../../../src/admission/shared/limit-store.ts'
import { Share } from '../../../src/admission/shared/share.ts'
import { MemoryLimitStore } from './memory-limit-store.ts'

const leaseMs = 15_000
const scope = 't:acme'

/** One process' part in the arithmetic, without its timers: what is under way between it and the store is held apart. */
class Model {
  readonly store: MemoryLimitStore
  readonly limits: { limit: number; monthLimit: number }
  readonly kind: ShareKind
  holder: string
  share: Share
  #sequence = 0
  #leaseUntilMs = -Infinity
  /** Taken and not settled: what each may cost. */
  readonly underWay: number[] = []
  /** Cost something and wait on disk for the books, with who paid. */
  readonly unbooked: { holder: string; micros: number }[] = []
  /** On its way back from the store. */
  reply: { ask: Ask; exchanged: Exchanged; sentAtMs: number; share: Share } | null = null
  lives = 0

  constructor(store: MemoryLimitStore, limit: number | Model['limits'], kind: ShareKind, holder: string) {
    this.store = store
    this.limits = typeof limit === 'number' ? { limit, monthLimit: Infinity } : limit
    this.kind = kind
    this.holder = holder
    this.share = this.#newShare()
  }

  #newShare(): Share {
    return new Share(this.kind, scope, this.limits, this.store.nowMs)
  }

  /** A request comes in, if what is here is enough and the lease is good. */
  take(units: number): boolean {
    const isGood = this.kind !== 'budget' || this.store.nowMs < this.#leaseUntilMs
    if (!isGood || !this.share.has(units)) return false
    this.share.take(units)
    this.underWay.push(units)
    return true
  }

  /** A request ends with a part of what it might have cost. */
  settle(index: number, part: number): void {
    const [taken] = this.underWay.splice(index % this.underWay.length, 1)
    if (taken === undefined) return
    const cost = Math.floor(taken * part)
    this.share.settle(taken, cost)
    this.unbooked.push({ holder: this.holder, micros: cost })
  }

  book(): void {
    const call = this.unbooked.shift()
    if (call) this.store.book(call.holder, scope, call.micros)
  }

  send(waiting: { least: number; need: number }, keepsFree: boolean): void {
    if (this.reply) return
    const sentAtMs = this.store.nowMs
    if (sentAtMs >= this.#leaseUntilMs) this.share.lapse()
    const ask = this.share.ask(waiting, keepsFree, sentAtMs)
    const lease = { holder: this.holder, sequence: ++this.#sequence, leaseMs, nowMs: 0 }
    this.reply = { ask, exchanged: this.store.exchangeNow(lease, [ask]), sentAtMs, share: this.share }
  }

  /** The reply comes, or is lost on the way although the store counted. */
  receive(isLost: boolean): void {
    const { reply } = this
    this.reply = null
    if (!reply || reply.share !== this.share) return
    if (isLost) this.share.unanswered(reply.ask)
    else {
      this.share.answered(reply.ask, reply.exchanged.answers[0]!, reply.exchanged.isLapsed)
      this.#leaseUntilMs = reply.sentAtMs + leaseMs
    }
  }

  /** Killed and started again: what was under way is gone, what was on disk is not. */
  kill(): void {
    this.lives++
    this.holder = `${this.holder.split('.')[0]}.${this.lives}`
    this.share = this.#newShare()
    this.underWay.length = 0
    this.reply = null
    this.#sequence = 0
    this.#leaseUntilMs = -Infinity
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('take' as const),
      by: fc.nat(3),
      units: fc.integer({ min: 1, max: 300 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('settle' as const),
      by: fc.nat(3),
      index: fc.nat(20),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('send' as const),
      by: fc.nat(3),
      units: fc.integer({ min: 0, max: 400 }),
      isOneRequest: fc.boolean(),
      keeps: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('receive' as const), by: fc.nat(3), isLost: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('book' as const), by: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('kill' as const), by: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      by: fc.constant(0),
      ms: fc.integer({ min: 1, max: 9_000 }),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Long enough for blocks to be taken, used, given back and fought over. */
const steps = fc.array(step, { minLength: 20, maxLength: 400, size: 'max' })

function play(model: Model, store: MemoryLimitStore, action: Step): void {
  switch (action.does) {
    case 'take':
      model.take(action.units)
      break
    case 'settle':
      model.settle(action.index, action.part)
      break
    case 'send':
      model.send(
        { least: action.isOneRequest ? action.units : Math.min(1, action.units), need: action.units },
        action.keeps,
      )
      break
    case 'receive':
      model.receive(action.isLost)
      break
    case 'book':
      model.book()
      break
    case 'kill':
      model.kill()
      break
    case 'wait':
      store.nowMs += action.ms
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

test('no order of takes, ends, exchanges, lost replies, bookings and kills lets four processes spend or reserve more than the budget [MODELS-SHARED-01]', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 100, max: 3_000 }), fc.boolean(), (actions, budget, isOfMonth) => {
      const store = new MemoryLimitStore()
      const limits = isOfMonth
        ? { limit: Infinity, monthLimit: budget }
        : { limit: budget, monthLimit: Infinity }
      const models = [0, 1, 2, 3].map((at) => new Model(store, limits, 'budget', `${at}.0`))
      for (const action of actions) {
        // What was killed with calls in its file has them booked before it is lost to all, as a restart does.
        if (action.does === 'kill') while (models[action.by]!.unbooked.length > 0) models[action.by]!.book()
        // Nobody is silent for longer than its lease with calls that are in no book: see the lapse below.
        if (action.does === 'wait') for (const model of models) while (model.unbooked.length > 0) model.book()
        if (action.does === 'wait' && models.some(({ underWay }) => underWay.length > 0)) continue
        play(models[action.by]!, store, action)
        const spent = store.spent.get(scope) ?? 0
        const reserved = sum(models.flatMap(({ underWay }) => underWay))
        const unbooked = sum(models.flatMap((model) => model.unbooked.map(({ micros }) => micros)))
        expect(spent + reserved + unbooked).toBeLessThanOrEqual(budget)
      }
    }),
    { numRuns: 300 },
  )
})

test('whatever was killed, the whole rest can be had by one process once the leases are over: nothing is lost for ever [MODELS-SHARED-02]', () => {
  fc.assert(
    fc.property(steps, (actions) => {
      const store = new MemoryLimitStore()
      const models = [0, 1, 2, 3].map((at) => new Model(store, 2_000, 'budget', `${at}.0`))
      for (const action of actions) play(models[action.by]!, store, action)
      for (const model of models) while (model.unbooked.length > 0) model.book()
      const [last, ...others] = models
      for (const model of others) model.kill()
      last!.receive(true)
      store.nowMs += leaseMs
      const spent = store.spent.get(scope) ?? 0
      const reserved = sum(last!.underWay)
      last!.send({ least: 1, need: 2_000 }, true)
      last!.receive(false)
      const rest = Math.max(0, 2_000 - spent - reserved)
      expect(Math.max(0, last!.share.free)).toBe(rest)
    }),
    { numRuns: 300 },
  )
})

test('four processes take of a rate, in any window, no more than it allows and the little that they may hold in advance [MODELS-SHARED-03]', () => {
  const perMinute = 200
  fc.assert(
    fc.property(steps, (actions) => {
      const store = new MemoryLimitStore()
      const models = [0, 1, 2, 3].map((at) => new Model(store, perMinute, 'requests', `${at}.0`))
      const takenAtMs: number[] = []
      for (const action of actions) {
        const model = models[action.by]!
        if (action.does === 'take') {
          for (let left = 1 + (action.units % 10); left > 0 && model.take(1); left--)
            takenAtMs.push(store.nowMs)
        } else if (action.does === 'send') {
          model.send({ least: 1, need: 1 + (action.units % 5) }, action.keeps)
        } else if (action.does === 'wait') store.nowMs += 100 + (action.ms % 3_000)
        else if (action.does === 'receive' || action.does === 'kill') play(model, store, action)
      }
      const last = takenAtMs.length
      for (const [from, fromMs] of takenAtMs.entries()) {
        for (let to = from + 1; to < last; to++) {
          const allowed = perMinute + ((takenAtMs[to]! - fromMs) * perMinute) / 60_000
          if (to - from + 1 > allowed * 1.05 + 1)
            expect(to - from + 1).toBeLessThanOrEqual(allowed * 1.05 + 1)
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('blocks that are held while a rate refills are a fiftieth of a minute at most [MODELS-SHARED-03]', () => {
  const perMinute = 6_000
  const store = new MemoryLimitStore()
  const models = [0, 1, 2, 3].map((at) => new Model(store, perMinute, 'requests', `${at}.0`))
  const drain = () => {
    let taken = 0
    for (const model of models) while (model.take(1)) taken++
    return taken
  }
  // Each in a hurry, so that it provides for more of the same.
  for (let round = 0; round < 5; round++) {
    for (const model of models) {
      model.send({ least: 1, need: 100 }, true)
      model.receive(false)
    }
    drain()
    store.nowMs += 50
  }
  // All are still known to be there.
  store.nowMs += 10_000
  for (const model of models) {
    model.send({ least: 0, need: 0 }, true)
    model.receive(false)
  }
  store.nowMs += 60_000
  const held = drain()
  expect(held).toBeGreaterThan(0)
  let atOnce = held
  for (const model of models) {
    model.send({ least: 1, need: perMinute }, true)
    model.receive(false)
    atOnce += drain()
  }
  expect(atOnce).toBeGreaterThan(perMinute)
  expect(atOnce).toBeLessThanOrEqual(perMinute * 1.02)
})

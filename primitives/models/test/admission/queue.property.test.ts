import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Priority } from '../../src/admission/admission.ts'
import { FairClass } from '../../src/admission/fair-class.ts'
import { createQueue } from '../../src/admission/queue.ts'
import { ManualTimers } from './manual-timers.ts'

const step = fc.oneof(
  fc.record({
    kind: fc.constant('enter' as const),
    tenantId: fc.constantFrom('a', 'b', 'c'),
    priority: fc.constantFrom<Priority>('interactive', 'batch'),
    weight: fc.constantFrom(0.5, 1, 4),
    tokens: fc.integer({ min: 0, max: 5000 }),
  }),
  fc.record({ kind: fc.constant('room' as const), places: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('abort' as const), index: fc.nat(50) }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 700 }) }),
  fc.record({ kind: fc.constant('configure' as const), maxWaiting: fc.integer({ min: 0, max: 8 }) }),
)

test('never holds more than its bound, and settles every request exactly once [MODELS-QUEUE-03]', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
      const timers = new ManualTimers()
      let maxWaiting = 6
      const queue = createQueue({ maxWaiting, maxWaitMs: 1000 }, timers)
      const entries: { controller: AbortController; starts: number; ends: string[] }[] = []
      let room = 0
      for (const one of steps) {
        if (one.kind === 'enter') {
          const entry = { controller: new AbortController(), starts: 0, ends: [] as string[] }
          entries.push(entry)
          const entered = queue.enter({ ...one, signal: entry.controller.signal }, () => {
            if (room === 0) return null
            room -= 1
            entry.starts += 1
            return entry
          })
          if (entered instanceof Promise) {
            entered.then(
              (started) => entry.ends.push(started === entry ? 'started' : 'another'),
              () => entry.ends.push('refused'),
            )
          } else entry.ends.push('started')
        } else if (one.kind === 'room') {
          room = one.places
          queue.wake()
          // Room that is left over means that nobody waits for it.
          if (room > 0) expect(queue.waiting).toBe(0)
          room = 0
        } else if (one.kind === 'abort') entries[one.index]?.controller.abort(new Error('left'))
        else if (one.kind === 'pass') timers.advance(one.ms)
        else {
          maxWaiting = one.maxWaiting
          queue.configure({ maxWaiting, maxWaitMs: 1000 })
        }
        expect(queue.waiting).toBeLessThanOrEqual(maxWaiting)
      }
      timers.advance(1001)
      expect(queue.waiting).toBe(0)
      await new Promise((resolve) => setImmediate(resolve))
      for (const entry of entries) expect(entry.ends).toEqual([entry.starts === 1 ? 'started' : 'refused'])
    }),
    { numRuns: 200 },
  )
})

test('two tenants that always wait differ by at most one request of each, by weight [MODELS-QUEUE-02]', () => {
  const tenant = fc.record({
    weight: fc.constantFrom(0.25, 1, 3),
    sizes: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 60, maxLength: 60 }),
  })
  fc.assert(
    fc.property(
      fc.array(tenant, { minLength: 2, maxLength: 5 }),
      fc.integer({ min: 1, max: 59 }),
      (tenants, turns) => {
        const fair = new FairClass<number>()
        for (const [index, { sizes, weight }] of tenants.entries()) {
          for (const size of sizes) fair.add(`t${index}`, index, size, weight)
        }
        const served = tenants.map(() => 0)
        for (let turn = 0; turn < turns; turn++) {
          const entry = fair.next()!
          fair.serve(entry)
          served[entry.item]! += entry.size / entry.weight
        }
        const largest = tenants.map(({ sizes, weight }) => Math.max(...sizes) / weight)
        for (const [one, servedOne] of served.entries()) {
          for (const [other, servedOther] of served.entries()) {
            if (one === other) continue
            expect(servedOne - servedOther).toBeLessThanOrEqual(largest[one]! + largest[other]! + 1e-6)
          }
        }
      },
    ),
  )
})

test('keeps the order of a tenant, and forgets nobody when some leave', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ tenant: fc.nat(4), size: fc.integer({ min: 1, max: 9 }), leaves: fc.boolean() })),
      (arrivals) => {
        const fair = new FairClass<number>()
        const entries = arrivals.map(({ tenant, size }, index) => fair.add(`t${tenant}`, index, size, 1))
        for (const [index, { leaves }] of arrivals.entries()) if (leaves) fair.remove(entries[index]!)
        const order: number[] = []
        for (let entry = fair.next(); entry; entry = fair.next()) {
          order.push(entry.item)
          fair.serve(entry)
        }
        const staying = arrivals.flatMap(({ leaves }, index) => (leaves ? [] : [index]))
        expect(order.toSorted((one, other) => one - other)).toEqual(staying)
        for (let tenant = 0; tenant <= 4; tenant++) {
          const own = order.filter((index) => arrivals[index]!.tenant === tenant)
          expect(own).toEqual(own.toSorted((one, other) => one - other))
        }
        expect(fair.size).toBe(0)
      },
    ),
  )
})

import { silentLogger, systemClock } from '@heavylift/core'
import { afterEach, expect, test } from 'vitest'
import { Limits } from '../../../src/admission/limits.ts'
import type { Permit } from '../../../src/admission/limits.ts'
import { usualLeaseMs } from '../../../src/admission/shared/blocks.ts'
import type { Ask } from '../../../src/admission/shared/grants.ts'
import type { Lease } from '../../../src/admission/shared/limit-store.ts'
import { gatewayConfigSchema } from '../../../src/table/gateway-config.ts'
import { MemoryLimitStore } from './memory-limit-store.ts'

/** A store that can be away, and counts how often it is asked. */
class Store extends MemoryLimitStore {
  isAway = false
  exchanges = 0
  override exchange(lease: Lease, asks: readonly Ask[]) {
    this.exchanges++
    return this.isAway ? Promise.reject(new Error('away')) : super.exchange(lease, asks)
  }
}

const opened: Limits[] = []
afterEach(async () => {
  for (const limits of opened.splice(0)) await limits.close()
})

function processes(count: number, tenant: object, leaseMs = usualLeaseMs) {
  const store = new Store()
  const table = gatewayConfigSchema.parse({ tenants: { acme: tenant } })
  const all: Limits[] = []
  for (let at = 0; at < count; at++) {
    const holder = `process-${at}`
    const askBack = ({ kind, scope }: { kind: string; scope: string }) => {
      for (const other of all) if (other !== all[at]) other.giveBack(kind, scope)
    }
    all.push(new Limits(table, systemClock, { store, log: silentLogger, holder, askBack, leaseMs }))
  }
  opened.push(...all)
  return { store, all }
}

async function admit(limits: Limits, usd = 0, tokens = 1): Promise<Permit> {
  return await limits.admit({
    tenantId: 'acme',
    keyId: null,
    model: 'm',
    tokens,
    mayCostMicros: () => usd * 1e6,
  })
}
const refused = (code: string) => expect.objectContaining({ code })

test('requests that come together are answered by one exchange, and those after them from the block, by counting [MODELS-SHARED-07]', async () => {
  const { store, all } = processes(1, { budgetUsdPerDay: 1_000, requestsPerMinute: 100_000 })
  const [limits] = all as [Limits]
  const first = Array.from({ length: 50 }, () => admit(limits, 0.1))
  const permits = await Promise.all(first)
  expect(store.exchanges).toBe(1)
  for (const permit of permits) permit.settle(1, 0)
  // What was reserved and not spent is there for the next.
  for (let at = 0; at < 20; at++)
    expect(
      limits.admit({ tenantId: 'acme', keyId: null, model: 'm', tokens: 1, mayCostMicros: () => 1 }),
    ).not.toBeInstanceOf(Promise)
})

test('what one process holds and does not use, another gets when it needs it [MODELS-SHARED-07]', async () => {
  const { all } = processes(2, { budgetUsdPerDay: 1, maxInFlight: 2 })
  const [here, there] = all as [Limits, Limits]
  const permits = [await admit(here, 0.5), await admit(here, 0.5)]
  await expect(admit(there, 0.5)).rejects.toEqual(refused('budget-exhausted'))
  for (const permit of permits) permit.settle(1, 0)
  await new Promise((resolve) => setTimeout(resolve, 120))
  const permit = await admit(there, 1)
  permit.settle(1, 0.2e6)
})

test('a request that comes while an earlier exchange is under way is not judged by its answer [MODELS-SHARED-07]', async () => {
  const { store, all } = processes(1, { maxInFlight: 2 })
  const [limits] = all as [Limits]
  const first = admit(limits)
  // It is on its way, for one.
  await new Promise((resolve) => setImmediate(resolve))
  const second = admit(limits)
  await Promise.all([first, second])
  expect(store.exchanges).toBeGreaterThan(1)
  await expect(admit(limits)).rejects.toEqual(refused('in-flight-limited'))
})

test('a refused claim is not asked for again with each request [MODELS-SHARED-07]', async () => {
  const { store, all } = processes(1, { budgetUsdPerDay: 1 })
  const [limits] = all as [Limits]
  store.spent.set('t:acme', 1e6)
  await expect(admit(limits, 0.1)).rejects.toEqual(refused('budget-exhausted'))
  const before = store.exchanges
  for (let at = 0; at < 200; at++)
    await expect(admit(limits, 0.1)).rejects.toEqual(refused('budget-exhausted'))
  expect(store.exchanges - before).toBeLessThan(50)
})

test('while the store is away a budget lasts as long as what is held of it, and is then refused with 503 and when to come back [MODELS-SHARED-08]', async () => {
  const { store, all } = processes(1, { budgetUsdPerDay: 10 })
  const [limits] = all as [Limits]
  const permit = await admit(limits, 0.5)
  permit.settle(1, 0)
  store.isAway = true
  const held = await admit(limits, 0.5)
  await expect(admit(limits, 0.5)).rejects.toMatchObject({
    code: 'limits-unavailable',
    status: 503,
    retryAfterMs: expect.any(Number),
  })
  held.settle(1, 0.5e6)
  store.isAway = false
  await expect
    .poll(
      () =>
        admit(limits, 0.5).then(
          () => true,
          () => false,
        ),
      { timeout: 5_000 },
    )
    .toBe(true)
})

test('nothing is spent of what was held before the lease ended, unseen by the store [MODELS-SHARED-08]', async () => {
  const { store, all } = processes(1, { budgetUsdPerDay: 10 }, 700)
  const [limits] = all as [Limits]
  const permit = await admit(limits, 5)
  permit.settle(1, 0)
  store.isAway = true
  await expect
    .poll(
      () =>
        admit(limits, 5).then(
          (again) => again.settle(1, 0),
          ({ code }: { code: string }) => code,
        ),
      { timeout: 5_000 },
    )
    .toBe('limits-unavailable')
})

test('while the store is away each process goes on with its part of a rate, so that all together stay within it [MODELS-SHARED-08]', async () => {
  const perMinute = 1_200
  const { store, all } = processes(3, { requestsPerMinute: perMinute })
  for (const limits of all) await admit(limits)
  store.isAway = true
  let passed = 0
  const startedMs = performance.now()
  while (performance.now() - startedMs < 1_500) {
    for (const limits of all) {
      await admit(limits).then(
        () => passed++,
        () => undefined,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const seconds = (performance.now() - startedMs) / 1_000
  // With what each held already: a fiftieth at most, together.
  expect(passed).toBeLessThanOrEqual((seconds * perMinute) / 60 + 0.05 * perMinute)
  expect(passed).toBeGreaterThan(5)
})

import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { RunningSystem } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fleetConfigSchema } from '../../src/config.ts'
import { fleet } from '../../src/system.ts'

let store: TestStore
let running: RunningSystem
beforeAll(async () => {
  store = await createTestStore({ migrations: { fleet: fleet.migrations } })
  running = await fleet.start(
    {
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      telemetry: noTelemetry,
      dataDir: store.dataDir,
      configDir: store.dataDir,
      signal: new AbortController().signal,
      store: store.host.forSystem('fleet'),
    },
    fleetConfigSchema.parse({}),
  )
}, 60_000)
afterAll(async () => {
  await running?.stop()
  await store?.close()
})

const buy = (mayWait: number) => {
  const route = running.routes.find(({ method, path }) => method === 'post' && path === '/mix/purchases')!
  return route.handle({
    params: {},
    query: {},
    body: { mayWait },
    headers: new Headers(),
    caller: { tenantId: 'main', scope: 'admin', keyId: null },
    signal: AbortSignal.timeout(120_000),
    lastEventId: null,
  })
}

test('a purchase is in the ledger with what was planned and what it came to [FLEET-BUY-04]', async () => {
  const { decisionId, planned, actual } = (await buy(0.005)) as {
    decisionId: string
    planned: number
    actual: number
  }
  const { ledger } = store.host.forSystem('fleet')
  const found = await ledger.decision('main', decisionId)
  expect(found).toMatchObject({ kind: 'sample-purchase', output: { cost: planned } })
  expect(found!.outcomes).toMatchObject([{ kind: 'actual-cost', value: actual }])
  // Demand that nobody planned with costs something else, and of the same order.
  expect(actual).not.toBe(planned)
  expect(actual / planned).toBeGreaterThan(0.5)
  expect(actual / planned).toBeLessThan(2)
  expect(await ledger.decision('other', decisionId)).toBeNull()
  await expect(buy(0.3)).rejects.toMatchObject({ code: 'no-such-plan' })
}, 180_000)

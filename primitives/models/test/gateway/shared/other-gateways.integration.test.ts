import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Limits } from '../../../src/admission/limits.ts'
import { ReadyAnswers } from '../../../src/cache/ready-answers.ts'
import type { CacheTables } from '../../../src/cache/ready-answers.ts'
import { findOtherGateways } from '../../../src/gateway/other-gateways.ts'
import { cacheMigrations } from '../../../src/migrations/cache.ts'
import { meteringMigrations } from '../../../src/migrations/metering.ts'
import { gatewayConfigSchema } from '../../../src/table/gateway-config.ts'
import { answerWell, faults } from '../../../src/testing/faults.ts'
import { startFaultyUpstream } from '../../../src/testing/faulty-upstream.ts'
import { startTestGateway } from '../../../src/testing/test-gateway.ts'

let testStore: TestStore
beforeAll(async () => {
  testStore = await createTestStore({ migrations: { models: [...meteringMigrations, ...cacheMigrations] } })
})
afterAll(() => testStore.close())

async function startGateway(table: object) {
  const store = testStore.host.forSystem('models')
  const others = findOtherGateways({ ids: createIds(systemClock), log: silentLogger, store })
  const running = await startTestGateway(table, { onTakenOut: others.onTakenOut })
  const limits = new Limits(gatewayConfigSchema.parse(table), systemClock, others.sharing)
  const ready = new ReadyAnswers(store.database<CacheTables>(), systemClock, 1_000_000, others.onReady)
  others.attach({ limits, gateway: running.gateway, ready })
  // What is told before the session listens is not heard.
  await store.shared.countServers()
  return {
    ...running,
    ready,
    state: (provider: string) =>
      running.gateway.routes.get('m')?.balancer.replicas.find((replica) => replica.provider === provider)
        ?.state,
    ask: () =>
      fetch(`${running.address}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }] }),
      }).then((response) => response.text()),
    async close() {
      others.close()
      await limits.close()
      await running.close()
    },
  }
}

test('a replica that one gateway takes out is taken out by the other at its first failure [MODELS-SHARED-10]', async () => {
  const bad = await startFaultyUpstream(faults['status-500'])
  const good = await startFaultyUpstream(answerWell)
  const table = {
    providers: {
      bad: { kind: 'openai', replicas: [bad.baseUrl] },
      good: { kind: 'openai', replicas: [good.baseUrl] },
    },
    models: {
      m: {
        targets: [
          { provider: 'bad', model: 'upstream-m' },
          { provider: 'good', model: 'upstream-m' },
        ],
        policy: 'round-robin',
      },
    },
  }
  const here = await startGateway(table)
  const there = await startGateway(table)
  try {
    const failuresUntilOut = async (gateway: typeof here) => {
      const before = bad.requests()
      while (gateway.state('bad') === 'healthy') await gateway.ask()
      return bad.requests() - before
    }
    const heard = vi.spyOn(there.gateway, 'suspect')
    expect(await failuresUntilOut(here)).toBeGreaterThan(2)
    await expect.poll(() => heard.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(0)
    expect(await failuresUntilOut(there)).toBe(1)
  } finally {
    await here.close()
    await there.close()
    await bad.close()
    await good.close()
  }
})

test('answers that one gateway makes ahead or drops, the other knows soon [MODELS-SHARED-11]', async () => {
  const here = await startGateway({})
  const there = await startGateway({})
  try {
    const answer = { body: { id: 'a', object: 'chat.completion', choices: [] }, pieces: [] }
    const options = { tenantId: 'acme', tag: 'shop', ttlMs: 60_000 }
    await here.ready.keep('key', 'm', answer as never, options)
    await expect.poll(() => there.ready.mayHave('acme', 'm'), { timeout: 10_000 }).toBe(true)
    await here.ready.invalidate('acme', 'shop')
    await expect.poll(() => there.ready.size, { timeout: 10_000 }).toBe(0)
  } finally {
    await here.close()
    await there.close()
  }
})

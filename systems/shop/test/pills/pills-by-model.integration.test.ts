import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import { startScriptedModelServer } from '@heavylift/models/testing'
import type { ScriptedModelServer } from '@heavylift/models/testing'
import { startTaskGateway, taskGatewayMigrations } from '@heavylift/models/testing/gateway'
import type { TaskGateway } from '@heavylift/models/testing/gateway'
import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrations } from '../../src/migrations/migrations.ts'
import type { Product } from '../../src/domain/product.ts'
import { createPills } from '../../src/assistant/pills/create-pills.ts'
import { shopConfig } from '../../src/config.ts'
import { memoryCatalog, memorySearch, swift } from '../assistant/fixture.ts'

let testStore: TestStore
let server: ScriptedModelServer
let gateway: TaskGateway
let sold: Product
let made: ReturnType<typeof createPills>

const models = () => testStore.host.forSystem('models').database<{ ready_answer: { tag: string } }>()

const worded =
  'The Swift FG Kids Football Boots Red come with free shipping. The Swift FG is made of synthetic material.'

beforeAll(async () => {
  testStore = await createTestStore({ migrations: { shop: migrations, models: taskGatewayMigrations } })
  server = await startScriptedModelServer(() => ({ deltas: [worded] }))
  gateway = await startTaskGateway({
    baseUrl: server.baseUrl,
    model: 'scripted',
    database: models(),
  })
  sold = swift
  const store = testStore.host.forSystem('shop')
  const stopping = new AbortController()
  made = createPills(
    {
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      telemetry: noTelemetry,
      dataDir: '',
      configDir: '',
      signal: stopping.signal,
      store,
      models: { forTask: (task) => (task === 'pill' ? gateway.model : null), embedder: () => null },
    },
    shopConfig.parse({ pillsByModel: true }),
    {
      // The product as it is sold now.
      catalog: () => ({
        ...memoryCatalog([sold]),
        product: () => Promise.resolve(sold),
        products: () => Promise.resolve([sold]),
      }),
      search: () => memorySearch([sold]),
      meanings: { query: () => Promise.resolve(null) },
    },
  )
})
afterAll(async () => {
  await gateway.close()
  await server.close()
  await testStore.close()
})

/** Keeping an answer goes on after it was given. */
const kept = (count: number) =>
  expect.poll(() => models().selectFrom('ready_answer').select('tag').execute()).toHaveLength(count)

async function askAgain() {
  await made.pillsDb.deleteFrom('pill').execute()
  const [pill] = await made.pills.forProduct('main', 'swift')
  return made.pills.answer('main', pill?.id ?? '')
}

const textOf = (answer: Awaited<ReturnType<typeof askAgain>>) =>
  answer.parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('')

test('a pill is worded once, behind everything interactive; the same question again needs no model [SHOP-WORDING-04]', async () => {
  expect(textOf(await askAgain())).toContain('The Swift FG is made of synthetic material.')
  expect(server.requests()).toBe(1)
  expect(gateway.records.at(-1)).toMatchObject({ priority: 'batch' })
  await kept(1)
  expect(textOf(await askAgain())).toContain('The Swift FG is made of synthetic material.')
  expect(gateway.records.at(-1)).toMatchObject({ cache: 'ready' })
  expect(server.requests()).toBe(1)

  // Another price is another question to the model.
  sold = {
    ...swift,
    variants: swift.variants.map((variant) => ({ ...variant, price: { ...variant.price, minor: 4500 } })),
  }
  await askAgain()
  expect(server.requests()).toBe(2)
  await kept(2)

  expect(await gateway.forget('main', 'shop:pills')).toBe(2)
  await askAgain()
  expect(server.requests()).toBe(3)
})

import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StoredApiKey } from '../src/access/api-keys.ts'
import {
  accessMigrations,
  createPostgresKeyStore,
  createPostgresTenantStore,
} from '../src/access/postgres-access.ts'
import { memoryKeyStore, memoryTenantStore } from './support/memory-stores.ts'

let store: TestStore
beforeAll(async () => {
  store = await createTestStore({ migrations: { server: accessMigrations } })
})
afterAll(() => store.close())

const key = (id: string, more: Partial<StoredApiKey> = {}): StoredApiKey => ({
  id,
  tenantId: 'main',
  name: `key ${id}`,
  kind: 'secret',
  scope: 'operator',
  prefix: `hl_sk_${id}`,
  hash: 'ab'.repeat(32),
  allowedOrigins: [],
  createdAtMs: 1_700_000_000_000,
  lastUsedAtMs: null,
  revokedAtMs: null,
  expiresAtMs: null,
  limits: null,
  ...more,
})

/** The same story on both stores, step by step; the answers are compared. */
async function story(
  keys: ReturnType<typeof createPostgresKeyStore>,
  tenants: ReturnType<typeof createPostgresTenantStore>,
) {
  const answers: unknown[] = []
  // Copies, since the one in memory hands out what it keeps.
  const note = (...given: unknown[]) => void answers.push(...structuredClone(given))
  note(await keys.anyActive())
  note(await tenants.insert({ id: 'acme', name: 'Acme', createdAtMs: 5 }))
  note(await tenants.insert({ id: 'acme', name: 'Again', createdAtMs: 6 }))
  note(await tenants.find('acme'), await tenants.find('nobody'))
  await keys.insert(key('a'))
  await keys.insert(
    key('b', {
      tenantId: 'acme',
      kind: 'publishable',
      allowedOrigins: ['https://a.example', 'https://b.example'],
    }),
  )
  await keys.insert(
    key('c', {
      scope: 'models',
      expiresAtMs: 1_800_000_000_000,
      limits: {
        models: ['small'],
        requestsPerMinute: 6,
        tokensPerMinute: null,
        maxInFlight: 2,
        budgetUsdPerDay: 1.5,
        budgetUsdPerMonth: null,
      },
    }),
  )
  note(await keys.byPrefix('hl_sk_c'))
  note(await keys.anyActive(), await keys.byPrefix('hl_sk_a'), await keys.byPrefix('hl_sk_zzz'))
  await keys.touch('a', 1_700_000_000_001)
  note(await keys.list('main'), await keys.list('acme'), await keys.list('nobody'))
  note(await keys.originAllowed('https://b.example'), await keys.originAllowed('https://c.example'))
  answers.push(
    await keys.revoke('main', 'b', 7),
    await keys.revoke('acme', 'b', 8),
    await keys.revoke('acme', 'b', 9),
  )
  note(await keys.originAllowed('https://b.example'))
  note(await keys.revoke('main', 'a', 10), await keys.revoke('main', 'c', 10), await keys.anyActive())
  return answers
}

test('keys and tenants in PostgreSQL behave as those in memory [SERVER-KEYS-04]', async () => {
  const database = store.host.forSystem('server').database<unknown>()
  const inPostgres = await story(createPostgresKeyStore(database), createPostgresTenantStore(database))
  expect(inPostgres).toEqual(await story(memoryKeyStore(), memoryTenantStore()))
})

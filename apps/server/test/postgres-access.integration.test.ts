import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { FileAccess } from '../src/access/file-access.ts'
import { importAccess } from '../src/access/import-access.ts'
import {
  accessMigrations,
  createPostgresKeyStore,
  createPostgresTenantStore,
} from '../src/access/postgres-access.ts'
import { memoryKeyStore, memoryTenantStore } from './support/memory-stores.ts'
import { storedKey as key } from './support/stored-key.ts'

let store: TestStore
beforeAll(async () => {
  store = await createTestStore({ migrations: { server: accessMigrations } })
})
afterAll(() => store.close())

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heavylift-access-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

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

test('keys and tenants in PostgreSQL and in a file behave as those in memory [SERVER-KEYS-04] [MODELS-ALONE-02]', async () => {
  const database = store.host.forSystem('server').database<unknown>()
  const inMemory = await story(memoryKeyStore(), memoryTenantStore())
  expect(await story(createPostgresKeyStore(database), createPostgresTenantStore(database))).toEqual(inMemory)
  const file = new FileAccess(join(dir, 'access.json'))
  expect(await story(file.keys, file.tenants)).toEqual(inMemory)
  await file.close()
})

test('a database takes in keys and tenants of a file, and what it has of them already stays [MODELS-ALONE-06]', async () => {
  const database = store.host.forSystem('server').database<unknown>()
  const path = join(dir, 'access.json')
  const file = new FileAccess(path)
  await file.tenants.insert({ id: 'import', name: 'Imported', createdAtMs: 5 })
  await file.keys.insert(key('i1', { tenantId: 'import', scope: 'models', expiresAtMs: 9 }))
  await file.close()
  await importAccess(path, database)
  const keys = createPostgresKeyStore(database)
  expect(await keys.byPrefix('hl_sk_i1')).toMatchObject({
    tenantId: 'import',
    scope: 'models',
    expiresAtMs: 9,
  })
  expect(existsSync(path)).toBe(false)

  // A copy of the folder from before it was revoked.
  await keys.revoke('import', 'i1', 7)
  const again = new FileAccess(path)
  await again.keys.insert(key('i1', { tenantId: 'main' }))
  await again.close()
  await importAccess(path, database)
  expect(await keys.byPrefix('hl_sk_i1')).toMatchObject({ tenantId: 'import', revokedAtMs: 7 })
})

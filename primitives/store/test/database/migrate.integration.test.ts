import { silentLogger } from '@heavylift/core'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from '../../src/database/migrate.ts'
import { createTestStore, testMigrations, type TestStore } from '../../src/testing/index.ts'

const first = { name: '0001-first', sql: 'CREATE TABLE things (id int PRIMARY KEY, name text)' }
const second = { name: '0002-second', sql: 'ALTER TABLE things ADD COLUMN price bigint NOT NULL DEFAULT 0' }
let store: TestStore

beforeEach(async () => {
  store = await createTestStore()
})
afterEach(async () => {
  await store.close()
})

test('runs each step once, in the schema of the system [STORE-MIGRATE-01]', async () => {
  expect(await store.host.migrate('spare-parts', [second, first])).toEqual(['0001-first', '0002-second'])
  expect(await store.host.migrate('spare-parts', [first, second])).toEqual([])
  const database = store.host.forSystem('spare-parts').database<{ things: { id: number; name: string } }>()
  await database.insertInto('things').values({ id: 1, name: 'a' }).execute()
  // Raw SQL runs in the schema too, and 64-bit integers are numbers.
  const rows = await sql<{ n: number; schema: string }>`
    SELECT count(*) AS n, current_schema() AS schema FROM things`.execute(database)
  expect(rows.rows).toEqual([{ n: 1, schema: 'spare_parts' }])
})

test('systems do not see each other’s tables [STORE-TENANT-01]', async () => {
  await store.host.migrate('shop', [first])
  await store.host.migrate('address', [])
  const other = store.host.forSystem('address').database<{ things: { id: number } }>()
  await expect(other.selectFrom('things').selectAll().execute()).rejects.toThrow(/does not exist/)
})

test('a failing step is undone whole and named [STORE-MIGRATE-02]', async () => {
  const broken = { name: '0002-broken', sql: 'CREATE TABLE half (id int); SELECT no_such_column' }
  await expect(store.host.migrate('shop', [first, broken])).rejects.toMatchObject({
    code: 'migration-failed',
    message: expect.stringContaining('0002-broken'),
  })
  const database = store.host.forSystem('shop').database()
  const rows = await sql`SELECT to_regclass('half') AS half, to_regclass('things')::text AS things`.execute(
    database,
  )
  expect(rows.rows).toEqual([{ half: null, things: 'things' }])
})

test('refuses a step that was changed after it ran [STORE-MIGRATE-03]', async () => {
  await store.host.migrate('shop', [first])
  await expect(
    store.host.migrate('shop', [{ ...first, sql: `${first.sql} -- changed` }]),
  ).rejects.toMatchObject({ code: 'migration-changed' })
})

test('two processes that migrate at once run each step once [STORE-MIGRATE-01]', async () => {
  const run = () => migrate(store.databaseUrl, 'shop', [first, second], silentLogger)
  const ran = await Promise.all([run(), run(), run(), run()])
  expect(ran.filter((steps) => steps.length === 2).length).toBe(1)
  expect(ran.filter((steps) => steps.length === 0).length).toBe(3)
})

test('testMigrations fails for an upgrade that rows of the earlier version break', async () => {
  const unique = { name: '0002-unique', sql: 'CREATE UNIQUE INDEX ON things (name)' }
  const seeds = [{ after: '0001-first', sql: "INSERT INTO things VALUES (1, 'same'), (2, 'same')" }]
  await expect(testMigrations({ system: 'shop', migrations: [first, unique], seeds })).rejects.toMatchObject({
    code: 'migration-failed',
  })
  expect(await testMigrations({ system: 'shop', migrations: [first, second], seeds })).toEqual({
    tables: ['things'],
  })
})

test('reports health, and closes twice without harm', async () => {
  expect(await store.host.health()).toMatchObject({ isHealthy: true, database: { error: null } })
  await store.host.close()
  await store.host.close()
  expect(await store.host.health()).toMatchObject({ isHealthy: false })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { createTelemetry } from '@heavylift/core/runtime'
import { createTestStore, testMigrations, type TestStore } from '@heavylift/store/testing'
import { sql, type Kysely } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMeter } from '../../src/metering/create-meter.ts'
import type { MeteringTables } from '../../src/metering/metering-tables.ts'
import { createPostgresUsage } from '../../src/metering/postgres-usage.ts'
import { usageCsv } from '../../src/metering/usage-report.ts'
import type { CallFilter, UsageStore } from '../../src/metering/usage-store.ts'
import { CallTableWriter } from '../../src/metering/write-calls.ts'
import { meteringMigrations } from '../../src/migrations/metering.ts'
import { callRecord } from './call-record.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const midnightMs = Date.UTC(2026, 4, 10)
const ids = createIds(systemClock)

let testStore: TestStore
let db: Kysely<MeteringTables>
beforeEach(async () => {
  testStore = await createTestStore({ migrations: { models: meteringMigrations } })
  db = testStore.host.forSystem('models').database<MeteringTables>()
})
afterEach(() => testStore.close())

let usage: UsageStore

function openUsage(): UsageStore {
  return (usage = createPostgresUsage({
    services: { clock: systemClock, ids, log: silentLogger, dataDir: testStore.dataDir },
    db,
    ledger: testStore.host.forSystem('models').ledger,
    // Tests drop old calls themselves.
    keepDays: () => 10_000,
  }))
}

const usageDir = () => join(testStore.dataDir, 'usage')

test('its schema is the same from empty and on a second run', async () => {
  const { tables } = await testMigrations({ system: 'models', migrations: meteringMigrations })
  expect(tables).toEqual([
    'call',
    'call_text',
    'limit_hold',
    'limit_holder',
    'limit_rate',
    'limit_spent',
    'usage_hour',
  ])
})

test('a call reaches the table as it was, the hourly sums, the ledger and Prometheus; its file is gone [MODELS-METER-03]', async () => {
  const telemetry = createTelemetry()
  const meter = createMeter({ clock: systemClock, telemetry }, openUsage())
  const call = callRecord({
    id: ids.next('call'),
    atMs: Date.now(),
    usage: { input: 5, cacheRead: 4, cacheWrite: 3, output: 2, reasoning: 1 },
  })
  meter.record(call, null)
  expect(await readdir(usageDir())).toHaveLength(1)
  await usage.close()

  expect(await usage.readCall('acme', call.id)).toEqual({ call, text: null })
  expect(await usage.readCall('other', call.id)).toBeNull()
  expect(await readdir(usageDir())).toEqual([])
  const [decision] = await testStore.host.forSystem('models').ledger.decisions('acme', { limit: 2 })
  expect(decision).toMatchObject({
    id: call.id,
    system: 'models',
    kind: 'call',
    version: 'gpt-4o-mini',
    costMicros: 39,
    durationMs: 900,
  })
  const text = await telemetry.metrics()
  expect(text).toContain('models_calls_total{model="large",status="ok"} 1\n')
  expect(text).toContain('models_tokens_total{model="large",kind="cache_read"} 4\n')
  expect(text).toContain('models_call_duration_seconds_bucket{model="large",le="0.5"} 0\n')
  expect(text).toContain('models_call_duration_seconds_bucket{model="large",le="1"} 1\n')
})

test('what a killed process recorded is in the table once after the next start [MODELS-METER-04]', async () => {
  const script = fileURLToPath(new URL('crash-child.ts', import.meta.url))
  const printed: string[] = []
  let filesLeft = 0
  for (let kill = 0; kill < 2; kill++) {
    const child = spawn(process.execPath, [script, testStore.dataDir, testStore.databaseUrl], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      // Some batches are in the database by then, some records are not.
      if (output.length > 40_000) child.kill('SIGKILL')
    })
    await once(child, 'close')
    printed.push(...output.split('\n').slice(0, -1))
    filesLeft += (await readdir(usageDir())).length
  }
  expect(printed.length).toBeGreaterThan(1000)
  expect(filesLeft).toBeGreaterThan(0)

  await openUsage().close()
  expect(await readdir(usageDir())).toEqual([])
  const rows = await db.selectFrom('call').select('id').execute()
  const stored = new Set(rows.map(({ id }) => id))
  expect(stored.size).toBe(rows.length)
  expect(printed.filter((id) => !stored.has(id))).toEqual([])
  const [hours] = (await sql<{ calls: number }>`select sum(calls)::int as calls from usage_hour`.execute(db))
    .rows
  expect(hours?.calls).toBe(rows.length)
})

test('while the database is away calls wait on disk, and are written when it is back [MODELS-METER-05]', async () => {
  await sql`alter table call rename to away`.execute(db)
  openUsage()
  const calls = Array.from({ length: 2500 }, () => callRecord({ id: ids.next('call'), atMs: Date.now() }))
  for (const call of calls) usage.add(call)
  await expect(usage.flush()).rejects.toThrow()
  expect((await readdir(usageDir())).length).toBeGreaterThanOrEqual(3)
  await sql`alter table away rename to call`.execute(db)
  await usage.flush()
  expect(await db.selectFrom('call').select('id').execute()).toHaveLength(2500)
  await usage.close()
})

test('a line that was cut off and characters that cannot be stored hold up nothing', async () => {
  const good = callRecord({ id: 'call_1', atMs: Date.now(), model: 'odd\0\ud800' })
  await mkdir(usageDir(), { recursive: true })
  await writeFile(join(usageDir(), 'calls_0.jsonl'), `\n${JSON.stringify(good)}\n{"id":"call_x","atM`)
  openUsage()
  const long = callRecord({ id: 'call_2', atMs: Date.now(), model: 'x'.repeat(100_000) })
  usage.add(long)
  await usage.close()
  expect((await usage.listCalls({ tenantId: null, limit: 10 })).map(({ model }) => model)).toEqual([
    'x'.repeat(200),
    'odd\ufffd',
  ])
})

test('a batch that the database refuses is set aside and those after it go on', async () => {
  const bad = callRecord({ id: ids.next('call'), atMs: Date.now(), durationMs: NaN })
  openUsage()
  usage.add(bad)
  await usage.flush()
  const good = callRecord({ id: ids.next('call'), atMs: Date.now() })
  usage.add(good)
  await usage.close()
  expect((await usage.listCalls({ tenantId: null, limit: 10 })).map(({ id }) => id)).toEqual([good.id])
  expect(await readdir(usageDir())).toEqual([expect.stringMatching(/\.jsonl\.refused$/)])
})

test('old days are dropped, younger ones and the sums of all stay [MODELS-METER-06]', async () => {
  openUsage()
  const writer = new CallTableWriter(db)
  const at = (atMs: number) => callRecord({ id: `call_${atMs}`, atMs })
  const calls = [at(midnightMs - 8 * dayMs), at(midnightMs - 7 * dayMs), at(midnightMs + 5)]
  await writer.write(calls)
  await db
    .insertInto('call_text')
    .values(
      calls.map(({ id, atMs }) => ({
        tenant_id: 'acme',
        call_id: id,
        at: new Date(atMs),
        request: '',
        answer: '',
      })),
    )
    .execute()
  await writer.forget(7, midnightMs + hourMs)
  const kept = await usage.listCalls({ tenantId: 'acme', limit: 10 })
  expect(kept.map(({ atMs }) => atMs)).toEqual([midnightMs + 5, midnightMs - 7 * dayMs])
  expect(await db.selectFrom('call_text').select('call_id').execute()).toHaveLength(2)
  const query = { tenantId: 'acme', fromMs: 0, toMs: midnightMs + dayMs, by: 'model', bucket: 'day' } as const
  expect((await usage.readUsage(query)).total.calls).toBe(3)
  // A day that was dropped gets its table back when a late call needs it.
  await writer.write([at(midnightMs - 8 * dayMs + 1)])
  expect(await usage.listCalls({ tenantId: 'acme', limit: 10 })).toHaveLength(3)
})

test('usage sums up each call once by tenant, key, model and provider [MODELS-METER-07]', async () => {
  openUsage()
  const writer = new CallTableWriter(db)
  const calls = [
    callRecord({ id: 'a', atMs: midnightMs, keyId: null }),
    callRecord({ id: 'b', atMs: midnightMs + hourMs, costMicros: 100 }),
    callRecord({ id: 'c', atMs: midnightMs + dayMs, status: 'failed', isPriced: false, costMicros: 0 }),
    callRecord({ id: 'd', atMs: midnightMs, tenantId: 'other', model: '=small', cache: 'hit' }),
    callRecord({ id: 'e', atMs: midnightMs, tenantId: 'other', status: 'rejected', model: 'invented' }),
  ]
  await writer.write(calls)
  await writer.write(calls)
  const range = { fromMs: midnightMs, toMs: midnightMs + 2 * dayMs }
  const all = await usage.readUsage({ tenantId: null, ...range, by: 'tenant', bucket: 'day' })
  expect(all.total).toMatchObject({
    calls: 5,
    failed: 1,
    refused: 1,
    unpriced: 1,
    cacheHits: 1,
    inputTokens: 500,
  })
  expect(all.groups.map(({ name, calls: n, costMicros }) => [name, n, costMicros])).toEqual([
    ['acme', 3, 139],
    ['other', 2, 78],
  ])
  expect(all.series.map(({ atMs, name, calls: n }) => [atMs - midnightMs, name, n])).toEqual([
    [0, 'acme', 2],
    [0, 'other', 2],
    [dayMs, 'acme', 1],
  ])
  const keys = await usage.readUsage({ tenantId: 'acme', ...range, by: 'key', bucket: 'hour' })
  expect(keys.groups.map(({ name, calls: n }) => [name, n])).toEqual([
    ['key_1', 2],
    ['', 1],
  ])
  const models = await usage.readUsage({ tenantId: 'other', ...range, by: 'model', bucket: 'day' })
  expect(models.groups.map(({ name }) => name).toSorted()).toEqual(['', '=small'])
  const csv = usageCsv(models, 'model').split('\r\n')
  expect(csv[0]).toMatch(/^at,model,calls,failed/)
  expect(csv[2]).toMatch(/^2026-05-10T00:00:00\.000Z,"'=small",1,0,0,0,1,/)
})

test('calls are listed newest first, filtered and paged by id', async () => {
  openUsage()
  const calls = Array.from({ length: 5 }, (_, i) =>
    callRecord({
      id: `call_${i}`,
      atMs: midnightMs + i * dayMs,
      status: i % 2 === 0 ? 'ok' : 'cut',
      errorCode: i === 3 ? 'model-cut-off' : null,
    }),
  )
  await new CallTableWriter(db).write(calls)
  const idsOf = async (filter: Partial<CallFilter>) =>
    (await usage.listCalls({ tenantId: null, limit: 3, ...filter })).map(({ id }) => id)
  expect(await idsOf({})).toEqual(['call_4', 'call_3', 'call_2'])
  expect(await idsOf({ beforeId: 'call_2' })).toEqual(['call_1', 'call_0'])
  expect(await idsOf({ statuses: ['cut', 'failed'] })).toEqual(['call_3', 'call_1'])
  expect(await idsOf({ fromMs: midnightMs + dayMs, toMs: midnightMs + 3 * dayMs })).toEqual([
    'call_2',
    'call_1',
  ])
  expect(await idsOf({ text: 'CUT-off' })).toEqual(['call_3'])
  expect(await idsOf({ tenantId: 'other' })).toEqual([])
})

test('texts are kept only when given, without keys in them', async () => {
  openUsage()
  const call = callRecord({ id: ids.next('call'), atMs: Date.now() })
  usage.add(call, {
    request: 'use sk-proj-abcdefghijklmnop1234 and AKIAABCDEFGHIJKLMNOP',
    answer: 'ok',
  })
  await usage.close()
  expect((await usage.readCall('acme', call.id))?.text).toEqual({
    request: 'use sk-[redacted] and [redacted]',
    answer: 'ok',
  })
})

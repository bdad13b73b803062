import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { createTelemetry } from '@heavylift/core/runtime'
import { createTestStore, testMigrations, type TestStore } from '@heavylift/store/testing'
import { sql, type Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FileUsage } from '../../src/metering/files/file-usage.ts'
import { importFileUsage } from '../../src/metering/files/import-usage.ts'
import { createMeter } from '../../src/metering/create-meter.ts'
import type { MeteringTables } from '../../src/metering/metering-tables.ts'
import { createPostgresUsage } from '../../src/metering/postgres-usage.ts'
import type { UsageStore } from '../../src/metering/usage-store.ts'
import { CallTableWriter } from '../../src/metering/write-calls.ts'
import { meteringMigrations } from '../../src/migrations/metering.ts'
import { callRecord } from './call-record.ts'
import { runUsageStoreContract } from './usage-store-contract.ts'

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

const always = { tenantId: null, fromMs: 0, toMs: 8e12, by: 'model', bucket: 'day' } as const
const usageDir = () => join(testStore.dataDir, 'usage')

test('its schema is the same from empty and on a second run', async () => {
  const { tables } = await testMigrations({ system: 'models', migrations: meteringMigrations })
  expect(tables).toEqual([
    'call',
    'call_text',
    'imported_usage',
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

test('what a gateway without a database kept is in the database after its first start, once, however often that is killed [MODELS-ALONE-06]', async () => {
  const text = { request: 'Hello', answer: 'Hi' }
  let nowMs = midnightMs
  const files = async (keepDays: number) =>
    FileUsage.open({
      services: { clock: { ...systemClock, nowMs: () => nowMs }, ids, log: silentLogger },
      dir: usageDir(),
      keepDays: () => keepDays,
    })
  const first = await files(30)
  first.add(callRecord({ id: 'old', atMs: midnightMs, costMicros: 7 }))
  await first.close()
  nowMs += 3 * dayMs
  const second = await files(1)
  second.add(callRecord({ id: 'new', atMs: nowMs, costMicros: 11 }), text)
  const before = await second.readUsage(always)
  await second.close()
  const kept = await mkdtemp(join(tmpdir(), 'heavylift-usage-'))
  await cp(usageDir(), kept, { recursive: true })

  // Twice: the second finds the files of the first, as after a kill.
  for (let start = 0; start < 2; start++) {
    await cp(kept, usageDir(), { recursive: true })
    await importFileUsage(usageDir(), db, silentLogger)
    await openUsage().flush()
    expect(await usage.readUsage(always)).toEqual(before)
    expect((await usage.listCalls({ tenantId: null, limit: 10 })).map(({ id }) => id)).toEqual(['new'])
    expect((await usage.readCall(null, 'new'))?.text).toEqual(text)
    expect(await readdir(usageDir())).toEqual([])
    await usage.close()
  }
  await rm(kept, { recursive: true })
})

describe('as every place that usage is kept in [MODELS-METER-07]', () => {
  runUsageStoreContract({ open: () => Promise.resolve(openUsage()) })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import { expect, test } from 'vitest'
import type { MeteringTables } from '../../src/metering/metering-tables.ts'
import { createPostgresUsage } from '../../src/metering/postgres-usage.ts'
import { meteringMigrations } from '../../src/migrations/metering.ts'
import { startScriptedModelServer } from '../../src/testing/scripted-model-server.ts'

test('every answer that a client got to its end is billed, though the gateway is killed while it answers [MODELS-METER-09]', async () => {
  const testStore = await createTestStore({ migrations: { models: meteringMigrations } })
  const upstream = await startScriptedModelServer(() => ({ deltas: ['a', 'b', 'c'], delayMs: 1 }))
  const script = fileURLToPath(new URL('gateway-child.ts', import.meta.url))
  const { dataDir, databaseUrl } = testStore
  const child = spawn(process.execPath, [script, dataDir, databaseUrl, upstream.baseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  try {
    const [port] = (await once(child.stdout, 'data')) as [Buffer]
    const ended: string[] = []
    const askUntilKilled = async () => {
      try {
        for (;;) {
          const answer = await fetch(`http://127.0.0.1:${port.toString().trim()}/v1/chat/completions`, {
            method: 'POST',
            body: '{"model":"m","stream":true,"messages":[{"role":"user","content":"Hello"}]}',
          })
          if (!(await answer.text()).includes('data: [DONE]')) return
          ended.push(answer.headers.get('x-request-id') ?? '')
          if (ended.length === 150) child.kill('SIGKILL')
        }
      } catch {
        // Its gateway is gone.
      }
    }
    await Promise.all(Array.from({ length: 8 }, askUntilKilled))
    await exited
    expect(ended.length).toBeGreaterThanOrEqual(150)

    const store = testStore.host.forSystem('models')
    const db = store.database<MeteringTables>()
    const services = { clock: systemClock, ids: createIds(systemClock), log: silentLogger, dataDir }
    await createPostgresUsage({
      services,
      db,
      ledger: store.ledger,
      keepDays: () => 30,
    }).close()
    const rows = await db.selectFrom('call').selectAll().where('status', '=', 'ok').execute()
    const billed = new Map(rows.map((row) => [row.id, row]))
    expect(billed.size).toBe(rows.length)
    expect(ended.filter((id) => !billed.has(id))).toEqual([])
    // 10 prompt tokens at 1, 3 of the answer at 2 dollars a million.
    expect(new Set(ended.map((id) => billed.get(id)?.cost_micros))).toEqual(new Set([16]))
  } finally {
    child.kill('SIGKILL')
    await upstream.close()
    await testStore.close()
  }
})

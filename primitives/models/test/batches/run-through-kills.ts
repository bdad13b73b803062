import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import OpenAI, { toFile } from 'openai'
import { expect, vi } from 'vitest'
import type { MeteringTables } from '../../src/metering/metering-tables.ts'
import { createPostgresUsage } from '../../src/metering/postgres-usage.ts'
import { keptMigrations } from '../../src/migrations/kept.ts'
import { meteringMigrations } from '../../src/migrations/metering.ts'

const script = fileURLToPath(new URL('batch-child.ts', import.meta.url))

/**
 * A batch of `count` requests whose gateway is killed once so many answers have been given as each of `kills` says, and
 * started again: it ends whole, and every request is billed once.
 */
export async function runThroughKills(count: number, kills: number[]): Promise<void> {
  const testStore = await createTestStore({
    durable: true,
    migrations: { models: [...meteringMigrations, ...keptMigrations] },
  })
  const upstream = await startUpstream()
  const running: { child: ChildProcess | null } = { child: null }
  const kill = async () => {
    if (running.child === null) return
    const exited = once(running.child, 'exit')
    running.child.kill('SIGKILL')
    running.child = null
    await exited
  }
  const start = async (): Promise<OpenAI> => {
    const child = (running.child = spawn(
      process.execPath,
      [script, testStore.dataDir, testStore.databaseUrl, upstream.baseUrl],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    ))
    const [port] = (await once(child.stdout, 'data')) as [Buffer]
    return new OpenAI({ baseURL: `http://127.0.0.1:${port.toString().trim()}/v1`, apiKey: 'hl' })
  }
  try {
    let client = await start()
    const lines = Array.from({ length: count }, (_, at) =>
      JSON.stringify({
        custom_id: `r${at}`,
        method: 'POST',
        url: '/v1/chat/completions',
        body: { model: 'm', messages: [{ role: 'user', content: String(at) }] },
      }),
    )
    const file = await client.files.create({
      purpose: 'batch',
      file: await toFile(Buffer.from(lines.join('\n')), 'in.jsonl'),
    })
    const { id } = await client.batches.create({
      input_file_id: file.id,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    })
    for (const answers of kills) {
      await vi.waitFor(() => expect(upstream.answered()).toBeGreaterThanOrEqual(answers), {
        timeout: 60_000,
        interval: 5,
      })
      await kill()
      client = await start()
    }
    const batch = await vi.waitFor(
      async () => {
        const found = await client.batches.retrieve(id)
        expect(found.status).toBe('completed')
        return found
      },
      { timeout: 60_000, interval: 100 },
    )
    expect(batch.request_counts).toEqual({ total: count, completed: count, failed: 0 })
    const output = await (await client.files.content(batch.output_file_id ?? '')).text()
    const answers = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { custom_id: string })
    expect(answers.map(({ custom_id }) => custom_id)).toEqual(lines.map((_line, at) => `r${at}`))
    await kill()

    const store = testStore.host.forSystem('models')
    const db = store.database<MeteringTables>()
    const services = {
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      dataDir: testStore.dataDir,
    }
    await createPostgresUsage({ services, db, ledger: store.ledger, keepDays: () => 30 }).close()
    const rows = await db.selectFrom('call').selectAll().where('status', '=', 'ok').execute()
    const billed = rows.filter(({ cost_micros }) => Number(cost_micros) > 0)
    // 7 prompt tokens at 1, 2 of the answer at 2 dollars a million.
    expect(billed.map(({ cost_micros }) => Number(cost_micros))).toEqual(
      Array.from({ length: count }, () => 11),
    )
    // What was answered again is waste, and every other answer is one of the billed.
    expect(rows.length - billed.length).toBe(
      rows.filter(({ wasted_cost_micros }) => Number(wasted_cost_micros) > 0).length,
    )
    expect(
      rows.every(
        ({ priority, tenant_id, key_id }) => `${priority} ${tenant_id} ${key_id}` === 'batch acme key_1',
      ),
    ).toBe(true)
  } finally {
    await kill()
    await upstream.close()
    await testStore.close()
  }
}

async function startUpstream() {
  let answered = 0
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      setTimeout(() => {
        answered += 1
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(
          JSON.stringify({
            id: `chatcmpl-${answered}`,
            object: 'chat.completion',
            choices: [{ index: 0, message: { role: 'assistant', content: 'four' }, finish_reason: 'stop' }],
            usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
          }),
        )
      }, 20)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    answered: () => answered,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

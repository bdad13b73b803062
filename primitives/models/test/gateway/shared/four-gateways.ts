import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { expect } from 'vitest'
import type { MeteringTables } from '../../../src/metering/metering-tables.ts'
import { meteringMigrations } from '../../../src/migrations/metering.ts'
import { answerWell } from '../../../src/testing/faults.ts'
import { startFaultyUpstream } from '../../../src/testing/faulty-upstream.ts'
import type { FaultyUpstream } from '../../../src/testing/faulty-upstream.ts'

const script = fileURLToPath(new URL('gateway-child.ts', import.meta.url))

/** Four gateways in processes of their own, with a database and an upstream in common, as four workers or machines are. */
export class FourGateways {
  readonly store: TestStore
  readonly upstream: FaultyUpstream
  readonly children: ChildProcess[] = []
  readonly addresses: string[] = []
  /** Of every answer. */
  usage: object = { prompt_tokens: 1 }
  answerAfterMs = 1
  readonly #table: object

  private constructor(store: TestStore, upstream: FaultyUpstream, table: object) {
    this.store = store
    this.upstream = upstream
    this.#table = table
  }

  /** `tenants`: their limits. A dollar a million tokens read, ten a million written. */
  static async start(tenants: object): Promise<FourGateways> {
    const store = await createTestStore({ migrations: { models: meteringMigrations } })
    const upstream = await startFaultyUpstream((scene) =>
      setTimeout(() => answerWell(scene, gateways.usage), gateways.answerAfterMs),
    )
    const gateways = new FourGateways(store, upstream, {
      providers: { up: { kind: 'openai', replicas: [upstream.baseUrl] } },
      models: { m: { targets: [{ provider: 'up', model: 'upstream-m' }] } },
      prices: { 'upstream-m': { input: 1, output: 10 } },
      tenants,
    })
    await Promise.all([0, 1, 2, 3].map((at) => gateways.startChild(at)))
    return gateways
  }

  /** Again after it was killed, on its own folder. */
  async startChild(at: number): Promise<void> {
    const options = {
      dataDir: join(this.store.dataDir, `gateway-${at}`),
      databaseUrl: this.store.databaseUrl,
      table: this.#table,
    }
    const child = spawn(process.execPath, [script, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.children[at] = child
    const [port] = (await once(child.stdout!, 'data')) as [Buffer]
    this.addresses[at] = `http://127.0.0.1:${port.toString().trim()}`
  }

  async ask(
    tenant: string,
    at: number,
    body: object = {},
  ): Promise<{ status: number; id: string; text: string }> {
    const response = await fetch(`${this.addresses[at % 4]}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'x-tenant': tenant },
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body }),
    })
    return {
      status: response.status,
      id: response.headers.get('x-request-id') ?? '',
      text: await response.text(),
    }
  }

  async kill(at: number): Promise<void> {
    const child = this.children[at]
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  /** Once all that they answered is in the database: the calls that were answered, with their cost in micros. */
  async booked(tenant: string): Promise<{ id: string; cost_micros: number }[]> {
    const folders = [0, 1, 2, 3].map((at) => join(this.store.dataDir, `gateway-${at}`, 'usage'))
    const waiting = () => folders.flatMap((folder) => readdirSync(folder)).length
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0)
    const db = this.store.host.forSystem('models').database<MeteringTables>()
    return db
      .selectFrom('call')
      .select(['id', 'cost_micros'])
      .where('status', '=', 'ok')
      .where('tenant_id', '=', tenant)
      .execute()
  }

  async close(): Promise<void> {
    await Promise.all([0, 1, 2, 3].map((at) => this.kill(at)))
    await this.upstream.close()
    await this.store.close()
  }
}

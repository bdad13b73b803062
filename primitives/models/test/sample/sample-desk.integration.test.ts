import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { MetricFamily } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { modelsConfigSchema } from '../../src/config.ts'
import { ModelDirectory } from '../../src/gateway/in-process/complete.ts'
import { createFront } from '../../src/gateway/entry/front.ts'
import { startGateway } from '../../src/gateway/start-gateway.ts'
import type { RunningGateway } from '../../src/gateway/start-gateway.ts'
import { cacheMigrations } from '../../src/migrations/cache.ts'
import { meteringMigrations } from '../../src/migrations/metering.ts'
import { takeSnapshot } from '../../src/routes/live.ts'
import { isSampleModel } from '../../src/table/sample-names.ts'
import { startScriptedModelServer } from '../../src/testing/scripted-model-server.ts'
import { createTile } from '../../src/tile.ts'

let testStore: TestStore
let dataDir: string
let running: RunningGateway
let collected: (() => MetricFamily[])[]
/** What is scraped, but for the memory of kept answers, of which the sample's take some indeed. */
const metrics = () =>
  collected.flatMap((read) => read()).filter(({ name }) => !name.startsWith('models_cache_'))
let models: ModelDirectory

beforeEach(async () => {
  testStore = await createTestStore({ migrations: { models: [...meteringMigrations, ...cacheMigrations] } })
  dataDir = await mkdtemp(join(tmpdir(), 'heavylift-sample-'))
  await start()
})
afterEach(async () => {
  await running.close()
  await testStore.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function start(options: object = {}): Promise<void> {
  collected = []
  models = new ModelDirectory()
  running = await startGateway(
    {
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      telemetry: {
        ...noTelemetry,
        collect: (collect) => void collected.push(collect as () => MetricFamily[]),
      },
      dataDir,
      configDir: dataDir,
      signal: new AbortController().signal,
      store: testStore.host.forSystem('models'),
      models,
    },
    modelsConfigSchema.parse(options),
  )
}

const calls = () => running.context.usage.listCalls({ tenantId: null, limit: 100 })
const decisions = () => testStore.host.forSystem('models').ledger.decisions('main', { limit: 100 })

async function until(what: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 20_000
  while (!(await what())) {
    if (performance.now() > endMs) throw new Error('It never came.')
    await sleep(50)
  }
}

async function someCalls(): Promise<void> {
  await until(async () => {
    await running.context.usage.flush()
    return (await calls()).length >= 3
  })
}

test('sample traffic takes the gateway’s own way, and is marked wherever it is seen [MODELS-SAMPLE-01]', async () => {
  await running.showSample()
  await someCalls()
  const { context } = running
  const rows = await calls()
  expect(rows.every(({ model, provider }) => isSampleModel(model) && provider === 'heavylift-sample')).toBe(
    true,
  )
  expect(rows.every(({ costMicros, isPriced }) => costMicros === 0 && isPriced)).toBe(true)
  expect((await decisions()).map(({ kind }) => kind)).toEqual((await decisions()).map(() => 'sample-call'))
  expect(Object.keys(context.gateway.config.models).every(isSampleModel)).toBe(true)
  const snapshot = takeSnapshot(context, null)
  expect(snapshot).toMatchObject({ hasSample: true })
  expect(snapshot.overall.ended).toBeGreaterThan(0)
  const tile = await createTile(context, 'main')
  expect(tile.headline).toMatch(/^Sample traffic/)
  expect(tile).toMatchObject({ decisionsToday: 0, number: { label: 'Sample calls that went well today' } })
  // What is scraped and alarmed on knows nothing of it.
  expect(metrics().flatMap(({ samples }) => samples.map(({ value }) => value))).toEqual([0])
})

test('no client and no system can ask the sample’s models, nor see them in a list [MODELS-SAMPLE-01]', async () => {
  await running.showSample()
  const { gateway } = running.context
  expect(gateway.modelNames({ tenantId: 'main', keyId: null })).toEqual([])
  expect(models.forTask('answer')).toBeNull()
  const address = await serve()
  expect(await ask(address, 'heavylift-sample/chat')).toBe(404)
  expect(running.context.sample.isOn).toBe(true)
})

test('one click takes all of it away, for good [MODELS-SAMPLE-02]', async () => {
  await running.showSample()
  await someCalls()
  await running.context.sample.remove()
  await expectNothingLeft()
  await running.close()
  await start()
  await running.showSample()
  await expectNothingLeft()
})

test('the first call of a client takes it away, and is all that is left [MODELS-SAMPLE-02]', async () => {
  const upstream = await startScriptedModelServer(() => ({ deltas: ['Real.'] }))
  await running.close()
  await start({ baseUrl: upstream.baseUrl, model: 'real' })
  await running.showSample()
  await someCalls()
  const address = await serve()
  expect(await ask(address, 'no-such-model')).toBe(404)
  expect(running.context.sample.isOn).toBe(true)
  expect(await ask(address, 'real')).toBe(200)
  await until(async () => {
    await running.context.usage.flush()
    const rows = await calls()
    return rows.length === 1 && rows[0]?.model === 'real'
  })
  await running.context.sample.remove()
  expect((await decisions()).map(({ kind }) => kind)).toEqual(['call'])
  expect(running.context.sample.isOn).toBe(false)
  expect(takeSnapshot(running.context, null)).toMatchObject({ hasSample: false, overall: { ended: 1 } })
  await running.close()
  await rm(join(dataDir, 'sample-removed'))
  await start()
  // Whoever has called a model needs no sample.
  await running.showSample()
  expect(running.context.sample.isOn).toBe(false)
  await upstream.close()
})

test('the option turns it off, and what was there before goes too [MODELS-SAMPLE-02]', async () => {
  await running.showSample()
  await someCalls()
  await running.close()
  await start({ sample: false })
  await running.showSample()
  await expectNothingLeft()
})

async function expectNothingLeft(): Promise<void> {
  const { context } = running
  expect(context.sample.isOn).toBe(false)
  expect(Object.keys(context.gateway.config.models)).toEqual([])
  expect(await calls()).toEqual([])
  expect(await decisions()).toEqual([])
  const nowMs = Date.now()
  const usage = await context.usage.readUsage({
    tenantId: null,
    fromMs: nowMs - 86_400_000,
    toMs: nowMs + 1,
    by: 'model',
    bucket: 'day',
  })
  expect(usage.groups).toEqual([])
}

const fronts: (() => void)[] = []
afterEach(() => {
  for (const close of fronts.splice(0)) close()
})

async function serve(): Promise<string> {
  const front = createFront(running.context.gateway, () => ({
    tenantId: 'main',
    keyId: null,
    scope: 'admin',
  }))
  const server = createServer(front)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  fronts.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(address: string, model: string): Promise<number> {
  const answer = await fetch(`${address}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'hi' }] }),
  })
  await answer.text()
  return answer.status
}

import {
  createIds,
  EventStream,
  noTelemetry,
  RawResponse,
  silentLogger,
  systemClock,
  type Caller,
  type Route,
} from '@heavylift/core'
import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Limits } from '../../src/admission/limits.ts'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'
import type { FoundServer } from '../../src/discovery/find-servers.ts'
import { Pulls } from '../../src/engines/pulls.ts'
import type { FetchModel, Pull } from '../../src/engines/pulls.ts'
import { Gateway } from '../../src/gateway/gateway.ts'
import { createMeter } from '../../src/metering/create-meter.ts'
import { gatewaySnapshotSchema } from '../../src/metering/gateway-snapshot.ts'
import type { MeteringTables } from '../../src/metering/metering-tables.ts'
import { createPostgresUsage } from '../../src/metering/postgres-usage.ts'
import { createPrices } from '../../src/metering/prices.ts'
import { meteringMigrations } from '../../src/migrations/metering.ts'
import type { ConfigEdit, ModelsContext } from '../../src/context.ts'
import { routeGroups } from '../../src/routes/route-groups.ts'
import { createTile } from '../../src/tile.ts'
import { callRecord } from './call-record.ts'

const main: Caller = { tenantId: 'main', scope: 'admin', keyId: null }
const acme: Caller = { tenantId: 'acme', scope: 'admin', keyId: 'key_1' }
const config = gatewayConfigSchema.parse({
  providers: {
    openai: { kind: 'openai', replicas: ['https://api.openai.com/v1'] },
    vllm: { kind: 'openai', replicas: ['http://127.0.0.1:9/v1'] },
  },
  models: {
    large: { targets: [{ provider: 'openai', model: 'gpt-4o-mini' }] },
    small: { targets: [{ provider: 'vllm', model: 'own' }] },
  },
})

let testStore: TestStore
let models: ModelsContext
let gateway: Gateway
let edits: { edits: readonly ConfigEdit[]; baseVersion: string }[]
let cleared: number
let used: string[]
let restarted: string[]
let samplesRemoved: number
let servers: FoundServer[]
let fetching: FetchModel
const engine = {
  provider: 'local',
  state: 'ready' as const,
  url: 'http://127.0.0.1:40000/v1',
  model: 'smollm2',
  progress: 1,
  reason: null,
  gpu: false as const,
  pid: 12,
  restarts: 0,
}

beforeAll(async () => {
  testStore = await createTestStore({ migrations: { models: meteringMigrations } })
})
afterAll(() => testStore.close())

beforeEach(() => {
  const store = testStore.host.forSystem('models')
  const db = store.database<MeteringTables>()
  const core = { clock: systemClock, ids: createIds(systemClock), log: silentLogger }
  const usage = createPostgresUsage({
    services: { ...core, dataDir: testStore.dataDir },
    db,
    ledger: store.ledger,
    keepDays: () => 30,
  })
  const meter = createMeter({ ...core, telemetry: noTelemetry }, usage)
  const prices = createPrices(() => config)
  const limits = new Limits(config)
  gateway = new Gateway(
    { ...core, random: Math.random, limits, meter, prices, readSecret: async () => 'k' },
    config,
    () => null,
  )
  edits = []
  cleared = 0
  used = []
  restarted = []
  samplesRemoved = 0
  servers = []
  fetching = (source) => Promise.resolve(source)
  const state = { file: '/x/models.config.json', text: '{}', version: 'v2', problems: [] }
  models = {
    ...core,
    usage,
    meter,
    prices,
    gateway,
    configFile: {
      read: () => Promise.resolve(state),
      write: () => Promise.resolve(state),
      edit(given, baseVersion) {
        edits.push({ edits: given, baseVersion })
        return Promise.resolve(state)
      },
    },
    cache: {
      stats: () => ({ entries: 1, bytes: 300, maxBytes: 1000, readyAnswers: 2 }),
      clear: () => void (cleared += 1),
    },
    ready: {
      prepare: () => Promise.resolve({ kept: 0, made: 0, refused: 0, failed: [] }),
      forget: () => Promise.resolve(0),
    },
    engine: {
      overview: () => Promise.resolve({ isInstalled: true, engines: [engine], pulled: [] }),
      use: (model) => Promise.resolve(void used.push(model)),
      restart: (provider) => Promise.resolve(void restarted.push(provider)),
    },
    pulls: new Pulls({ ...core, fetch: (...given) => fetching(...given), onDone: () => Promise.resolve() }),
    discovery: () => [],
    findServers: () => Promise.resolve(servers),
    sample: {
      isOn: true,
      look: () => undefined,
      remove: () => Promise.resolve(void (samplesRemoved += 1)),
    },
  }
})
afterEach(async () => {
  await gateway.close()
  await models.usage.close()
  await sql`truncate call, call_text, usage_hour, limit_spent`.execute(
    testStore.host.forSystem('models').database<unknown>(),
  )
})

interface Input {
  params?: unknown
  query?: unknown
  body?: unknown
  signal?: AbortSignal
}

/** As the server does: parses the input, calls, checks that the answer is what the route says. */
async function call(caller: Caller, method: Route['method'], path: string, input: Input = {}) {
  const found = routeGroups
    .flatMap((group): Route[] => group(models))
    .find((route) => route.method === method && route.path === path)
  if (!found) throw new Error(`no route ${method} ${path}`)
  const result = await found.handle({
    params: found.params?.parse(input.params),
    query: found.query?.parse(input.query ?? {}),
    body: found.body?.parse(input.body),
    headers: new Headers(),
    caller,
    signal: input.signal ?? new AbortController().signal,
    lastEventId: null,
  })
  const isPlain = !(result instanceof RawResponse) && !(result instanceof EventStream)
  if (isPlain && found.response) return found.response.parse(JSON.parse(JSON.stringify(result))) as never
  return result as never
}

async function recordTwo() {
  const nowMs = Date.now()
  const ours = callRecord({ id: 'call_1', atMs: nowMs })
  const theirs = callRecord({ id: 'call_2', atMs: nowMs, tenantId: 'other', costMicros: 7 })
  models.meter.record(ours, null, { request: 'q', answer: 'a' })
  models.meter.record(theirs, null)
  await models.usage.flush()
  return { ours, theirs }
}

test('a tenant sees its own usage and calls, the main tenant’s administrators all [MODELS-API-01]', async () => {
  const { ours, theirs } = await recordTwo()
  expect(await call(main, 'get', '/calls')).toEqual({ calls: [theirs, ours], next: null })
  expect(await call(acme, 'get', '/calls', { query: { tenant: 'other' } })).toEqual({
    calls: [ours],
    next: null,
  })
  expect(await call(main, 'get', '/calls', { query: { limit: '1' } })).toEqual({
    calls: [theirs],
    next: 'call_2',
  })
  expect(await call(acme, 'get', '/calls/:callId', { params: { callId: 'call_1' } })).toEqual({
    call: ours,
    text: { request: 'q', answer: 'a' },
  })
  await expect(call(acme, 'get', '/calls/:callId', { params: { callId: 'call_2' } })).rejects.toMatchObject({
    code: 'call-not-found',
  })
  const costs = async (caller: Caller, query: object) =>
    (await call(caller, 'get', '/usage', { query })) as { total: { costMicros: number } }
  expect((await costs(main, {})).total.costMicros).toBe(46)
  expect((await costs(main, { tenant: 'other' })).total.costMicros).toBe(7)
  expect((await costs(acme, { tenant: 'other' })).total.costMicros).toBe(39)
  // An operator of the main tenant is one of its users, not who runs the installation.
  expect((await costs({ ...main, scope: 'operator' }, {})).total.costMicros).toBe(0)
})

test('usage is downloaded as CSV; a range that is backwards or endless is refused', async () => {
  await recordTwo()
  const csv: RawResponse = await call(main, 'get', '/usage', { query: { format: 'csv', by: 'tenant' } })
  expect(csv.headers['content-disposition']).toContain('model-usage-by-tenant.csv')
  expect(csv.body).toMatch(/^at,tenant,.*\r\n.*"acme".*\r\n.*"other".*\r\n$/)
  for (const query of [
    { from: '5', to: '5' },
    { from: '0', bucket: 'hour' },
  ]) {
    await expect(call(main, 'get', '/usage', { query })).rejects.toMatchObject({ code: 'range-invalid' })
  }
})

test('the live stream sends the snapshot at once, then again, and ends when the viewer leaves [MODELS-API-02]', async () => {
  const viewer = new AbortController()
  const stream: EventStream = await call(main, 'get', '/live', { signal: viewer.signal })
  const seen = []
  for await (const { data } of stream.events) {
    seen.push(gatewaySnapshotSchema.parse(data))
    if (seen.length === 2) viewer.abort()
  }
  expect(seen).toHaveLength(2)
  expect(seen[0]?.replicas.map(({ id, servedAs }) => [id, servedAs])).toEqual([
    ['openai/api.openai.com/gpt-4o-mini', ['large']],
    ['vllm/127.0.0.1:9/own', ['small']],
  ])
})

test('only the main tenant’s administrators change what all tenants share [MODELS-API-03]', async () => {
  const params = { name: 'small', replicaId: 'vllm/127.0.0.1:9/own' }
  const version = { baseVersion: 'v1' }
  const requests: [Route['method'], string, Input][] = [
    ['get', '/config', {}],
    ['put', '/config', { body: { text: '{}', ...version } }],
    ['patch', '/models/:name', { params, body: { changes: { retries: 0 }, ...version } }],
    ['delete', '/models/:name', { params, query: version }],
    ['put', '/providers/:name', { params, body: { provider: { kind: 'openai' }, ...version } }],
    ['post', '/replicas/:replicaId/drain', { params }],
    ['delete', '/cache', {}],
    ['post', '/engine', { body: { model: 'x' } }],
    ['post', '/engine/restart', { body: { provider: 'local' } }],
    ['get', '/pulls', {}],
    ['get', '/pulls/live', {}],
    ['post', '/pulls', { body: { name: 'smollm2' } }],
    ['delete', '/pulls', { query: { name: 'smollm2' } }],
    ['get', '/servers', {}],
    ['post', '/servers', { body: { url: 'http://127.0.0.1:11434/v1' } }],
    ['delete', '/sample', {}],
  ]
  for (const [method, path, input] of requests) {
    await expect(async () => call(acme, method, path, input)).rejects.toMatchObject({ code: 'not-manager' })
  }
  expect(edits).toEqual([])
  expect([cleared, used, restarted, samplesRemoved, models.pulls.list()]).toEqual([0, [], [], 0, []])
})

test('the engine is seen without address and process, takes another model and starts anew', async () => {
  const { url: _url, pid: _pid, ...shown } = engine
  const overview = { isInstalled: true, engines: [shown], pulled: [] }
  expect(await call(acme, 'get', '/engine')).toEqual(overview)
  expect(await call(main, 'post', '/engine', { body: { model: 'smollm2' } })).toEqual(overview)
  expect(await call(main, 'post', '/engine/restart', { body: { provider: 'local' } })).toEqual(overview)
  expect([used, restarted]).toEqual([['smollm2'], ['local']])
})

test('a found server enters the table as edits of its file; one that is not there does not [MODELS-SERVERS-02]', async () => {
  servers = [{ kind: 'Ollama', url: 'http://127.0.0.1:11434/v1', models: ['llama3.2:1b'] }]
  expect(await call(main, 'get', '/servers')).toEqual({ servers: [{ ...servers[0], isUsed: false }] })
  expect(edits).toEqual([])
  await call(main, 'post', '/servers', { body: { url: servers[0]?.url } })
  expect(edits.map(({ edits: made, baseVersion }) => [made.map(({ path }) => path), baseVersion])).toEqual([
    [
      [
        ['providers', 'ollama'],
        ['models', 'llama3.2:1b'],
      ],
      'v2',
    ],
  ])
  for (const url of ['http://10.0.0.1:11434/v1', 'http://127.0.0.1:22/v1']) {
    await expect(call(main, 'post', '/servers', { body: { url } })).rejects.toMatchObject({
      code: 'server-not-found',
    })
  }
})

test('pulls are listed as they change, with what can be pulled [MODELS-PULL-08]', async () => {
  const end = Promise.withResolvers<string>()
  fetching = (_, report) => {
    report({ stage: 'downloading', done: 5, total: 10, unit: 'bytes' })
    return end.promise
  }
  const viewer = new AbortController()
  const stream: EventStream = await call(main, 'get', '/pulls/live', { signal: viewer.signal })
  const seen: string[] = []
  for await (const { data } of stream.events) {
    const [pull] = (data as { pulls: Pull[] }).pulls
    seen.push(pull?.state ?? 'none')
    if (pull === undefined) await call(main, 'post', '/pulls', { body: { name: 'smollm2' } })
    if (pull?.state === 'running') end.resolve('smollm2')
    if (pull?.state === 'done') viewer.abort()
  }
  expect([seen[0], seen.at(-1)]).toEqual(['none', 'done'])
  const { catalogue } = (await call(main, 'get', '/pulls')) as { catalogue: { name: string }[] }
  expect(catalogue.map(({ name }) => name)).toContain('smollm2')
})

test('the cache is seen by all, and cleared', async () => {
  expect(await call(acme, 'get', '/cache')).toMatchObject({ entries: 1, readyAnswers: 2 })
  await call(main, 'delete', '/cache')
  expect(cleared).toBe(1)
})

test('changes of models and providers reach the file as edits on the version that was read', async () => {
  const version = { baseVersion: 'v1' }
  const params = { name: 'small' }
  await call(main, 'patch', '/models/:name', { params, body: { changes: { retries: 0 }, ...version } })
  await call(main, 'delete', '/models/:name', { params, query: version })
  const provider = { kind: 'openai', replicas: ['http://127.0.0.1:1/v1'] }
  const answer = await call(main, 'put', '/providers/:name', { params, body: { provider, ...version } })
  expect(answer).toMatchObject({ version: 'v2', table: { models: { large: {} } } })
  expect(edits).toEqual([
    { edits: [{ path: ['models', 'small', 'retries'], value: 0 }], ...version },
    { edits: [{ path: ['models', 'small'], value: undefined }], ...version },
    { edits: [{ path: ['providers', 'small'], value: provider }], ...version },
  ])
})

test('a replica drains and comes back; an unknown one is said to be unknown', async () => {
  const stateOf = async () =>
    gatewaySnapshotSchema.parse(await call(main, 'get', '/snapshot')).replicas.map(({ state }) => state)
  const params = { replicaId: 'vllm/127.0.0.1:9/own' }
  await call(main, 'post', '/replicas/:replicaId/drain', { params })
  expect(await stateOf()).toEqual(['healthy', 'draining'])
  await call(main, 'post', '/replicas/:replicaId/undrain', { params })
  expect(await stateOf()).toEqual(['healthy', 'healthy'])
  await expect(async () =>
    call(main, 'post', '/replicas/:replicaId/drain', { params: { replicaId: 'x' } }),
  ).rejects.toMatchObject({ code: 'replica-not-found' })
})

test('prices name their source, and what has none', async () => {
  expect(await call(acme, 'get', '/prices')).toMatchObject({
    prices: [
      { upstreamModel: 'gpt-4o-mini', servedAs: ['large'], source: 'list', isPriced: true },
      { upstreamModel: 'own', servedAs: ['small'], source: 'unknown', isPriced: false, rates: [] },
    ],
  })
})

test('the tile counts today’s calls and how many went well', async () => {
  models.meter.record(callRecord({ id: 'a', atMs: Date.now() }), null)
  models.meter.record(callRecord({ id: 'b', atMs: Date.now(), status: 'cut' }), null)
  models.meter.record(callRecord({ id: 'c', atMs: Date.now(), status: 'shed' }), null)
  await models.usage.flush()
  const tile = await createTile(models, 'acme')
  expect(tile).toMatchObject({ state: 'running', decisionsToday: 3, number: { value: 50, unit: '%' } })
  expect(tile.headline).toContain('2 replicas of 2 models ready')
})

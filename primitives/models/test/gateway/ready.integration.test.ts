import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds, EventStream, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { Caller, ServerEvent } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { ModelDirectory } from '../../src/gateway/in-process/complete.ts'
import type { CompleteOptions } from '../../src/gateway/in-process/complete.ts'
import { startGateway } from '../../src/gateway/start-gateway.ts'
import type { RunningGateway } from '../../src/gateway/start-gateway.ts'
import { models } from '../../src/system.ts'
import { modelsConfigSchema } from '../../src/config.ts'
import { readyRoutes } from '../../src/routes/ready.ts'
import { startAnsweringUpstream } from './answering-upstream.ts'
import type { AnsweringUpstream } from './answering-upstream.ts'

let testStore: TestStore
let folder: string
let upstream: AnsweringUpstream
let running: RunningGateway
let directory: ModelDirectory

beforeAll(async () => {
  testStore = await createTestStore({ migrations: { models: models.migrations ?? [] } })
})
afterAll(() => testStore.close())

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-ready-'))
  upstream = await startAnsweringUpstream(({ index, path }) => ({
    pieces: ['Answer ', String(index)],
    finishReason: path.includes('chat') && index === 0 ? 'length' : 'stop',
  }))
  const provider = { kind: 'openai', replicas: [{ url: upstream.baseUrl }], healthPath: null }
  await writeFile(
    join(folder, 'models.config.json'),
    JSON.stringify({
      providers: { up: provider },
      models: { large: { targets: [{ provider: 'up', model: 'own' }] } },
      tasks: { answer: 'large' },
    }),
  )
  await start()
})
afterEach(async () => {
  await running.context.ready.forget('main', 'pills')
  await running.context.ready.forget('acme', 'pills')
  await running.close()
  await upstream.close()
  await rm(folder, { recursive: true })
})

async function start(): Promise<void> {
  directory = new ModelDirectory()
  running = await startGateway(
    {
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      telemetry: noTelemetry,
      signal: new AbortController().signal,
      dataDir: folder,
      configDir: folder,
      store: testStore.host.forSystem('models'),
      models: directory,
    },
    modelsConfigSchema.parse({}),
  )
}

async function ask(text: string, more: Partial<CompleteOptions> = {}): Promise<string> {
  const { complete } = directory.forTask('answer')!
  let said = ''
  const options = { signal: new AbortController().signal, ...more }
  for await (const part of complete([{ role: 'user', content: text }], options)) {
    if (part.type === 'text') said += part.text
  }
  return said
}

const operator: Caller = { tenantId: 'acme', keyId: null, scope: 'operator' }
const readyCount = () => running.context.cache.stats().readyAnswers

function call(method: 'post' | 'delete', input: { body?: unknown; query?: unknown }) {
  const found = readyRoutes(running.context).find((route) => route.method === method)!
  return found.handle({
    caller: operator,
    params: {},
    query: found.query?.parse(input.query) ?? {},
    body: found.body?.parse(input.body) ?? null,
    signal: new AbortController().signal,
    lastEventId: null,
  } as unknown as Parameters<typeof found.handle>[0])
}

async function prepare(texts: string[], more: object = {}): Promise<ServerEvent[]> {
  const requests = texts.map((content) => ({
    model: 'answer',
    body: { messages: [{ role: 'user', content }] },
    ...more,
  }))
  const result = await call('post', { body: { tag: 'pills', ttlSeconds: 60, requests } })
  if (!(result instanceof EventStream)) throw new Error('expected a stream of events')
  return Array.fromAsync(result.events)
}

test('an answer asked for with a tag is given to the next who asks the same, also after a restart, until its tag is dropped [MODELS-CACHE-15]', async () => {
  const ready = { tag: 'pills', ttlMs: 60_000 }
  // Cut off by its length: not kept.
  await ask('question', { ready })
  const first = await ask('question', { ready })
  expect([first, upstream.asked.length]).toEqual(['Answer 1', 2])
  await expect.poll(readyCount).toBe(1)
  expect([await ask('question'), await ask('question', { ready })]).toEqual(['Answer 1', 'Answer 1'])
  expect(await ask('another')).toBe('Answer 2')
  // Another tenant has none.
  expect(await ask('question', { tenantId: 'acme' })).toBe('Answer 3')
  await running.close()
  await start()
  expect(readyCount()).toBe(1)
  expect(await ask('question')).toBe('Answer 1')
  expect(await running.context.ready.forget('main', 'pills')).toBe(1)
  expect(await ask('question')).toBe('Answer 4')
})

test('operators have answers made ahead, for a task and for any API, and drop them [MODELS-CACHE-16]', async () => {
  const events = await prepare(['cut', 'one', 'two'])
  const last = events.at(-1)
  expect(events.slice(0, -1).every(({ event }) => event === 'progress')).toBe(true)
  expect(events.at(-2)?.data).toEqual({ done: 3, total: 3 })
  expect(last).toMatchObject({
    event: 'done',
    data: { kept: 0, made: 2, refused: 0, failed: [{ code: 'answer-not-whole' }] },
  })
  // What is there is not asked for again.
  expect((await prepare(['one', 'two', 'cut'])).at(-1)).toMatchObject({
    event: 'done',
    data: { kept: 2, made: 1 },
  })
  const embedded = { api: 'embeddings', body: { input: 'one' } }
  expect((await prepare(['x'], embedded)).at(-1)).toMatchObject({ data: { made: 1, failed: [] } })
  const before = upstream.asked.length
  await ask('one', { tenantId: 'acme' })
  await ask('two', { tenantId: 'acme' })
  expect([upstream.asked.length, readyCount()]).toEqual([before, 4])
  expect(await call('delete', { query: { tag: 'pills' } })).toEqual({ dropped: 4 })
  await ask('one', { tenantId: 'acme' })
  expect(upstream.asked.length).toBe(before + 1)
})

test('requests that the model refuses are told by their place and reason', async () => {
  const [done] = (await prepare(['one'], { model: 'nothing' })).slice(-1)
  expect(done).toMatchObject({
    event: 'done',
    data: { made: 0, failed: [{ index: 0, code: 'model-unknown' }] },
  })
})

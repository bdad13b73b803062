import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { scanBody } from '../../src/wire/scan-body.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'
import { startAnsweringUpstream } from './answering-upstream.ts'
import type { AnsweringUpstream, Reply } from './answering-upstream.ts'
import { ask } from './asking.ts'
import type { AskedPath } from './asking.ts'

let upstream: AnsweringUpstream
let gateway: TestGateway
afterEach(async () => {
  await gateway.close()
  await upstream.close()
})

const well: Reply = { pieces: ['One ', 'two ', 'three'] }

async function start(
  reply: Reply | (() => Reply) = well,
  model: object = { cache: {} },
  more: { table?: object; apis?: string[] } = {},
): Promise<void> {
  upstream = await startAnsweringUpstream(typeof reply === 'function' ? reply : () => reply)
  gateway = await startTestGateway(
    {
      providers: {
        up: { kind: 'openai', replicas: [upstream.baseUrl], ...(more.apis ? { apis: more.apis } : {}) },
      },
      models: { m: { targets: [{ provider: 'up', model: 'own' }], retries: 0, ...model } },
      ...more.table,
    },
    {
      caller: ({ headers }) => ({
        tenantId: String(headers['x-tenant'] ?? 'main'),
        keyId: null,
        scope: 'operator',
      }),
    },
  )
}

describe('an answer that was given is given again [MODELS-CACHE-10]', () => {
  const paths: AskedPath[] = ['chat/completions', 'completions', 'messages', 'responses']
  const ways = paths.flatMap((path) => [true, false].map((isStreamFirst) => ({ path, isStreamFirst })))
  test.each(ways)('$path, streamed first: $isStreamFirst; as a stream and as a body', async (way) => {
    await start()
    const first = await ask(gateway.address, way.path, { stream: way.isStreamFirst })
    expect(first).toMatchObject({ status: 200, cache: 'miss', text: 'One two three' })
    for (const stream of [true, false]) {
      const again = await ask(gateway.address, way.path, { stream, user: 'somebody else' })
      expect(again).toMatchObject({ status: 200, cache: 'hit', model: 'm', text: 'One two three' })
      expect(again.body.startsWith('{')).toBe(!stream)
    }
    expect(upstream.asked).toHaveLength(1)
    const usage = { input: 7, output: 3 }
    expect(gateway.records).toMatchObject([
      { cache: 'miss', status: 'ok', attempts: 1, usage },
      { cache: 'hit', status: 'ok', attempts: 0, replicaId: '', isStream: true, usage, costMicros: 0 },
      { cache: 'hit', status: 'ok', attempts: 0, replicaId: '', isStream: false, usage, costMicros: 0 },
    ])
  })

  test('embeddings', async () => {
    await start()
    const first = await ask(gateway.address, 'embeddings')
    const again = await ask(gateway.address, 'embeddings')
    expect([first.cache, again.cache]).toEqual(['miss', 'hit'])
    expect(JSON.parse(again.body)).toEqual(JSON.parse(first.body))
  })

  test('with usage in a stream only for who asked for it', async () => {
    await start()
    await ask(gateway.address, 'chat/completions', { stream: true })
    const plain = await ask(gateway.address, 'chat/completions', { stream: true })
    const counted = await ask(gateway.address, 'chat/completions', {
      stream: true,
      stream_options: { include_usage: true },
    })
    expect([plain.cache, counted.cache]).toEqual(['hit', 'hit'])
    expect(plain.body).not.toContain('"usage":{')
    expect(counted.body).toContain('"prompt_tokens":7')
  })
})

describe('is not given [MODELS-CACHE-11]', () => {
  test.each<[string, Reply, boolean]>([
    ['cut off by its length', { ...well, finishReason: 'length' }, true],
    ['cut off by its length, whole', { ...well, finishReason: 'length' }, false],
    ['cut by its connection', { ...well, isCut: true }, true],
    ['refused', { pieces: [], status: 400 }, false],
  ])('an answer that was %s', async (_name, reply, stream) => {
    await start(reply)
    for (let times = 0; times < 2; times++) {
      expect(await ask(gateway.address, 'chat/completions', { stream })).toMatchObject({ cache: 'miss' })
    }
    expect(upstream.asked).toHaveLength(2)
    expect(gateway.gateway.cache.size).toBe(0)
  })

  test('by a model that keeps none, and nothing of it is held', async () => {
    await start(well, {})
    for (let times = 0; times < 2; times++) expect(await ask(gateway.address)).toMatchObject({ cache: 'off' })
    expect([upstream.asked.length, gateway.gateway.cache.size]).toEqual([2, 0])
    expect(gateway.records).toMatchObject([{ cache: 'off' }, { cache: 'off' }])
  })

  test('an untouched stream of an API that its replica speaks itself', async () => {
    await start(well, { cache: {} }, { apis: ['chat', 'responses'] })
    for (let times = 0; times < 2; times++) {
      expect(await ask(gateway.address, 'responses')).toMatchObject({ cache: 'off' })
    }
    expect(upstream.asked.map(({ path }) => path)).toEqual(['responses', 'responses'])
  })

  test('past its time', async () => {
    await start(well, { cache: { ttlSeconds: 1 } })
    await ask(gateway.address)
    expect(await ask(gateway.address)).toMatchObject({ cache: 'hit' })
    await expect
      .poll(async () => (await ask(gateway.address)).cache, { timeout: 3000, interval: 200 })
      .toBe('miss')
  })

  test('to another tenant, unless tenants share', async () => {
    await start(well, { cache: {} }, { table: {} })
    const of = (tenant: string) => ask(gateway.address, 'chat/completions', {}, { 'x-tenant': tenant })
    expect([(await of('a')).cache, (await of('b')).cache, (await of('b')).cache]).toEqual([
      'miss',
      'miss',
      'hit',
    ])
    const { config } = gateway.gateway
    const shared = { ttlSeconds: 60, replay: 'at-once' as const, shared: true }
    gateway.gateway.configure({ ...config, models: { m: { ...config.models['m']!, cache: shared } } })
    expect([(await of('a')).cache, (await of('b')).cache]).toEqual(['miss', 'hit'])
  })
})

test('a kept answer counts as a request of its tenant and takes none of its tokens [MODELS-CACHE-12]', async () => {
  await start(
    well,
    { cache: {} },
    { table: { tenants: { main: { requestsPerMinute: 3, tokensPerMinute: 20 } } } },
  )
  // Eight of the prompt and twelve asked for are all there is; ten were used, so no second would be let in.
  for (const cache of ['miss', 'hit', 'hit']) {
    expect(await ask(gateway.address, 'chat/completions', { max_tokens: 12 })).toMatchObject({
      status: 200,
      cache,
    })
  }
  const fourth = await ask(gateway.address, 'chat/completions', { max_tokens: 12 })
  expect(fourth.status).toBe(429)
  expect(fourth.body).toContain('requests')
  expect(gateway.records.at(-1)).toMatchObject({ status: 'shed', cache: 'hit' })
})

test('comes at the pace of the first time when the table says so, until the client leaves [MODELS-CACHE-13]', async () => {
  const slow: Reply = { pieces: Array.from({ length: 20 }, (_, index) => `${index} `), paceMs: 20 }
  await start(slow, { cache: { replay: 'natural' } })
  const first = await ask(gateway.address, 'chat/completions', { stream: true })
  const again = await ask(gateway.address, 'chat/completions', { stream: true })
  expect([again.cache, again.text]).toEqual(['hit', first.text])
  const abort = new AbortController()
  const response = await fetch(`${gateway.address}/v1/chat/completions`, {
    method: 'POST',
    signal: abort.signal,
    body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }] }),
  })
  const reader = response.body!.getReader()
  const { value } = await reader.read()
  // Not all of it came at once.
  expect(new TextDecoder().decode(value)).not.toContain('[DONE]')
  abort.abort()
  await expect.poll(() => gateway.records.at(-1)).toMatchObject({ cache: 'hit', status: 'cancelled' })
  expect(upstream.asked).toHaveLength(1)
})

test('waits for a client that is slow [MODELS-CACHE-13]', async () => {
  await start({ pieces: ['a', 'b', 'c'] }, { cache: { replay: 'natural' } })
  await ask(gateway.address, 'chat/completions', { stream: true })
  const body = Buffer.from('{"model":"m","stream":true,"messages":[{"role":"user","content":"hi"}]}')
  let written = ''
  const end = Promise.withResolvers<void>()
  const call = gateway.gateway.open(
    {
      id: 'call_slow',
      api: 'chat',
      tenantId: 'main',
      keyId: null,
      priority: 'interactive',
      body,
      scanned: scanBody(body),
      isStream: true,
      arrivedMs: performance.now(),
      passHeaders: {},
    },
    {
      head: () => undefined,
      write(part) {
        written += String(part)
        return !String(part).includes('"a"')
      },
      end: end.resolve,
    },
  )
  call.start()
  await expect.poll(() => written).toContain('"a"')
  await sleep(50)
  expect(written).not.toContain('"b"')
  call.drained()
  await end.promise
  expect(written).toContain('[DONE]')
})

test('a task may be asked for in place of a model; both have the same kept answers [MODELS-CACHE-14]', async () => {
  const tenants = { only: { models: ['answer'] }, none: { models: ['other'] } }
  await start(well, { cache: { shared: true } }, { table: { tasks: { answer: 'm' }, tenants } })
  expect(await ask(gateway.address)).toMatchObject({ cache: 'miss' })
  expect(await ask(gateway.address, 'chat/completions', { model: 'answer' })).toMatchObject({
    cache: 'hit',
    model: 'm',
  })
  const of = (tenant: string, model: string) =>
    ask(gateway.address, 'chat/completions', { model }, { 'x-tenant': tenant })
  expect((await of('only', 'answer')).status).toBe(200)
  expect((await of('none', 'answer')).status).toBe(403)
  expect((await of('main', 'planner')).status).toBe(404)
})

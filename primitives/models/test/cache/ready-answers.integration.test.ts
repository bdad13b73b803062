import { createTestStore, testMigrations, type TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Answer } from '../../src/cache/answer.ts'
import { ReadyAnswers } from '../../src/cache/ready-answers.ts'
import type { CacheTables, PrepareOptions, ReadyRequest } from '../../src/cache/ready-answers.ts'
import { requestKey } from '../../src/cache/request-key.ts'
import { cacheMigrations } from '../../src/migrations/cache.ts'

let nowMs = Date.UTC(2026, 0, 10)
const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs }
let testStore: TestStore
let ready: ReadyAnswers

const open = () =>
  new ReadyAnswers(testStore.host.forSystem('models').database<CacheTables>(), clock, 1_000_000)

beforeAll(async () => {
  testStore = await createTestStore({ clock, migrations: { models: cacheMigrations } })
})
afterAll(() => testStore.close())
beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 10)
  await testStore.host.forSystem('models').database<CacheTables>().deleteFrom('ready_answer').execute()
  ready = open()
  await ready.refresh()
})

function request(text: string): ReadyRequest {
  return { api: 'chat', model: 'large', body: { messages: [{ role: 'user', content: text }] } }
}

function keyOf(text: string, tenantId = 'acme'): string {
  return requestKey({ ...request(text), tenantId })!
}

function answer(text: string): Answer {
  return { body: { choices: [{ message: { content: text } }] }, pieces: [], durationMs: 10 }
}

const echo = (asked: ReadyRequest) => {
  const [message] = asked.body['messages'] as [{ content: string }]
  return Promise.resolve(answer(`to ${message.content}`))
}

function options(changes: Partial<PrepareOptions> = {}): PrepareOptions {
  return {
    tenantId: 'acme',
    tag: 'shop:pills',
    ttlMs: 60_000,
    concurrency: 2,
    signal: new AbortController().signal,
    report: () => undefined,
    ...changes,
  }
}

test('its table is the same from empty and from every earlier version', async () => {
  const { tables } = await testMigrations({ system: 'models', migrations: cacheMigrations })
  expect(tables).toEqual(['ready_answer'])
})

test('gives what was prepared, to its tenant only, also after a restart [MODELS-CACHE-04]', async () => {
  await ready.prepare(['one', 'two'].map(request), echo, options())
  expect(await ready.find('acme', keyOf('two'))).toEqual(answer('to two'))
  expect(ready.find('other', keyOf('two', 'other'))).toBeNull()
  const restarted = open()
  await restarted.refresh()
  expect(await restarted.find('acme', keyOf('two'))).toEqual(answer('to two'))
  // The second time it is in memory.
  expect(restarted.find('acme', keyOf('two'))).toEqual(answer('to two'))
  expect(restarted.find('acme', keyOf('three'))).toBeNull()
})

test('makes only what is missing or expired, so many at once, and says how far it is [MODELS-CACHE-04]', async () => {
  await ready.prepare([request('old')], echo, options({ ttlMs: 1000 }))
  await ready.prepare([request('fresh')], echo, options())
  nowMs += 1000
  expect(ready.find('acme', keyOf('old'))).toBeNull()
  let underWay = 0
  let most = 0
  const asked: string[] = []
  const second = Promise.withResolvers<void>()
  const run = async (one: ReadyRequest) => {
    underWay += 1
    most = Math.max(most, underWay)
    if (underWay === 2) second.resolve()
    // The first stays until another runs beside it.
    await second.promise
    underWay -= 1
    asked.push(JSON.stringify(one.body))
    return echo(one)
  }
  const progress: number[] = []
  const requests = ['old', 'fresh', 'a', 'b', 'c'].map(request)
  const report = ({ done }: { done: number }) => progress.push(done)
  const prepared = await ready.prepare(requests, run, options({ report }))
  expect(prepared).toEqual({ kept: 1, made: 4, refused: 0, failed: [] })
  expect([asked.length, most, progress]).toEqual([4, 2, [1, 2, 3, 4, 5]])
})

test('goes on after a failure and tells of it; keeps no answer that is not whole', async () => {
  const run = (one: ReadyRequest) => {
    const text = JSON.stringify(one.body)
    if (text.includes('broken')) return Promise.reject(new Error('unreachable'))
    return text.includes('cut') ? Promise.resolve(null) : echo(one)
  }
  const stateful = { ...request('s'), body: { previous_response_id: 'r' } }
  const prepared = await ready.prepare(
    [request('broken'), request('cut'), stateful, request('good')],
    run,
    options(),
  )
  expect(prepared).toMatchObject({ made: 1, refused: 1 })
  expect(prepared.failed.map(({ index }) => index).toSorted((one, other) => one - other)).toEqual([0, 1])
  expect(ready.find('acme', keyOf('cut'))).toBeNull()
})

test('an abort ends it and keeps what was made', async () => {
  const controller = new AbortController()
  const run = (one: ReadyRequest) => {
    if (JSON.stringify(one.body).includes('two')) controller.abort(new Error('stop'))
    controller.signal.throwIfAborted()
    return echo(one)
  }
  const requests = ['one', 'two', 'three'].map(request)
  const preparing = ready.prepare(requests, run, options({ concurrency: 1, signal: controller.signal }))
  await expect(preparing).rejects.toThrow('stop')
  expect(await ready.find('acme', keyOf('one'))).toEqual(answer('to one'))
  expect(ready.find('acme', keyOf('three'))).toBeNull()
})

test('drops a tag of one tenant; other processes see it after a refresh [MODELS-CACHE-05]', async () => {
  await ready.prepare([request('pill')], echo, options())
  await ready.prepare([request('other')], echo, options({ tag: 'shop:other' }))
  await ready.prepare([request('pill')], echo, options({ tenantId: 'store2' }))
  const elsewhere = open()
  await elsewhere.refresh()
  await elsewhere.find('acme', keyOf('pill'))
  expect(await ready.invalidate('acme', 'shop:pills')).toBe(1)
  expect(ready.find('acme', keyOf('pill'))).toBeNull()
  await elsewhere.refresh()
  expect(elsewhere.find('acme', keyOf('pill'))).toBeNull()
  expect(await elsewhere.find('acme', keyOf('other'))).toEqual(answer('to other'))
  expect(await elsewhere.find('store2', keyOf('pill', 'store2'))).toEqual(answer('to pill'))
})

test('a refresh under way loses nothing that is made meanwhile', async () => {
  const refreshing = ready.refresh()
  await ready.prepare([request('meanwhile')], echo, options())
  await refreshing
  expect(await ready.find('acme', keyOf('meanwhile'))).toEqual(answer('to meanwhile'))
})

import type { ServerResponse } from 'node:http'
import Anthropic from '@anthropic-ai/sdk'
import { systemClock } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import { createTestStore, testMigrations } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import OpenAI, { toFile } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { anthropicBatchPaths } from '../../src/batches/anthropic-paths.ts'
import type { Batches } from '../../src/batches/batches.ts'
import { openAiBatchPaths } from '../../src/batches/openai-paths.ts'
import { keptMigrations } from '../../src/migrations/kept.ts'
import { batchesOf } from '../../src/testing/metered-gateway.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'
import { startDeclaredUpstream } from '../gateway/declared-upstream.ts'
import type { DeclaredUpstream, Heard } from '../gateway/declared-upstream.ts'

let store: TestStore
let upstream: DeclaredUpstream
let gateway: TestGateway
let batches: Batches
let openai: OpenAI
let anthropic: Anthropic
let caller: Caller
let answer: (heard: Heard, response: ServerResponse) => void
let laterMs = 0

const usual = (_heard: Heard, response: ServerResponse) => reply(response, 200, 'four')

beforeAll(async () => {
  store = await createTestStore({ durable: true, migrations: { models: keptMigrations } })
  upstream = await startDeclaredUpstream((heard, response) => answer(heard, response))
  const clock = { ...systemClock, nowMs: () => Date.now() + laterMs }
  gateway = await startTestGateway(
    {
      providers: { up: { kind: 'openai', replicas: [`${upstream.origin}/v1`] } },
      models: { m: { targets: [{ provider: 'up', model: 'upstream-m' }], retries: 0 } },
    },
    {
      caller: () => caller,
      breaker: { consecutiveFailures: Infinity, failureRate: Infinity },
      beside(made) {
        batches = batchesOf(
          store.host.forSystem('models'),
          made,
          { readCall: () => Promise.resolve(null) },
          clock,
        )
        return [...openAiBatchPaths(batches), ...anthropicBatchPaths(batches)]
      },
    },
  )
  await store.host.startDurable()
  openai = new OpenAI({ baseURL: `${gateway.address}/v1`, apiKey: 'hl', maxRetries: 0 })
  anthropic = new Anthropic({ baseURL: gateway.address, apiKey: 'hl', maxRetries: 0 })
})
afterAll(async () => {
  await gateway.close()
  await upstream.close()
  await store.close()
})
beforeEach(() => {
  caller = { tenantId: 'main', keyId: null, scope: 'admin' }
  answer = usual
  upstream.heard.length = 0
  laterMs = 0
})

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  const body =
    status === 200
      ? {
          id: 'chatcmpl-1',
          object: 'chat.completion',
          choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
        }
      : { error: { message: text, type: 'invalid_request_error', code: 'no' } }
  response.end(JSON.stringify(body))
}

const question = { model: 'm', messages: [{ role: 'user' as const, content: 'hi' }] }
const chatLine = (customId: string, more: object = {}) => ({
  custom_id: customId,
  method: 'POST',
  url: '/v1/chat/completions',
  body: question,
  ...more,
})

async function upload(lines: (object | string)[]): Promise<string> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  return (await openai.files.create({ purpose: 'batch', file: await toFile(Buffer.from(text), 'in.jsonl') }))
    .id
}

async function run(lines: (object | string)[], more: object = {}): Promise<OpenAI.Batch> {
  const { id } = await openai.batches.create({
    input_file_id: await upload(lines),
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    ...more,
  })
  await batches.ended(id)
  return openai.batches.retrieve(id)
}

const linesOf = async (fileId: string | null | undefined) => {
  const text = await (await openai.files.content(fileId ?? '')).text()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('a batch of OpenAI’s form [MODELS-BATCH-01]', () => {
  test('is answered in a file, what is refused in another', async () => {
    answer = (heard, response) =>
      String(heard.body).includes('bad') ? reply(response, 400, 'not that') : reply(response, 200, 'four')
    const bad = { ...question, messages: [{ role: 'user', content: 'bad' }] }
    const unknown = { ...question, model: 'nobody' }
    const batch = await run(
      [chatLine('a'), chatLine('b', { body: bad }), chatLine('c'), chatLine('d', { body: unknown })],
      { metadata: { job: 'nightly' } },
    )
    expect(batch).toMatchObject({
      object: 'batch',
      status: 'completed',
      metadata: { job: 'nightly' },
      completion_window: '24h',
      request_counts: { total: 4, completed: 2, failed: 2 },
      in_progress_at: expect.any(Number),
      completed_at: expect.any(Number),
    })
    expect(await linesOf(batch.output_file_id)).toMatchObject([
      {
        custom_id: 'a',
        error: null,
        response: { status_code: 200, body: { choices: [{ message: { content: 'four' } }] } },
      },
      { custom_id: 'c', response: { status_code: 200 } },
    ])
    expect(await linesOf(batch.error_file_id)).toMatchObject([
      { custom_id: 'b', response: { status_code: 400, body: { error: { message: 'not that' } } } },
      { custom_id: 'd', response: { status_code: 404, body: { error: { code: 'model-unknown' } } } },
    ])
    await vi.waitFor(() =>
      expect(gateway.records.filter(({ priority }) => priority === 'batch').length).toBe(3),
    )
  })

  test('asks again for what finds no room', async () => {
    let refusals = 3
    answer = (_heard, response) => {
      if (refusals-- <= 0) return reply(response, 200, 'four')
      response.setHeader('retry-after-ms', '20')
      reply(response, 429, 'too many')
    }
    const batch = await run([chatLine('a'), chatLine('b')])
    expect(batch.request_counts).toEqual({ total: 2, completed: 2, failed: 0 })
  })

  test('whose file is wrong fails with what is wrong where', async () => {
    const batch = await run([
      chatLine('a'),
      '{"custom_id": ',
      chatLine('a'),
      chatLine('x', { url: '/v1/embeddings' }),
      chatLine('y', { body: { ...question, stream: true } }),
    ])
    expect(batch.status).toBe('failed')
    expect(batch.errors?.data?.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 invalid_json_line',
      '3 duplicate_custom_id',
      '4 invalid_request',
      '5 invalid_request',
    ])
    expect(upstream.heard).toHaveLength(0)
    expect((await run([''])).errors?.data).toMatchObject([{ code: 'empty_file' }])
  })

  test('is cancelled: what is under way ends, the rest says so', async () => {
    let release: (() => void)[] = []
    answer = (_heard, response) => void release.push(() => reply(response, 200, 'four'))
    const { id } = await openai.batches.create({
      input_file_id: await upload(Array.from({ length: 20 }, (_, at) => chatLine(`r${at}`))),
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    })
    await vi.waitFor(() => expect(release).toHaveLength(8))
    expect((await openai.batches.cancel(id)).status).toBe('cancelling')
    release.forEach((go) => go())
    await batches.ended(id)
    const batch = await openai.batches.retrieve(id)
    expect(batch).toMatchObject({
      status: 'cancelled',
      request_counts: { total: 20, completed: 8, failed: 0 },
    })
    expect((await linesOf(batch.error_file_id)).length).toBe(12)
    expect((await linesOf(batch.error_file_id))[0]).toMatchObject({
      response: null,
      error: { code: 'batch_cancelled' },
    })
    release = []
  })

  test('ends with its window, and says of what was not asked', async () => {
    answer = (_heard, response) => {
      laterMs = 25 * 3_600_000
      reply(response, 200, 'four')
    }
    const batch = await run(Array.from({ length: 20 }, (_, at) => chatLine(`r${at}`)))
    expect(batch.status).toBe('expired')
    expect((await linesOf(batch.error_file_id)).at(-1)).toMatchObject({
      custom_id: 'r19',
      error: { code: 'batch_expired' },
    })
  })

  test('and its files are listed, and are those of their tenant', async () => {
    const batch = await run([chatLine('a')])
    const listed: string[] = []
    for await (const { id } of openai.batches.list({ limit: 1 })) listed.push(id)
    expect(listed[0]).toBe(batch.id)
    expect((await openai.files.list({ purpose: 'batch_output' })).data.map(({ id }) => id)).toContain(
      batch.output_file_id,
    )
    caller = { tenantId: 'other', keyId: 'k', scope: 'models' }
    await expect(openai.batches.retrieve(batch.id)).rejects.toMatchObject({
      status: 404,
      code: 'batch-unknown',
    })
    await expect(openai.batches.cancel(batch.id)).rejects.toMatchObject({ status: 404 })
    await expect(openai.files.content(batch.output_file_id ?? '')).rejects.toMatchObject({ status: 404 })
    await expect(openai.files.delete(batch.input_file_id)).rejects.toMatchObject({ status: 404 })
    await expect(
      openai.batches.create({
        input_file_id: batch.input_file_id,
        endpoint: '/v1/chat/completions',
        completion_window: '24h',
      }),
    ).rejects.toMatchObject({ status: 400, param: 'input_file_id' })
    expect((await openai.files.list()).data).toEqual([])
    caller = { tenantId: 'main', keyId: null, scope: 'admin' }
    expect(await openai.files.delete(batch.input_file_id)).toMatchObject({ deleted: true })
    await expect(openai.files.retrieve(batch.input_file_id)).rejects.toMatchObject({ status: 404 })
  })

  test('files of other purposes, endpoints and windows are refused by name', async () => {
    const file = await toFile(Buffer.from('x'), 'x')
    await expect(openai.files.create({ purpose: 'user_data', file })).rejects.toMatchObject({
      param: 'purpose',
    })
    const input_file_id = await upload([chatLine('a')])
    const wanted = { input_file_id, endpoint: '/v1/chat/completions', completion_window: '24h' } as const
    await expect(openai.batches.create({ ...wanted, endpoint: '/v1/videos' })).rejects.toMatchObject({
      param: 'endpoint',
    })
    await expect(
      openai.batches.create({ ...wanted, completion_window: '1y' as '24h' }),
    ).rejects.toMatchObject({ param: 'completion_window' })
    const old = await openai.files.create({
      purpose: 'batch',
      file,
      expires_after: { anchor: 'created_at', seconds: 3600 },
    })
    laterMs = 2 * 3_600_000
    await expect(openai.files.retrieve(old.id)).rejects.toMatchObject({ status: 404 })
  })
})

describe('a batch of Anthropic’s form [MODELS-BATCH-03]', () => {
  const params = { model: 'm', max_tokens: 16, messages: [{ role: 'user' as const, content: 'hi' }] }

  test('is answered one by one in its results', async () => {
    answer = (heard, response) =>
      String(heard.body).includes('bad') ? reply(response, 400, 'not that') : reply(response, 200, 'four')
    const made = await anthropic.messages.batches.create({
      requests: [
        { custom_id: 'a', params },
        { custom_id: 'b', params: { ...params, messages: [{ role: 'user', content: 'bad' }] } },
      ],
    })
    expect(made).toMatchObject({ type: 'message_batch', processing_status: 'in_progress', results_url: null })
    await batches.ended(made.id)
    const batch = await anthropic.messages.batches.retrieve(made.id)
    expect(batch).toMatchObject({
      processing_status: 'ended',
      request_counts: { processing: 0, succeeded: 1, errored: 1, canceled: 0, expired: 0 },
      ended_at: expect.any(String),
    })
    const results: unknown[] = []
    for await (const result of await anthropic.messages.batches.results(made.id)) results.push(result)
    expect(results).toMatchObject([
      {
        custom_id: 'a',
        result: {
          type: 'succeeded',
          message: { type: 'message', content: [{ type: 'text', text: 'four' }] },
        },
      },
      {
        custom_id: 'b',
        result: { type: 'errored', error: { type: 'error', error: { message: 'not that' } } },
      },
    ])
    const listed: string[] = []
    for await (const { id } of anthropic.messages.batches.list({ limit: 1 })) listed.push(id)
    expect(listed[0]).toBe(made.id)
    expect(await anthropic.messages.batches.delete(made.id)).toMatchObject({ type: 'message_batch_deleted' })
    await expect(anthropic.messages.batches.retrieve(made.id)).rejects.toMatchObject({ status: 404 })
  })

  test('that is wrong is refused at once, and none of another API is found', async () => {
    await expect(
      anthropic.messages.batches.create({
        requests: [
          { custom_id: 'a', params },
          { custom_id: 'a', params },
        ],
      }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('requests[1]') })
    const batch = await run([chatLine('a')])
    await expect(anthropic.messages.batches.retrieve(batch.id)).rejects.toMatchObject({ status: 404 })
  })
})

test('without a database batches are answered 501 with the reason [MODELS-BATCH-04]', async () => {
  const alone = await startTestGateway(
    { providers: {}, models: {} },
    { beside: () => [...openAiBatchPaths(null), ...anthropicBatchPaths(null)] },
  )
  try {
    for (const path of ['/v1/batches', '/v1/files', '/v1/messages/batches']) {
      const response = await fetch(alone.address + path)
      expect(response.status).toBe(501)
      expect(await response.text()).toContain('databaseUrl')
    }
  } finally {
    await alone.close()
  }
})

test('the tables of what is kept are there from empty and from each release before', async () => {
  const { tables } = await testMigrations({ system: 'models', migrations: keptMigrations })
  expect(tables).toEqual(['batch', 'batch_line', 'kept_file', 'kept_response'])
})

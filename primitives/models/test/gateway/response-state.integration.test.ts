import type { ServerResponse } from 'node:http'
import { systemClock } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { KeptResponses } from '../../src/kept/kept-responses.ts'
import type { ResponseTables } from '../../src/kept/kept-responses.ts'
import { keptMigrations } from '../../src/migrations/kept.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'
import { startDeclaredUpstream } from './declared-upstream.ts'
import type { DeclaredUpstream, Heard } from './declared-upstream.ts'

let store: TestStore
let nowMs: number
let upstreams: DeclaredUpstream[] = []
let gateway: TestGateway
let caller: Caller
let client: OpenAI

beforeAll(async () => {
  store = await createTestStore({ migrations: { models: keptMigrations } })
})
afterAll(() => store.close())
beforeEach(() => {
  caller = { tenantId: 'main', keyId: null, scope: 'admin' }
  nowMs = Date.now()
})
afterEach(async () => {
  await gateway.close()
  await Promise.all(upstreams.map((upstream) => upstream.close()))
})

const database = () => store.host.forSystem('models').database<ResponseTables>()

async function start(
  options: {
    replicas?: number
    answer?: typeof answerChat
    provider?: object
    isKept?: boolean
    table?: object
  } = {},
): Promise<void> {
  const { replicas = 1, answer = answerChat, provider = {}, isKept = true, table = {} } = options
  upstreams = await Promise.all(Array.from({ length: replicas }, () => startDeclaredUpstream(answer)))
  const clock = { ...systemClock, nowMs: () => nowMs }
  gateway = await startTestGateway(
    {
      providers: {
        up: { kind: 'openai', replicas: upstreams.map(({ origin }) => `${origin}/v1`), ...provider },
      },
      models: { m: { targets: [{ provider: 'up', model: 'upstream-m' }], policy: 'round-robin' } },
      ...table,
    },
    { caller: () => caller, ...(isKept ? { responses: new KeptResponses(database(), clock) } : {}) },
  )
  client = new OpenAI({ baseURL: `${gateway.address}/v1`, apiKey: 'hl', maxRetries: 0 })
}

/** Chat completions that say how many messages they were asked with; every one has the same id. */
function answerChat({ body }: Heard, response: ServerResponse): void {
  const { messages, stream } = JSON.parse(String(body)) as { messages: unknown[]; stream?: boolean }
  const text = `heard ${messages.length}`
  const usage = { prompt_tokens: 5, completion_tokens: 2 }
  const head = { id: 'chatcmpl-1', created: 1, model: 'upstream-m' }
  if (stream !== true) {
    response.writeHead(200, { 'content-type': 'application/json' })
    const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }
    response.end(JSON.stringify({ ...head, object: 'chat.completion', choices: [choice], usage }))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (part: object) =>
    response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...part })}\n\n`)
  send({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] })
  send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
  send({ choices: [], usage })
  response.end('data: [DONE]\n\n')
}

const messagesOf = (heard: Heard | undefined) =>
  (JSON.parse(String(heard?.body)) as { messages: { role: string; content: string }[] }).messages.map(
    ({ role, content }) => `${role}: ${content}`,
  )

describe('a response is gone on from [MODELS-WIRE-21]', () => {
  test('with what was said before it, whole and streamed, and instructions for each turn alone', async () => {
    await start()
    const first = await client.responses.create({ model: 'm', input: 'One', instructions: 'Be brief.' })
    expect(first).toMatchObject({ output_text: 'heard 2', store: true, previous_response_id: null })
    const events = await client.responses.create({
      model: 'm',
      input: [{ role: 'user', content: 'Two' }],
      previous_response_id: first.id,
      stream: true,
    })
    let second: OpenAI.Responses.Response | null = null
    for await (const event of events) if (event.type === 'response.completed') second = event.response
    expect(second).toMatchObject({ previous_response_id: first.id, store: true })
    expect(second?.id).not.toBe(first.id)
    const third = await client.responses.create({
      model: 'm',
      input: 'Three',
      previous_response_id: second?.id ?? '',
    })
    expect(messagesOf(upstreams[0]?.heard[1])).toEqual(['user: One', 'assistant: heard 2', 'user: Two'])
    expect(messagesOf(upstreams[0]?.heard[2])).toEqual([
      'user: One',
      'assistant: heard 2',
      'user: Two',
      'assistant: heard 3',
      'user: Three',
    ])
    // A fork of an earlier turn.
    await client.responses.create({ model: 'm', input: 'Else', previous_response_id: first.id })
    expect(messagesOf(upstreams[0]?.heard[3])).toEqual(['user: One', 'assistant: heard 2', 'user: Else'])
    expect(third.usage?.input_tokens).toBe(5)
  })

  test('and read, listed by item and deleted', async () => {
    await start()
    const first = await client.responses.create({ model: 'm', input: 'One', metadata: { a: 'b' } })
    expect(await client.responses.retrieve(first.id)).toEqual(first)
    const second = await client.responses.create({ model: 'm', input: 'Two', previous_response_id: first.id })
    const items: unknown[] = []
    for await (const item of client.responses.inputItems.list(second.id, { order: 'asc', limit: 2 }))
      items.push(item)
    expect(items).toMatchObject([
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'One' }] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'heard 1' }] },
      { type: 'message', role: 'user', content: [{ text: 'Two' }] },
    ])
    await client.responses.delete(first.id)
    await expect(client.responses.retrieve(first.id)).rejects.toMatchObject({
      status: 404,
      code: 'response-unknown',
    })
    await expect(client.responses.delete(first.id)).rejects.toMatchObject({ status: 404 })
    // What went on from it lost its beginning.
    await expect(
      client.responses.create({ model: 'm', input: 'Three', previous_response_id: second.id }),
    ).rejects.toMatchObject({ status: 400, code: 'previous-response-unknown', param: 'previous_response_id' })
    await expect(client.responses.cancel(second.id)).rejects.toMatchObject({ status: expect.any(Number) })
  })

  test('nothing is kept with `store: false`, nor past its days, nor of what was refused', async () => {
    await start()
    const unkept = await client.responses.create({ model: 'm', input: 'One', store: false })
    expect(unkept).toMatchObject({ store: false })
    await expect(client.responses.retrieve(unkept.id)).rejects.toMatchObject({ status: 404 })
    expect(
      await database().selectFrom('kept_response').selectAll().where('id', '=', unkept.id).execute(),
    ).toEqual([])
    const kept = await client.responses.create({ model: 'm', input: 'One' })
    nowMs += 30 * 86_400_000 + 1
    await expect(client.responses.retrieve(kept.id)).rejects.toMatchObject({ status: 404 })
    await new KeptResponses(database(), { ...systemClock, nowMs: () => nowMs }).sweep()
    expect(
      await database().selectFrom('kept_response').selectAll().where('id', '=', kept.id).execute(),
    ).toEqual([])
  })

  test('by its own tenant only', async () => {
    await start()
    const first = await client.responses.create({ model: 'm', input: 'My secret' })
    caller = { tenantId: 'other', keyId: 'k', scope: 'models' }
    await expect(client.responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 })
    await expect(client.responses.delete(first.id)).rejects.toMatchObject({ status: 404 })
    await expect(client.responses.inputItems.list(first.id)).rejects.toMatchObject({ status: 404 })
    await expect(
      client.responses.create({ model: 'm', input: 'x', previous_response_id: first.id }),
    ).rejects.toMatchObject({ status: 400 })
  })

  test('at the replica that has it in its cache, or at another when that is gone', async () => {
    await start({ replicas: 3 })
    let id = (await client.responses.create({ model: 'm', input: '0' })).id
    const at = upstreams.findIndex(({ heard }) => heard.length === 1)
    for (let turn = 1; turn < 6; turn++) {
      id = (await client.responses.create({ model: 'm', input: String(turn), previous_response_id: id })).id
    }
    expect(upstreams[at]?.heard).toHaveLength(6)
    await upstreams[at]?.close()
    const last = await client.responses.create({ model: 'm', input: 'last', previous_response_id: id })
    expect(last.output_text).toBe('heard 13')
  })

  test('needs a database where it goes on, and none where it does not', async () => {
    await start({ isKept: false })
    const first = await client.responses.create({ model: 'm', input: 'One' })
    expect(first).toMatchObject({ store: false })
    await expect(
      client.responses.create({ model: 'm', input: 'x', previous_response_id: first.id }),
    ).rejects.toMatchObject({ status: 501, code: 'needs-database' })
    await expect(client.responses.retrieve(first.id)).rejects.toMatchObject({ status: 501 })
  })

  test('keeps nothing where the table says so', async () => {
    await start({ table: { responses: { keepDays: 0 } } })
    const first = await client.responses.create({ model: 'm', input: 'One' })
    expect(first).toMatchObject({ store: false })
    await expect(client.responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 })
  })
})

describe('replicas that keep responses themselves [MODELS-WIRE-22]', () => {
  let made = 0
  const answerResponses: typeof answerChat = ({ method, url, body }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    if (method !== 'POST')
      return void response.end(
        JSON.stringify({ id: url.split('/')[3], object: 'response', output: [], by: 'replica' }),
      )
    const { previous_response_id: previous } = JSON.parse(String(body)) as { previous_response_id?: string }
    response.end(
      JSON.stringify({
        id: `resp_up${made++}`,
        object: 'response',
        status: 'completed',
        model: 'upstream-m',
        previous_response_id: previous ?? null,
        output: [],
        usage: { input_tokens: 1, output_tokens: 1 },
      }),
    )
  }

  test('are asked again where the response is, untouched, and only by its tenant', async () => {
    await start({ replicas: 3, answer: answerResponses, provider: { apis: ['responses'] } })
    const first = await client.responses.create({ model: 'm', input: 'One' })
    const at = upstreams.findIndex(({ heard }) => heard.length === 1)
    for (let turn = 0; turn < 4; turn++) {
      await client.responses.create({ model: 'm', input: 'On', previous_response_id: first.id })
    }
    expect(upstreams[at]?.heard).toHaveLength(5)
    expect(JSON.parse(String(upstreams[at]?.heard[4]?.body))).toEqual({
      model: 'upstream-m',
      input: 'On',
      previous_response_id: first.id,
    })
    expect(await client.responses.retrieve(first.id)).toMatchObject({ by: 'replica' })
    expect(upstreams[at]?.heard.at(-1)?.url).toBe(`/v1/responses/${first.id}`)
    caller = { tenantId: 'other', keyId: 'k', scope: 'models' }
    await expect(client.responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 })
    await expect(
      client.responses.create({ model: 'm', input: 'x', previous_response_id: first.id }),
    ).rejects.toMatchObject({ status: 400 })
    caller = { tenantId: 'main', keyId: null, scope: 'admin' }
    await client.responses.delete(first.id)
    expect(upstreams[at]?.heard.at(-1)?.method).toBe('DELETE')
    await expect(client.responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 })
    await vi.waitFor(() => expect(gateway.records.at(-1)).toMatchObject({ api: 'other', status: 'ok' }))
  })
})

test('tokens of a Responses request can be counted [MODELS-WIRE-14]', async () => {
  await start({ isKept: false })
  const counted = await client.responses.inputTokens.count({ model: 'm', input: 'word '.repeat(400) })
  expect(counted).toMatchObject({ object: 'response.input_tokens' })
  expect(counted.input_tokens).toBeGreaterThan(400)
})

describe('a response in the background [MODELS-WIRE-26]', () => {
  /** Answers once it is let. */
  function held() {
    const answers: (() => void)[] = []
    let left = 0
    const answer: typeof answerChat = (heard, response) => {
      response.on('close', () => (left += response.writableFinished ? 0 : 1))
      answers.push(() => answerChat(heard, response))
    }
    return { answer, answers, left: () => left }
  }
  const ask = (rest: object = {}) =>
    client.responses.create({ model: 'm', input: 'One', background: true, ...rest })

  test('is answered at once, told as it stands, and gone on from once it is there', async () => {
    const { answer, answers } = held()
    await start({ answer })
    const asked = await ask({ metadata: { a: 'b' } })
    expect(asked).toMatchObject({ status: 'in_progress', background: true, output: [], metadata: { a: 'b' } })
    expect(await client.responses.retrieve(asked.id)).toMatchObject({ id: asked.id, status: 'in_progress' })
    const goOn = () => client.responses.create({ model: 'm', input: 'Two', previous_response_id: asked.id })
    await expect(goOn()).rejects.toMatchObject({ status: 400, code: 'previous-response-unfinished' })
    await vi.waitFor(() => expect(answers).toHaveLength(1))
    answers[0]?.()
    await expect
      .poll(() => client.responses.retrieve(asked.id))
      .toMatchObject({ id: asked.id, status: 'completed', background: true, output_text: 'heard 1' })
    expect(gateway.records).toHaveLength(1)
    const second = goOn()
    await vi.waitFor(() => expect(answers).toHaveLength(2))
    answers[1]?.()
    expect(await second).toMatchObject({ status: 'completed', background: false })
    expect(messagesOf(upstreams[0]?.heard[1])).toEqual(['user: One', 'assistant: heard 1', 'user: Two'])
    // One that has ended is not cancelled any more.
    expect(await client.responses.cancel(asked.id)).toMatchObject({ status: 'completed' })
    await expect(client.responses.cancel((await second).id)).rejects.toMatchObject({ status: 400 })
  })

  test('is stopped at its replica when it is cancelled or deleted', async () => {
    const { answer, answers, left } = held()
    await start({ answer })
    const [one, two] = [await ask(), await ask()]
    await vi.waitFor(() => expect(answers).toHaveLength(2))
    expect(await client.responses.cancel(one.id)).toMatchObject({ id: one.id, status: 'cancelled' })
    await client.responses.delete(two.id)
    await vi.waitFor(() => expect(left()).toBe(2), { timeout: 5_000 })
    expect(await client.responses.retrieve(one.id)).toMatchObject({ status: 'cancelled' })
    await expect(client.responses.retrieve(two.id)).rejects.toMatchObject({ status: 404 })
    expect(gateway.records.map(({ status }) => status)).toEqual(['cancelled', 'cancelled'])
  })

  test('says why it failed, also when its process is gone; another tenant knows nothing of it', async () => {
    await start({
      answer: (_heard, response) => {
        response.writeHead(400, { 'content-type': 'application/json' })
        response.end('{"error":{"message":"too long","code":"context_length_exceeded"}}')
      },
    })
    const asked = await ask()
    await expect
      .poll(() => client.responses.retrieve(asked.id))
      .toMatchObject({ status: 'failed', error: { code: 'context_length_exceeded', message: 'too long' } })
    const { answer } = held()
    await gateway.close()
    await Promise.all(upstreams.map((upstream) => upstream.close()))
    await start({ answer })
    const lost = await ask()
    await gateway.gateway.close()
    await expect.poll(() => client.responses.retrieve(lost.id)).toMatchObject({ status: 'failed' })
    // As if it had been killed, and had not said so.
    await database()
      .updateTable('kept_response')
      .set({ running_until: new Date(nowMs + 1), response: JSON.stringify(lost) })
      .where('id', '=', lost.id)
      .execute()
    nowMs += 20_000
    expect(await client.responses.retrieve(lost.id)).toMatchObject({
      status: 'failed',
      error: { code: 'server_error' },
    })
    caller = { tenantId: 'other', keyId: null, scope: 'admin' }
    await expect(client.responses.retrieve(lost.id)).rejects.toMatchObject({ status: 404 })
  })

  test('is refused where it cannot be kept or is to be streamed', async () => {
    await start()
    await expect(ask({ store: false })).rejects.toMatchObject({ status: 400, param: 'background' })
    await expect(ask({ stream: true })).rejects.toMatchObject({ status: 400, param: 'background' })
    await gateway.close()
    await Promise.all(upstreams.map((upstream) => upstream.close()))
    await start({ isKept: false })
    await expect(ask()).rejects.toMatchObject({ status: 501 })
  })
})

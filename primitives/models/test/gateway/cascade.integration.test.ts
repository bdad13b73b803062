import { afterEach, describe, expect, test } from 'vitest'
import { completeInProcess } from '../../src/gateway/in-process/complete-in-process.ts'
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

/** `m` is cheap and goes to `large`, which goes to `largest`. */
async function start(replies: Record<string, Reply>, accept: object = {}, more: object = {}): Promise<void> {
  upstream = await startAnsweringUpstream(({ model }) => replies[model] ?? { pieces: [], status: 500 })
  const target = (model: string) => ({ targets: [{ provider: 'up', model }], retries: 0 })
  gateway = await startTestGateway({
    providers: { up: { kind: 'openai', replicas: [upstream.baseUrl] } },
    models: {
      m: { ...target('cheap'), cascade: { to: 'large', accept }, ...more },
      large: { ...target('large'), cascade: { to: 'largest', accept } },
      largest: target('largest'),
    },
  })
}

const models = () => upstream.asked.map(({ model }) => model)
const good: Reply = { pieces: ['{"answer"', ': 1}'] }
const poor: Reply = { pieces: ['I cannot ', 'say.'] }

const ways = (['chat/completions', 'completions', 'messages', 'responses'] as AskedPath[]).flatMap((path) =>
  [true, false].map((stream) => ({ path, stream })),
)

describe.each(ways)('$path, streamed: $stream', ({ path, stream }) => {
  test('an answer of the cheap model that will do is given, and nobody else is asked [MODELS-CASCADE-01]', async () => {
    await start({ cheap: good }, { json: true })
    const answered = await ask(gateway.address, path, { stream })
    expect(answered).toMatchObject({ status: 200, model: 'm', text: '{"answer": 1}' })
    expect(answered.body.startsWith('{')).toBe(!stream)
    expect(models()).toEqual(['cheap'])
  })

  test('one that will not do is asked for again; the client sees one answer [MODELS-CASCADE-01]', async () => {
    await start({ cheap: poor, large: good }, { json: true })
    const answered = await ask(gateway.address, path, { stream })
    expect(answered).toMatchObject({ status: 200, model: 'large', text: '{"answer": 1}' })
    expect(answered.body).not.toContain('cannot')
    expect(models()).toEqual(['cheap', 'large'])
    const [first, second] = gateway.records
    expect([first, second]).toMatchObject([
      { model: 'm', status: 'ok', usage: { input: 7, output: 2 } },
      { model: 'large', status: 'ok', usage: { input: 7, output: 2 } },
    ])
    expect(second!.id).toBe(`${first!.id}.2`)
    expect(answered.id).toBe(second!.id)
  })
})

test.each<[string, Reply]>([
  ['fails', { pieces: [], status: 500 }],
  ['breaks off', { pieces: ['{"ans'], isCut: true }],
  ['stops at its length', { pieces: ['{"ans'], finishReason: 'length' }],
])('the next model is asked when the cheap one %s [MODELS-CASCADE-02]', async (_how, reply) => {
  await start({ cheap: reply, large: good })
  const answered = await ask(gateway.address, 'chat/completions', { stream: true })
  expect(answered).toMatchObject({ status: 200, model: 'large', text: '{"answer": 1}' })
  expect(answered.body).not.toContain('error')
})

test('goes on along the chain, and ends in what the last one says [MODELS-CASCADE-02]', async () => {
  await start({ cheap: poor, large: poor, largest: { pieces: ['No JSON.'] } }, { json: true })
  expect(await ask(gateway.address)).toMatchObject({ model: 'largest', text: 'No JSON.' })
  expect(gateway.records.map(({ id }) => id.split('.')[1])).toEqual([undefined, '2', '3'])
})

test('a whole answer of the cheap model is better than an error of the others [MODELS-CASCADE-02]', async () => {
  await start({ cheap: poor }, { json: true })
  expect(await ask(gateway.address)).toMatchObject({ status: 200, model: 'm', text: 'I cannot say.' })
  expect(models()).toEqual(['cheap', 'large', 'largest'])
})

test('who may ask for the cheap model may have the answer of the dear one, but not ask for that [MODELS-CASCADE-02]', async () => {
  await start({ cheap: poor, large: good }, { json: true })
  const { config } = gateway.gateway
  gateway.gateway.configure({ ...config, defaults: { ...config.defaults, models: ['m'] } })
  expect(await ask(gateway.address)).toMatchObject({ status: 200, model: 'large' })
  expect((await ask(gateway.address, 'chat/completions', { model: 'large' })).status).toBe(403)
})

test('when all fail the client gets the last error [MODELS-CASCADE-02]', async () => {
  await start({})
  expect(await ask(gateway.address)).toMatchObject({ status: 502, model: 'largest' })
})

test('an answer that was asked for again is kept as it came in the end; one that will not do is not [MODELS-CASCADE-03]', async () => {
  const replies: Record<string, Reply> = { cheap: poor }
  await start(replies, { json: true }, { cache: {} })
  expect(await ask(gateway.address)).toMatchObject({ cache: 'miss', text: 'I cannot say.' })
  replies['large'] = good
  expect(await ask(gateway.address)).toMatchObject({ cache: 'miss', text: '{"answer": 1}' })
  expect(await ask(gateway.address)).toMatchObject({ cache: 'hit', text: '{"answer": 1}' })
})

test('an answer too long to be held is given as it comes', async () => {
  const long = 'x'.repeat(1_000_000)
  await start({ cheap: { pieces: Array.from({ length: 6 }, () => long) }, large: good }, { json: true })
  const answered = await ask(gateway.address, 'chat/completions', { stream: true })
  expect([answered.model, answered.text.length]).toEqual(['m', 6_000_000])
  expect(models()).toEqual(['cheap'])
})

test('a client that leaves while an answer is held stops all of it', async () => {
  await start({ cheap: { pieces: Array.from({ length: 500 }, () => 'x'), paceMs: 20 }, large: good })
  const abort = new AbortController()
  const asking = fetch(`${gateway.address}/v1/chat/completions`, {
    method: 'POST',
    signal: abort.signal,
    body: JSON.stringify({ model: 'm', stream: true, messages: [] }),
  })
  await expect.poll(() => upstream.asked.length).toBe(1)
  abort.abort()
  await expect(asking).rejects.toThrow()
  await expect.poll(() => gateway.records).toMatchObject([{ model: 'm', status: 'cancelled' }])
  expect(models()).toEqual(['cheap'])
})

test('a call from this process gets one answer too', async () => {
  await start({ cheap: poor, large: good }, { json: true })
  const complete = completeInProcess(gateway.gateway, 'm')
  const parts = await Array.fromAsync(
    complete([{ role: 'user', content: 'hi' }], { signal: new AbortController().signal }),
  )
  expect(parts.map((part) => (part.type === 'text' ? part.text : '')).join('')).toBe('{"answer": 1}')
})

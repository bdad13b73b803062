import { afterEach, describe, expect, test } from 'vitest'
import { createComplete } from '../src/create-complete.ts'
import type { CompletionPart } from '../src/complete.ts'
import { startScriptedModelServer } from '../src/testing/scripted-model-server.ts'
import type { ModelScript, ScriptedModelServer } from '../src/testing/scripted-model-server.ts'

let server: ScriptedModelServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

async function model(...scripts: ModelScript[]) {
  server = await startScriptedModelServer((_request, index) => scripts[Math.min(index, scripts.length - 1)]!)
  return createComplete({ baseUrl: server.baseUrl, apiKey: null, model: 'scripted', retryDelayMs: 5 })
}

const ask = [{ role: 'user' as const, content: 'hello' }]
const signal = () => AbortSignal.timeout(10_000)

describe('createComplete', () => {
  test('streams an answer to its end', async () => {
    const complete = await model({ deltas: ['Hel', 'lo.'] })
    const parts = await Array.fromAsync(complete(ask, { signal: signal() }))
    expect(parts).toEqual([
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo.' },
      { type: 'done', finishReason: 'stop', usage: { promptTokens: 10, completionTokens: 2 } },
    ])
  })

  test.each([429, 500, 503])('tries again after %i [MODELS-COMPLETE-02]', async (status) => {
    const complete = await model({ status, deltas: [] }, { deltas: ['ok'] })
    const parts = await Array.fromAsync(complete(ask, { signal: signal() }))
    expect(parts[0]).toEqual({ type: 'text', text: 'ok' })
    expect(server?.requests()).toBe(2)
  })

  test('gives up after its retries and does not retry what the endpoint refuses [MODELS-COMPLETE-02]', async () => {
    let complete = await model({ status: 500, deltas: [] })
    await expect(Array.fromAsync(complete(ask, { signal: signal() }))).rejects.toMatchObject({
      code: 'model-unavailable',
      statusCode: 500,
    })
    expect(server?.requests()).toBe(3)
    await server?.close()
    complete = await model({ status: 401, deltas: [] })
    await expect(Array.fromAsync(complete(ask, { signal: signal() }))).rejects.toMatchObject({
      code: 'model-rejected',
    })
    expect(server?.requests()).toBe(1)
  })

  test.each([
    ['closed cleanly', 'cut-clean', 'model-cut-off'],
    ['destroyed', 'cut-hard', 'model-cut-off'],
    ['filled with garbage', 'garbage', 'model-garbage'],
  ] as const)('never retries a stream that was %s after its first byte', async (_name, ending, code) => {
    const complete = await model({ deltas: ['half'], ending })
    const seen: CompletionPart[] = []
    await expect(async () => {
      for await (const part of complete(ask, { signal: signal() })) seen.push(part)
    }).rejects.toMatchObject({ code })
    expect(seen).toEqual([{ type: 'text', text: 'half' }])
    expect(server?.requests()).toBe(1)
  })

  test('ends a silent stream after the idle timeout [MODELS-COMPLETE-03]', async () => {
    const complete = await model({ deltas: ['half'], ending: 'hang' })
    await expect(
      Array.fromAsync(complete(ask, { signal: signal(), idleTimeoutMs: 200 })),
    ).rejects.toMatchObject({
      code: 'model-idle',
    })
  })

  test('closes the connection when the caller stops reading or aborts [MODELS-COMPLETE-03]', async () => {
    let complete = await model({ deltas: ['a', 'b'], ending: 'hang' })
    for await (const part of complete(ask, { signal: signal() })) {
      expect(part).toEqual({ type: 'text', text: 'a' })
      break
    }
    await expect.poll(() => server?.aborted()).toBe(1)
    await server?.close()

    complete = await model({ deltas: ['a'], ending: 'hang' })
    const controller = new AbortController()
    await expect(async () => {
      for await (const _ of complete(ask, { signal: controller.signal })) controller.abort()
    }).rejects.toMatchObject({ code: 'model-aborted' })
    await expect.poll(() => server?.aborted()).toBe(1)
  })

  test('says when the endpoint cannot be reached or the key is not set', async () => {
    const gone = createComplete({ baseUrl: 'http://127.0.0.1:9/v1', apiKey: null, model: 'm', retries: 0 })
    await expect(Array.fromAsync(gone(ask, { signal: signal() }))).rejects.toMatchObject({
      code: 'model-unreachable',
    })
    const keyless = createComplete({
      baseUrl: 'http://127.0.0.1:9/v1',
      apiKey: 'env:NO_SUCH_KEY',
      model: 'm',
    })
    await expect(Array.fromAsync(keyless(ask, { signal: signal() }))).rejects.toMatchObject({
      code: 'secret-missing',
    })
  })
})

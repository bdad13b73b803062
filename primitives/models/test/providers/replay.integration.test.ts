import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { anthropicEvent, anthropicEvents } from '../../src/testing/replay/anthropic-events.ts'
import { bedrockEvent, bedrockEvents, bedrockException } from '../../src/testing/replay/bedrock-events.ts'
import { startReplayServer } from '../../src/testing/replay/replay-server.ts'
import type { Replay } from '../../src/testing/replay/replay-server.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'

const closing: (() => Promise<void>)[] = []
beforeEach(() => void vi.stubEnv('HEAVYLIFT_SECRET_REPLAY', 'k'))
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const close of closing.splice(0).reverse()) await close()
})

async function ask(kind: 'anthropic' | 'bedrock', replay: Replay) {
  const server = await startReplayServer(() => replay)
  closing.push(() => server.close())
  const key = 'env:HEAVYLIFT_SECRET_REPLAY'
  const provider =
    kind === 'anthropic'
      ? { kind, apiKey: key, replicas: [`${server.origin}/v1`] }
      : { kind, region: 'eu-west-1', endpoint: server.origin, accessKeyId: key, secretAccessKey: key }
  const gateway = await startTestGateway({
    providers: { up: provider },
    models: { m: { targets: [{ provider: 'up', model: 'anthropic.claude-x-v1:0' }], retries: 0 } },
  })
  closing.push(() => gateway.close())
  const response = await fetch(`${gateway.address}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }] }),
  })
  return { status: response.status, text: await response.text(), sent: server.requests[0], gateway }
}

const anthropic = anthropicEvents.map((event) => anthropicEvent(event))
const bedrock = bedrockEvents.map(([type, event]) => bedrockEvent(type, event))

test.each([
  ['anthropic', anthropic, '/v1/messages'],
  ['bedrock', bedrock, '/model/anthropic.claude-x-v1%3A0/converse-stream'],
] as const)(
  'a chat client reads a stream of %s and its usage is metered [MODELS-PROVIDER-06]',
  async (kind, parts, path) => {
    const { status, text, sent, gateway } = await ask(kind, { parts: [...parts] })
    expect(status).toBe(200)
    expect(sent?.path).toBe(path)
    expect(sent?.headers[kind === 'anthropic' ? 'x-api-key' : 'authorization']).toBeTruthy()
    expect(text).toContain('"content":"a moment."')
    expect(text).toContain('"finish_reason":"tool_calls"')
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true)
    expect(gateway.records).toMatchObject([
      { status: 'ok', usage: { input: 25, cacheRead: 100, cacheWrite: 7, output: 42 } },
    ])
  },
)

test.each([
  ['anthropic', [...anthropic.slice(0, 8), anthropic[8]!.subarray(0, 40)], 'cut'],
  ['bedrock', [...bedrock.slice(0, 5), bedrock[5]!.subarray(0, 40)], 'cut'],
  ['bedrock', [...bedrock.slice(0, 5), bedrockException('modelStreamErrorException', 'no')], 'whole'],
] as const)('a stream of %s that breaks ends in an error event (%#)', async (kind, parts, ending) => {
  const { text } = await ask(kind, { parts: [...parts], ending })
  expect(text).toContain('"content":"Grüße, "')
  expect(text).not.toContain('[DONE]')
  expect(text.trimEnd().split('\n\n').at(-1)).toMatch(/^data: \{"error":/)
})

test.each([
  ['anthropic', 400, { type: 'error', error: { type: 'invalid_request_error', message: 'Too long.' } }, 400],
  ['anthropic', 401, { type: 'error', error: { type: 'authentication_error', message: 'Bad key.' } }, 502],
  ['bedrock', 400, { message: 'Too long.' }, 400],
  ['bedrock', 403, { message: 'Not allowed.' }, 502],
  ['bedrock', 429, { message: 'Too many requests.' }, 429],
] as const)(
  'a refusal of %s by %i reaches a chat client in its own format',
  async (kind, status, body, expected) => {
    const { status: got, text } = await ask(kind, { status, parts: [JSON.stringify(body)] })
    expect(got).toBe(expected)
    expect(JSON.parse(text)).toMatchObject({
      error: { message: expect.any(String), code: expect.any(String) },
    })
  },
)

import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { awsAuthorizer } from '../../src/providers/aws-signature.ts'
import { createBedrockCodec } from '../../src/providers/bedrock.ts'
import { bedrockEvent, bedrockEvents, bedrockException } from '../../src/testing/replay/bedrock-events.ts'
import type { JsonObject } from '../../src/wire/codec.ts'
import { decode, fullChat, joinChunks, replayedAnswer } from './join-chunks.ts'
import { secretReader } from '../../src/secret.ts'

const claude = 'anthropic.claude-x-v1:0'
const codec = createBedrockCodec({ nowMs: () => 1_760_000_000_000, newId: () => 'chatcmpl-1' })
const body = (chat: JsonObject, promptCacheHints = false, model = claude) =>
  JSON.parse(codec.request(chat, model, { promptCacheHints }).body.toString()) as JsonObject
const events = bedrockEvents.map(([type, event]) => bedrockEvent(type, event))
const stream = Buffer.concat(events)

describe('requests to Bedrock [MODELS-PROVIDER-03]', () => {
  test('ask what the chat request asks', () => {
    expect(body({ ...fullChat, top_k: 4 })).toEqual({
      system: [{ text: 'Be brief.' }, { text: 'Sell.' }],
      inferenceConfig: { maxTokens: 200, temperature: 1, topP: 0.9, stopSequences: ['END'] },
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'find',
              description: 'Finds.',
              inputSchema: { json: { type: 'object', properties: {} } },
            },
          },
        ],
        toolChoice: { any: {} },
      },
      outputConfig: {
        effort: 'low',
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'a', schema: '{"type":"object"}' } },
        },
      },
      additionalModelRequestFields: { top_k: 4 },
      messages: [
        {
          role: 'user',
          content: [{ text: 'This?' }, { image: { format: 'png', source: { bytes: 'AAAA' } } }],
        },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm', signature: 'sig' } } },
            { toolUse: { toolUseId: 'c1', name: 'find', input: { q: 1 } } },
            { toolUse: { toolUseId: 'c2', name: 'find', input: {} } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 'c1', content: [{ text: 'one' }] } },
            { toolResult: { toolUseId: 'c2', content: [{ text: 'two' }] } },
            { text: 'And?' },
          ],
        },
      ],
    })
  })

  test('go to the model by its encoded name', () => {
    const path = (chat: JsonObject, model: string) =>
      codec.request(chat, model, { promptCacheHints: false }).path
    expect(path(fullChat, claude)).toBe('/model/anthropic.claude-x-v1%3A0/converse-stream')
    expect(path({ messages: [] }, 'arn:aws:bedrock:x/y')).toBe('/model/arn%3Aaws%3Abedrock%3Ax%2Fy/converse')
  })

  test('have cache points only for models that take them', () => {
    const chat = {
      messages: [
        { role: 'system', content: 'rule '.repeat(1000) },
        { role: 'user', content: 'Hi' },
      ],
    }
    expect(body(chat, true)['system']).toHaveLength(2)
    expect(body(chat, true)['system']).toMatchObject([{}, { cachePoint: { type: 'default' } }])
    expect(JSON.stringify(body(chat, true, 'meta.llama3-8b-instruct-v1:0'))).not.toContain('cachePoint')
  })

  test('define the tools of the past, which Converse demands', () => {
    const { tools: _tools, tool_choice: _choice, ...chat } = fullChat
    expect(body(chat)['toolConfig']).toEqual({
      tools: [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }],
    })
  })
})

describe('answers of Bedrock [MODELS-PROVIDER-04]', () => {
  test('are the same chat chunks however their bytes are split', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sizes) => {
        expect(joinChunks(decode(codec.decoder(), stream, sizes))).toEqual(replayedAnswer)
      }),
    )
  })

  test('in one piece are the same completion', () => {
    const whole = codec.answer({
      output: {
        message: {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Look it up.', signature: 'c2ln' } } },
            { text: 'Grüße, a moment.' },
            { toolUse: { toolUseId: 'toolu_1', name: 'find', input: { q: 'red' } } },
          ],
        },
      },
      stopReason: 'tool_use',
      usage: { inputTokens: 25, outputTokens: 42, cacheReadInputTokens: 100, cacheWriteInputTokens: 7 },
    })
    const expected = { ...replayedAnswer, calls: [{ ...replayedAnswer.calls[0], arguments: '{"q":"red"}' }] }
    expect(joinChunks([whole])).toEqual(expected)
  })

  test('with one changed bit are garbage or cut off, never an answer', () => {
    fc.assert(
      fc.property(fc.nat(stream.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const broken = Buffer.from(stream)
        broken[at] = broken[at]! ^ (1 << bit)
        expect(() => decode(codec.decoder(), broken)).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^model-(garbage|cut-off)$/) }),
        )
      }),
    )
  })

  test('that end before messageStop, or inside a message, are cut off', () => {
    const stop = bedrockEvents.findIndex(([type]) => type === 'messageStop')
    for (const cut of [Buffer.concat(events.slice(0, stop)), stream.subarray(0, -5), Buffer.alloc(0)]) {
      expect(() => decode(codec.decoder(), cut)).toThrow(expect.objectContaining({ code: 'model-cut-off' }))
    }
  })

  test.each([
    ['throttlingException', 'model-rate-limited', true],
    ['modelStreamErrorException', 'model-unavailable', true],
    ['internalServerException', 'model-unavailable', true],
    ['serviceUnavailableException', 'model-unavailable', true],
    ['validationException', 'model-rejected', false],
  ])('with a %s inside fail as %s', (type, code, isRetryable) => {
    const wire = Buffer.concat([...events.slice(0, 5), bedrockException(type, 'prompt: secret words')])
    expect(() => decode(codec.decoder(), wire)).toThrow(
      expect.objectContaining({ code, isRetryable, message: expect.not.stringContaining('secret') }),
    )
  })

  test('that refuse say what the provider said, but keep the credentials out of it', () => {
    const said = '{"message":"Too many tokens, please wait."}'
    expect(codec.error(429, said)).toEqual({
      status: 429,
      code: 'model-rate-limited',
      message: 'Too many tokens, please wait.',
    })
    expect(codec.error(403, '{"message":"User arn:aws:iam::1:user/x is not authorized"}')).toMatchObject({
      status: 502,
      message: expect.not.stringContaining('arn'),
    })
  })
})

describe('signatures [MODELS-PROVIDER-05]', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('are those that AWS computes for the request, by its documented steps', async () => {
    vi.stubEnv('HEAVYLIFT_SECRET_AWS_ID', 'AKIDEXAMPLE')
    vi.stubEnv('HEAVYLIFT_SECRET_AWS_SECRET', 'example-of-a-secret')
    vi.stubEnv('HEAVYLIFT_SECRET_AWS_TOKEN', 'example-of-a-token')
    const authorizer = awsAuthorizer(
      {
        region: 'eu-west-1',
        accessKeyId: 'env:HEAVYLIFT_SECRET_AWS_ID',
        secretAccessKey: 'env:HEAVYLIFT_SECRET_AWS_SECRET',
        sessionToken: 'env:HEAVYLIFT_SECRET_AWS_TOKEN',
      },
      () => Date.parse('2026-01-02T03:04:05Z'),
      secretReader({ secretsDir: '/nowhere' }),
    )
    const payload = Buffer.from('{"messages":[]}')
    const headers = await authorizer({
      method: 'POST',
      url: 'https://bedrock.example/model/a.b-v1%3A0/converse',
      headers: { 'content-type': 'application/json' },
      body: payload,
    })
    const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
    const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()
    // AWS General Reference, "Create a signed AWS API request"; the path is encoded once more.
    const names = 'content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token'
    const canonical = [
      'POST',
      '/model/a.b-v1%253A0/converse',
      '',
      'content-type:application/json',
      'host:bedrock.example',
      `x-amz-content-sha256:${sha256(payload)}`,
      'x-amz-date:20260102T030405Z',
      'x-amz-security-token:example-of-a-token',
      '',
      names,
      sha256(payload),
    ].join('\n')
    const scope = '20260102/eu-west-1/bedrock/aws4_request'
    const toSign = ['AWS4-HMAC-SHA256', '20260102T030405Z', scope, sha256(canonical)].join('\n')
    let key: string | Buffer = 'AWS4example-of-a-secret'
    for (const part of scope.split('/')) key = hmac(key, part)
    const signature = hmac(key, toSign).toString('hex')
    expect(headers['authorization']).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    )
    expect(headers['x-amz-security-token']).toBe('example-of-a-token')
    expect(Object.keys(headers)).not.toContain('host')
  })
})

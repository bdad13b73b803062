import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/wire/codec.ts'
import { messagesCodec } from '../../src/wire/messages.ts'
import {
  answering,
  callDeltas,
  callMessage,
  chatChunks,
  chatCompletion,
  interleavedCalls,
} from './chat-chunks.ts'

const request = { model: 'large', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hi' }] }

function encode(chunks: JsonObject[]): string {
  const encoder = messagesCodec.encoder(request)
  return chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
}

const client = (fetch: typeof globalThis.fetch) =>
  new Anthropic({ apiKey: 'none', baseURL: 'http://gateway.invalid', fetch, maxRetries: 0 })

/** What the official client makes of a stream. */
const streamed = (wire: string) =>
  client(answering(wire, 'text/event-stream')).messages.stream(request).finalMessage()

const usage = {
  input_tokens: 5,
  cache_read_input_tokens: 15,
  cache_creation_input_tokens: 0,
  output_tokens: 8,
}

test('parallel calls whose arguments come in turns stay whole, and no block goes on after its end [MODELS-WIRE-12]', async () => {
  const wire = encode(chatChunks(interleavedCalls, 'tool_calls'))
  expect((await streamed(wire)).content).toMatchObject([
    { type: 'text', text: 'Both.' },
    { type: 'tool_use', name: 'find', input: { q: 'shoe' } },
    { type: 'tool_use', name: 'stock', input: { id: 7 } },
  ])
  const ended = new Set<number>()
  for (const [, data] of wire.matchAll(/^data: (.*)$/gm)) {
    const { type, index } = JSON.parse(data!) as { type: string; index: number }
    if (type === 'content_block_delta') expect(ended.has(index)).toBe(false)
    if (type === 'content_block_stop') ended.add(index)
  }
  expect(ended.size).toBe(3)
})

test('calls that come one after another are blocks one after another', () => {
  const wire = encode(chatChunks(callDeltas, 'tool_calls'))
  const kinds = [...wire.matchAll(/^event: content_block_(start|stop)$/gm)].map(([, kind]) => kind)
  expect(kinds).toEqual(['start', 'stop', 'start', 'stop', 'start', 'stop'])
})

describe('requests', () => {
  test('a conversation with tools, pictures and thinking asks the same in chat [MODELS-WIRE-08]', () => {
    expect(
      messagesCodec.toChat({
        model: 'large',
        max_tokens: 500,
        stream: true,
        temperature: 0.3,
        top_k: 5,
        system: [
          { type: 'text', text: 'You sell shoes.', cache_control: { type: 'ephemeral' } },
          { type: 'text', text: 'Be brief.' },
        ],
        stop_sequences: ['END'],
        metadata: { user_id: 'u1' },
        tools: [{ name: 'find', description: 'Finds.', input_schema: { type: 'object' }, strict: true }],
        tool_choice: { type: 'any', disable_parallel_tool_use: true },
        thinking: { type: 'enabled', budget_tokens: 1024 },
        output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
              { type: 'image', source: { type: 'url', url: 'https://a.example/b.png' } },
              { type: 'text', text: 'Like these?' },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'Look.', signature: 'sig' },
              { type: 'text', text: 'I look.' },
              { type: 'tool_use', id: 'toolu_1', name: 'find', input: { q: 'red' } },
            ],
          },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Quick.' },
              { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: '3 pairs' }] },
            ],
          },
        ],
      }),
    ).toEqual({
      model: 'large',
      max_tokens: 500,
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.3,
      top_k: 5,
      stop: ['END'],
      user: 'u1',
      reasoning_effort: 'low',
      parallel_tool_calls: false,
      tool_choice: 'required',
      tools: [
        {
          type: 'function',
          function: { name: 'find', description: 'Finds.', strict: true, parameters: { type: 'object' } },
        },
      ],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', schema: { type: 'object' }, strict: true },
      },
      messages: [
        { role: 'system', content: 'You sell shoes.\nBe brief.' },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
            { type: 'text', text: 'Like these?' },
          ],
        },
        {
          role: 'assistant',
          content: 'I look.',
          reasoning_content: 'Look.',
          thinking_blocks: [{ type: 'thinking', thinking: 'Look.', signature: 'sig' }],
          tool_calls: [
            { id: 'toolu_1', type: 'function', function: { name: 'find', arguments: '{"q":"red"}' } },
          ],
        },
        // Chat wants the result right after the call.
        { role: 'tool', tool_call_id: 'toolu_1', content: '3 pairs' },
        { role: 'user', content: 'Quick.' },
      ],
    })
  })

  test.each<[string, JsonObject]>([
    ['max_tokens', { max_tokens: undefined }],
    ['max_tokens', { max_tokens: 0 }],
    ['messages', { messages: 'Hi' }],
    ['messages.0.role', { messages: [{ role: 'tool', content: 'x' }] }],
    ['messages.0.content.0.type', { messages: [{ role: 'user', content: [{ type: 'hologram' }] }] }],
    ['tools.0.type', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
    ['mcp_servers', { mcp_servers: [{}] }],
    ['tool_choice.type', { tool_choice: { type: 'some' } }],
  ])('names %s when it cannot be passed on', (param, wrong) => {
    expect(() => messagesCodec.toChat({ ...request, ...wrong })).toThrow(
      expect.objectContaining({ code: 'field-invalid', status: 400, details: { param } }),
    )
  })
})

describe('answers', () => {
  test('with text, thinking and calls, whole or as a stream, are the same to the official client [MODELS-WIRE-08]', async () => {
    const reasoning = [{ reasoning_content: 'Hm' }, { reasoning_content: '.' }]
    const whole = messagesCodec.fromChat(
      chatCompletion({ ...callMessage, reasoning_content: 'Hm.' }, 'tool_calls'),
      request,
    )
    const got = await client(answering(JSON.stringify(whole), 'application/json')).messages.create(request)
    expect(got.content).toMatchObject([
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'Let me look.' },
      { type: 'tool_use', id: 'call_a', name: 'find', input: { q: 'red shoes' } },
      { type: 'tool_use', id: 'call_b', name: 'stock', input: {} },
    ])
    expect(got).toMatchObject({ stop_reason: 'tool_use', model: 'large', usage })
    const message = await streamed(encode(chatChunks([...reasoning, ...callDeltas], 'tool_calls')))
    expect(message.content).toMatchObject(got.content)
    expect(message).toMatchObject({ id: got.id, stop_reason: 'tool_use', usage })
  })

  test.each([
    ['stop', {}, 'end_turn'],
    ['length', {}, 'max_tokens'],
    ['content_filter', {}, 'refusal'],
    ['stop', { refusal: 'I will not.' }, 'refusal'],
  ])('that end by %s %j stop by %s', async (finish, delta, stop) => {
    expect(messagesCodec.fromChat(chatCompletion(delta, finish), request)).toMatchObject({
      stop_reason: stop,
    })
    expect((await streamed(encode(chatChunks([delta], finish)))).stop_reason).toBe(stop)
  })

  test('keep the signature of thinking that a provider will want back', async () => {
    const wire = encode(
      chatChunks([
        { reasoning_content: 'Deep' },
        { thinking_blocks: [{ type: 'thinking', thinking: 'Deep', signature: 'sig' }] },
        { content: 'Yes' },
      ]),
    )
    expect((await streamed(wire)).content).toMatchObject([
      { type: 'thinking', thinking: 'Deep', signature: 'sig' },
      { type: 'text', text: 'Yes' },
    ])
  })

  test('show arguments that are not JSON instead of losing them', () => {
    const message = {
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"q":' } }],
    }
    expect(messagesCodec.fromChat(chatCompletion(message), request)['content']).toEqual([
      { type: 'tool_use', id: 'a', name: 'f', input: { arguments: '{"q":' } },
    ])
  })

  test('that break make the official client throw, and are no message', async () => {
    const encoder = messagesCodec.encoder(request)
    const [first, second] = chatChunks([{ content: 'Hel' }])
    const wire =
      encoder.push(first!) +
      encoder.push(second!) +
      encoder.fail({ status: 503, code: 'model-cut-off', message: 'The model went away.' })
    await expect(streamed(wire)).rejects.toThrow('The model went away.')
  })
})

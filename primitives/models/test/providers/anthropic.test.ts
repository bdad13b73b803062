import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAnthropicCodec } from '../../src/providers/anthropic.ts'
import { anthropicEvent, anthropicEvents } from '../../src/testing/replay/anthropic-events.ts'
import type { JsonObject } from '../../src/wire/codec.ts'
import { messagesCodec } from '../../src/wire/messages.ts'
import { decode, fullChat, joinChunks, replayedAnswer } from './join-chunks.ts'

const codec = createAnthropicCodec({ version: '2023-06-01', nowMs: () => 1_760_000_000_000 })
const body = (chat: JsonObject, promptCacheHints = false) =>
  JSON.parse(codec.request(chat, 'claude', { promptCacheHints }).body.toString()) as JsonObject
const stream = Buffer.concat(anthropicEvents.map((event) => anthropicEvent(event)))

describe('requests to Anthropic [MODELS-PROVIDER-01]', () => {
  test('ask what the chat request asks', () => {
    expect(codec.request(fullChat, 'claude', { promptCacheHints: false })).toMatchObject({
      path: '/messages',
      headers: { 'anthropic-version': '2023-06-01' },
    })
    expect(body(fullChat)).toEqual({
      model: 'claude',
      max_tokens: 200,
      stream: true,
      temperature: 1,
      top_p: 0.9,
      stop_sequences: ['END'],
      metadata: { user_id: 'u1' },
      system: [
        { type: 'text', text: 'Be brief.' },
        { type: 'text', text: 'Sell.' },
      ],
      tools: [{ name: 'find', description: 'Finds.', input_schema: { type: 'object', properties: {} } }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      output_config: { effort: 'low', format: { type: 'json_schema', schema: { type: 'object' } } },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'This?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm', signature: 'sig' },
            { type: 'tool_use', id: 'c1', name: 'find', input: { q: 1 } },
            { type: 'tool_use', id: 'c2', name: 'find', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: 'one' }] },
            { type: 'tool_result', tool_use_id: 'c2', content: [{ type: 'text', text: 'two' }] },
            { type: 'text', text: 'And?' },
          ],
        },
      ],
    })
  })

  test('come back unchanged through chat', () => {
    const messages = [
      { role: 'user', content: [{ type: 'text', text: 'This?' }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm', signature: 'sig' },
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 'c1', name: 'find', input: { q: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: 'one' }] },
          { type: 'text', text: 'And?' },
        ],
      },
    ]
    const request = {
      model: 'claude',
      max_tokens: 9,
      system: [{ type: 'text', text: 'Sell.' }],
      tools: [{ name: 'find', input_schema: { type: 'object' } }],
      tool_choice: { type: 'tool', name: 'find' },
      stop_sequences: ['x'],
      messages,
    }
    expect(body(messagesCodec.toChat(request))).toEqual(request)
  })

  test('mark a long system prompt and a conversation that goes on, when that is wanted', () => {
    const long = {
      messages: [
        { role: 'system', content: 'rule '.repeat(1000) },
        { role: 'user', content: 'Hi' },
      ],
    }
    const marked = { cache_control: { type: 'ephemeral' } }
    expect(body(long, true)['system']).toMatchObject([marked])
    expect(JSON.stringify(body(long, false))).not.toContain('cache_control')
    const short = {
      messages: [
        { role: 'system', content: 'rule' },
        { role: 'user', content: 'Hi' },
      ],
    }
    expect(JSON.stringify(body(short, true))).not.toContain('cache_control')
    const talk = [...long.messages, { role: 'assistant', content: 'Hi' }, { role: 'user', content: 'So?' }]
    expect(body({ messages: talk }, true)['messages']).toMatchObject([{}, {}, { content: [marked] }])
  })

  test.each(['n', 'logprobs', 'messages', 'tools[0].type'])(
    'name %s when it cannot be passed on',
    (param) => {
      const wrong = { n: 2, logprobs: true, messages: 'Hi', 'tools[0].type': 0 }[param]
      const chat = param.startsWith('tools')
        ? { messages: [], tools: [{ type: 'custom' }] }
        : { messages: [], [param]: wrong }
      expect(() => body(chat)).toThrow(expect.objectContaining({ code: 'field-invalid', details: { param } }))
    },
  )
})

describe('answers of Anthropic [MODELS-PROVIDER-02]', () => {
  test('are the same chat chunks however their bytes are split', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sizes) => {
        expect(joinChunks(decode(codec.decoder(), stream, sizes))).toEqual(replayedAnswer)
      }),
    )
  })

  test('in one piece are the same completion', () => {
    const whole = codec.answer({
      id: 'msg_1',
      type: 'message',
      model: 'claude',
      content: [
        { type: 'thinking', thinking: 'Look it up.', signature: 'c2ln' },
        { type: 'text', text: 'Grüße, a moment.' },
        { type: 'tool_use', id: 'toolu_1', name: 'find', input: { q: 'red' } },
      ],
      stop_reason: 'tool_use',
      usage: {
        input_tokens: 25,
        cache_creation_input_tokens: 7,
        cache_read_input_tokens: 100,
        output_tokens: 42,
      },
    })
    const expected = { ...replayedAnswer, calls: [{ ...replayedAnswer.calls[0], arguments: '{"q":"red"}' }] }
    expect(joinChunks([whole])).toEqual(expected)
    expect(whole['created']).toBe(1_760_000_000)
  })

  test('that end anywhere before message_stop are cut off', () => {
    const last = anthropicEvents.slice(0, -1).map((event) => anthropicEvent(event))
    for (let count = 0; count <= last.length; count++) {
      const cut = Buffer.concat(last.slice(0, count))
      expect(() => decode(codec.decoder(), cut)).toThrow(expect.objectContaining({ code: 'model-cut-off' }))
    }
  })

  test.each([
    ['overloaded_error', 'model-unavailable', true],
    ['rate_limit_error', 'model-rate-limited', true],
    ['invalid_request_error', 'model-rejected', false],
    ['new_error', 'model-unavailable', true],
  ])('with the error event %s fail as %s', (type, code, isRetryable) => {
    const event = { type: 'error', error: { type, message: 'prompt: secret words' } }
    const whole = Buffer.concat([
      ...anthropicEvents.slice(0, 4).map((each) => anthropicEvent(each)),
      anthropicEvent(event),
    ])
    expect(() => decode(codec.decoder(), whole)).toThrow(
      expect.objectContaining({ code, isRetryable, message: expect.not.stringContaining('secret') }),
    )
  })

  test('that are no events are garbage', () => {
    expect(() => decode(codec.decoder(), Buffer.from('data: <html>\n\n'))).toThrow(
      expect.objectContaining({ code: 'model-garbage' }),
    )
  })

  test.each([
    [400, 400, 'model-rejected'],
    [401, 502, 'provider-credentials-refused'],
    [403, 502, 'provider-credentials-refused'],
    [404, 404, 'provider-model-unknown'],
    [413, 413, 'model-rejected'],
    [429, 429, 'model-rate-limited'],
    [500, 502, 'model-unavailable'],
    [529, 503, 'model-unavailable'],
  ])('with status %i reach the client as %i %s', (status, expected, code) => {
    const said = JSON.stringify({ type: 'error', error: { type: 'x', message: 'What was wrong.' } })
    expect(codec.error(status, said)).toMatchObject({ status: expected, code })
    if (expected !== 502) expect(codec.error(status, said).message).toBe('What was wrong.')
    expect(codec.error(status, '<html>').message).toContain('Anthropic')
  })
})

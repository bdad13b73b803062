import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/wire/codec.ts'
import { responsesCodec } from '../../src/wire/responses.ts'
import {
  answering,
  callDeltas,
  callMessage,
  chatChunks,
  chatCompletion,
  interleavedCalls,
} from './chat-chunks.ts'

const request = { model: 'large', input: 'Hi' }

function encode(chunks: JsonObject[]): string {
  const encoder = responsesCodec.encoder(request)
  return chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
}

const client = (fetch: typeof globalThis.fetch) =>
  new OpenAI({ apiKey: 'none', baseURL: 'http://gateway.invalid', fetch, maxRetries: 0 })

const streamed = (wire: string) =>
  client(answering(wire, 'text/event-stream')).responses.stream(request).finalResponse()

test('parallel calls whose arguments come in turns stay whole [MODELS-WIRE-12]', async () => {
  const response = await streamed(encode(chatChunks(interleavedCalls, 'tool_calls')))
  const said = { type: 'message', content: [{ text: 'Both.' }] }
  expect(response.output).toMatchObject([
    said,
    {
      type: 'function_call',
      name: 'find',
      call_id: 'call_find',
      arguments: '{"q":"shoe"}',
      status: 'completed',
    },
    {
      type: 'function_call',
      name: 'stock',
      call_id: 'call_stock',
      arguments: '{"id":7}',
      status: 'completed',
    },
  ])
})

describe('requests', () => {
  test('a list of items asks the same in chat, an assistant turn in one message [MODELS-WIRE-09]', () => {
    expect(
      responsesCodec.toChat({
        model: 'large',
        stream: true,
        store: false,
        instructions: 'Be brief.',
        max_output_tokens: 90,
        temperature: 0.5,
        reasoning: { effort: 'high' },
        text: { format: { type: 'json_schema', name: 'a', schema: {}, strict: true }, verbosity: 'low' },
        tools: [{ type: 'function', name: 'find', parameters: { type: 'object' }, strict: true }],
        tool_choice: { type: 'function', name: 'find' },
        input: [
          { role: 'developer', content: 'Sell.' },
          {
            type: 'message',
            role: 'user',
            content: [
              { type: 'input_text', text: 'This?' },
              { type: 'input_image', image_url: 'data:image/png;base64,AA', detail: 'low' },
            ],
          },
          { type: 'reasoning', id: 'rs_1', summary: [], content: [{ type: 'reasoning_text', text: 'Hm' }] },
          {
            type: 'message',
            role: 'assistant',
            id: 'msg_1',
            status: 'completed',
            content: [{ type: 'output_text', text: 'I look.', annotations: [] }],
          },
          { type: 'function_call', call_id: 'c1', name: 'find', arguments: '{}' },
          { type: 'function_call', call_id: 'c2', name: 'find', arguments: '{"a":1}' },
          { type: 'function_call_output', call_id: 'c1', output: 'none' },
          { type: 'function_call_output', call_id: 'c2', output: [{ type: 'input_text', text: 'one' }] },
        ],
      }),
    ).toEqual({
      model: 'large',
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 90,
      temperature: 0.5,
      reasoning_effort: 'high',
      verbosity: 'low',
      response_format: { type: 'json_schema', json_schema: { name: 'a', schema: {}, strict: true } },
      tools: [{ type: 'function', function: { name: 'find', parameters: { type: 'object' }, strict: true } }],
      tool_choice: { type: 'function', function: { name: 'find' } },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'system', content: 'Sell.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'This?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AA', detail: 'low' } },
          ],
        },
        {
          role: 'assistant',
          content: 'I look.',
          reasoning_content: 'Hm',
          tool_calls: [
            { id: 'c1', type: 'function', function: { name: 'find', arguments: '{}' } },
            { id: 'c2', type: 'function', function: { name: 'find', arguments: '{"a":1}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'none' },
        { role: 'tool', tool_call_id: 'c2', content: 'one' },
      ],
    })
  })

  test.each<[string, JsonObject]>([
    ['store', { store: true }],
    ['previous_response_id', { previous_response_id: 'resp_1' }],
    ['background', { background: true }],
    ['conversation', { conversation: 'conv_1' }],
    ['input', { input: 7 }],
    ['input[0].type', { input: [{ type: 'item_reference', id: 'x' }] }],
    [
      'input[0].content[0].file_id',
      { input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }] },
    ],
    ['tools[0].type', { tools: [{ type: 'web_search' }] }],
    ['text.format.type', { text: { format: { type: 'grammar' } } }],
  ])('names %s when it cannot be passed on', (param, wrong) => {
    expect(() => responsesCodec.toChat({ ...request, ...wrong })).toThrow(
      expect.objectContaining({ code: 'field-invalid', status: 400, details: { param } }),
    )
  })
})

describe('answers', () => {
  test('with reasoning, text and calls, whole or as a stream, are the same to the official client [MODELS-WIRE-09]', async () => {
    const whole = responsesCodec.fromChat(
      chatCompletion({ ...callMessage, reasoning_content: 'Hm.' }, 'tool_calls'),
      request,
    )
    const got = await client(answering(JSON.stringify(whole), 'application/json')).responses.create(request)
    expect(got.output_text).toBe('Let me look.')
    expect(got.status).toBe('completed')
    expect(got.output.map((item) => item.type)).toEqual([
      'reasoning',
      'message',
      'function_call',
      'function_call',
    ])
    expect(got.usage).toMatchObject({
      input_tokens: 20,
      input_tokens_details: { cached_tokens: 15 },
      output_tokens: 8,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 28,
    })
    const deltas = [{ reasoning_content: 'Hm' }, { reasoning_content: '.' }, ...callDeltas]
    const final = await streamed(encode(chatChunks(deltas, 'tool_calls')))
    expect(final).toMatchObject({ ...got, output: final.output })
    // The client adds what it parsed.
    expect(final.output).toMatchObject(got.output)
  })

  test('as a stream number their events without a gap, and every item that begins is done', () => {
    const events = encode(chatChunks(callDeltas, 'tool_calls'))
      .split('\n\n')
      .filter(Boolean)
      .map((event) => JSON.parse(event.split('\ndata: ')[1]!) as { type: string; sequence_number: number })
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, i) => i))
    const count = (type: string) => events.filter((event) => event.type === type).length
    expect(count('response.output_item.added')).toBe(3)
    expect(count('response.output_item.done')).toBe(3)
    expect(events[0]?.type).toBe('response.created')
    expect(events.at(-1)?.type).toBe('response.completed')
  })

  test.each([
    ['length', 'max_output_tokens'],
    ['content_filter', 'content_filter'],
  ])('that end by %s are incomplete by %s', async (finish, reason) => {
    const expected = { status: 'incomplete', incomplete_details: { reason } }
    expect(responsesCodec.fromChat(chatCompletion({ content: 'a' }, finish), request)).toMatchObject(expected)
    expect(encode(chatChunks([{ content: 'a' }], finish))).toContain('event: response.incomplete\n')
  })

  test('that refuse say so', async () => {
    const expected = [{ type: 'message', content: [{ type: 'refusal', refusal: 'No.' }] }]
    expect(responsesCodec.fromChat(chatCompletion({ refusal: 'No.' }), request)['output']).toMatchObject(
      expected,
    )
    expect((await streamed(encode(chatChunks([{ refusal: 'No' }, { refusal: '.' }])))).output).toMatchObject(
      expected,
    )
  })

  test('that break make the official client throw, and are failed', async () => {
    const encoder = responsesCodec.encoder(request)
    const [first, second] = chatChunks([{ content: 'Hel' }])
    const wire =
      encoder.push(first!) +
      encoder.push(second!) +
      encoder.fail({ status: 502, code: 'model-cut-off', message: 'The model went away.' })
    expect(wire).toContain('"status":"failed"')
    await expect(streamed(wire)).rejects.toThrow('The model went away.')
  })
})

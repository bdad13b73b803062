import type { JsonObject } from '../../src/wire/codec.ts'

/** Chunks of a chat stream as servers write them: the opening, deltas, the finish, usage. */
export function chatChunks(deltas: JsonObject[], finishReason = 'stop'): JsonObject[] {
  const chunk = (choices: JsonObject[], usage: JsonObject | null = null) => ({
    id: 'chatcmpl-7',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: 'upstream',
    choices,
    usage,
  })
  return [
    chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
    ...deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason: finishReason }]),
    chunk([], {
      prompt_tokens: 20,
      completion_tokens: 8,
      total_tokens: 28,
      prompt_tokens_details: { cached_tokens: 15 },
      completion_tokens_details: { reasoning_tokens: 3 },
    }),
  ]
}

/** The completion that those chunks make together. */
export function chatCompletion(message: JsonObject, finishReason = 'stop'): JsonObject {
  return {
    id: 'chatcmpl-7',
    object: 'chat.completion',
    created: 1_760_000_000,
    model: 'upstream',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finishReason }],
    usage: chatChunks([]).at(-1)?.['usage'],
  }
}

export const callDeltas: JsonObject[] = [
  { content: 'Let me look.' },
  { tool_calls: [{ index: 0, id: 'call_a', type: 'function', function: { name: 'find', arguments: '' } }] },
  { tool_calls: [{ index: 0, function: { arguments: '{"q":"red' } }] },
  { tool_calls: [{ index: 0, function: { arguments: ' shoes"}' } }] },
  {
    tool_calls: [{ index: 1, id: 'call_b', type: 'function', function: { name: 'stock', arguments: '{}' } }],
  },
]

const start = (index: number, name: string): JsonObject => ({
  tool_calls: [{ index, id: `call_${name}`, type: 'function', function: { name, arguments: '' } }],
})
const part = (index: number, text: string): JsonObject => ({
  tool_calls: [{ index, function: { arguments: text } }],
})

/** Two calls whose arguments come in turns. */
export const interleavedCalls: JsonObject[] = [
  { content: 'Both.' },
  start(0, 'find'),
  start(1, 'stock'),
  part(0, '{"q":'),
  part(1, '{"id"'),
  part(0, '"shoe"}'),
  part(1, ':7}'),
]

export const callMessage: JsonObject = {
  content: 'Let me look.',
  tool_calls: [
    { id: 'call_a', type: 'function', function: { name: 'find', arguments: '{"q":"red shoes"}' } },
    { id: 'call_b', type: 'function', function: { name: 'stock', arguments: '{}' } },
  ],
}

/** A `fetch` that answers everything with this body, for official clients. */
export function answering(body: string, type: 'text/event-stream' | 'application/json'): typeof fetch {
  return () => Promise.resolve(new Response(body, { status: 200, headers: { 'content-type': type } }))
}

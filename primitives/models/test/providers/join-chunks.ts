import type { JsonObject, StreamDecoder } from '../../src/wire/codec.ts'
import { readChoice } from '../../src/wire/chat-choice.ts'

/** What chat chunks say together. */
export function joinChunks(chunks: JsonObject[]) {
  const calls: { id: string; name: string; arguments: string }[] = []
  const joined = { text: '', reasoning: '', thinkingBlocks: [] as JsonObject[], finishReason: '', calls }
  let usage = null
  for (const choice of chunks.map((chunk) => readChoice(chunk))) {
    joined.text += choice.text
    joined.reasoning += choice.reasoning
    joined.thinkingBlocks.push(...choice.thinkingBlocks)
    joined.finishReason = choice.finishReason ?? joined.finishReason
    usage = choice.usage ?? usage
    for (const part of choice.toolCalls) {
      const call = (calls[part.index] ??= { id: '', name: '', arguments: '' })
      call.id += part.id
      call.name += part.name
      call.arguments += part.arguments
    }
  }
  return { ...joined, usage }
}

/** Feeds bytes in pieces of these sizes, over and over. */
export function decode(decoder: StreamDecoder, bytes: Buffer, sizes = [1e9]): JsonObject[] {
  const chunks: JsonObject[] = []
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    chunks.push(...decoder.push(bytes.subarray(at, at + size)))
    at += size
  }
  return [...chunks, ...decoder.end()]
}

/** What both replayed streams say. */
export const replayedAnswer = {
  text: 'Grüße, a moment.',
  reasoning: 'Look it up.',
  thinkingBlocks: [{ type: 'thinking', thinking: 'Look it up.', signature: 'c2ln' }],
  finishReason: 'tool_calls',
  calls: [{ id: 'toolu_1', name: 'find', arguments: '{"q": "red"}' }],
  usage: { input: 25, cacheRead: 100, cacheWrite: 7, output: 42, reasoning: 0 },
}

/** A chat request with everything that both providers can do. */
export const fullChat: JsonObject = {
  model: 'any',
  stream: true,
  max_completion_tokens: 200,
  temperature: 1.5,
  top_p: 0.9,
  stop: ['END', ' '],
  user: 'u1',
  reasoning_effort: 'minimal',
  parallel_tool_calls: false,
  tool_choice: 'required',
  tools: [
    { type: 'function', function: { name: 'find', description: 'Finds.', parameters: { properties: {} } } },
  ],
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'a', schema: { type: 'object' }, strict: true },
  },
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'developer', content: [{ type: 'text', text: 'Sell.' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'This?' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      ],
    },
    {
      role: 'assistant',
      content: null,
      reasoning_content: 'Hm',
      thinking_blocks: [{ type: 'thinking', thinking: 'Hm', signature: 'sig' }],
      tool_calls: [
        { id: 'c1', type: 'function', function: { name: 'find', arguments: '{"q":1}' } },
        { id: 'c2', type: 'function', function: { name: 'find', arguments: '' } },
      ],
    },
    { role: 'tool', tool_call_id: 'c1', content: 'one' },
    { role: 'tool', tool_call_id: 'c2', content: [{ type: 'text', text: 'two' }] },
    { role: 'user', content: 'And?' },
  ],
}

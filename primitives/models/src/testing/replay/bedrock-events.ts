import { eventStreamCodec } from '../../providers/event-frames.ts'

/** A stream of Bedrock's ConverseStream as its reference shows one: thinking, text and a tool call. */
export const bedrockEvents: [type: string, event: Record<string, unknown>][] = [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Look it up.' } } }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { signature: 'c2ln' } } }],
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['contentBlockDelta', { contentBlockIndex: 1, delta: { text: 'Grüße, ' }, p: 'abcd' }],
  ['contentBlockDelta', { contentBlockIndex: 1, delta: { text: 'a moment.' }, p: 'ab' }],
  ['contentBlockStop', { contentBlockIndex: 1 }],
  ['contentBlockStart', { contentBlockIndex: 2, start: { toolUse: { toolUseId: 'toolu_1', name: 'find' } } }],
  ['contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: '{"q": "r' } } }],
  ['contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: 'ed"}' } } }],
  ['contentBlockStop', { contentBlockIndex: 2 }],
  ['messageStop', { stopReason: 'tool_use' }],
  [
    'metadata',
    {
      usage: {
        inputTokens: 25,
        outputTokens: 42,
        totalTokens: 174,
        cacheReadInputTokens: 100,
        cacheWriteInputTokens: 7,
      },
      metrics: { latencyMs: 800 },
    },
  ],
]

/** One of them as a message of `application/vnd.amazon.eventstream`. */
export function bedrockEvent(type: string, event: Record<string, unknown>): Buffer {
  return message({ ':message-type': 'event', ':event-type': type }, event)
}

/** An exception inside a stream, e.g. `modelStreamErrorException`. */
export function bedrockException(type: string, text: string): Buffer {
  return message({ ':message-type': 'exception', ':exception-type': type }, { message: text })
}

function message(headers: Record<string, string>, body: Record<string, unknown>): Buffer {
  const entries = Object.entries({ ...headers, ':content-type': 'application/json' })
  return Buffer.from(
    eventStreamCodec.encode({
      headers: Object.fromEntries(entries.map(([name, value]) => [name, { type: 'string' as const, value }])),
      body: Buffer.from(JSON.stringify(body)),
    }),
  )
}

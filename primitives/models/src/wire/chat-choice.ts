import type { JsonObject, TokenUsage } from './codec.ts'
import { isObject, objectAt, objectsAt, textAt } from './json-access.ts'
import { usageFrom } from './token-usage.ts'

export interface ToolCallPart {
  index: number
  /** Empty in all but the first part of a call. */
  id: string
  name: string
  /** A piece of JSON text. */
  arguments: string
}

/** What a chat completion, or one chunk of one, says in its first choice. */
export interface ChatChoice {
  text: string
  reasoning: string
  /** Thinking with the provider's signature, which has to be sent back with tool results. */
  thinkingBlocks: JsonObject[]
  refusal: string
  toolCalls: ToolCallPart[]
  finishReason: string | null
  /** The stop sequence that ended the text, from servers that say so (vLLM). */
  stopSequence: string | null
  usage: TokenUsage | null
}

/** Reads a completion or a chunk leniently: what has the wrong type counts as missing. */
export function readChoice(body: JsonObject): ChatChoice {
  const choices = objectsAt(body, 'choices')
  const choice = choices.find((each) => (each['index'] ?? 0) === 0) ?? {}
  const message = isObject(choice['delta']) ? choice['delta'] : objectAt(choice, 'message')
  const { finish_reason: finishReason, stop_reason: stopReason } = choice
  return {
    text: textAt(message, 'content'),
    reasoning: textAt(message, 'reasoning_content') || textAt(message, 'reasoning'),
    thinkingBlocks: objectsAt(message, 'thinking_blocks'),
    refusal: textAt(message, 'refusal'),
    toolCalls: objectsAt(message, 'tool_calls').map((call, position) => ({
      index: typeof call['index'] === 'number' ? call['index'] : position,
      id: textAt(call, 'id'),
      name: textAt(objectAt(call, 'function'), 'name'),
      arguments: textAt(objectAt(call, 'function'), 'arguments'),
    })),
    finishReason: typeof finishReason === 'string' ? finishReason : null,
    stopSequence: typeof stopReason === 'string' ? stopReason : null,
    usage: usageFrom('chat', body['usage']),
  }
}

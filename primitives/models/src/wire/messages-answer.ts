import type { ChatChoice } from './chat-choice.ts'
import type { JsonObject, TokenUsage } from './codec.ts'
import { parseObject, textAt } from './json-access.ts'

export function messageId(body: JsonObject): string {
  return `msg_${textAt(body, 'id').replace(/^chatcmpl-/, '') || '0'}`
}

/** Why the answer ended, in Anthropic's words. */
export function stopOf(choice: ChatChoice): { stop_reason: string; stop_sequence: string | null } {
  const { finishReason, stopSequence, refusal } = choice
  if (refusal || finishReason === 'content_filter') return { stop_reason: 'refusal', stop_sequence: null }
  if (finishReason === 'length') return { stop_reason: 'max_tokens', stop_sequence: null }
  if (finishReason === 'tool_calls' || finishReason === 'function_call') {
    return { stop_reason: 'tool_use', stop_sequence: null }
  }
  return { stop_reason: stopSequence ? 'stop_sequence' : 'end_turn', stop_sequence: stopSequence }
}

export function messagesUsage(usage: TokenUsage | null): JsonObject {
  return {
    input_tokens: usage?.input ?? 0,
    cache_creation_input_tokens: usage?.cacheWrite ?? 0,
    ...(usage?.cacheWrite1h === undefined
      ? {}
      : {
          cache_creation: {
            ephemeral_5m_input_tokens: usage.cacheWrite - usage.cacheWrite1h,
            ephemeral_1h_input_tokens: usage.cacheWrite1h,
          },
        }),
    cache_read_input_tokens: usage?.cacheRead ?? 0,
    output_tokens: usage?.output ?? 0,
    ...(usage?.reasoning ? { output_tokens_details: { thinking_tokens: usage.reasoning } } : {}),
  }
}

export function contentBlocks(choice: ChatChoice): JsonObject[] {
  const text = choice.text || choice.refusal
  const thinking =
    choice.thinkingBlocks.length > 0 || !choice.reasoning
      ? choice.thinkingBlocks
      : [{ type: 'thinking', thinking: choice.reasoning, signature: '' }]
  return [
    ...thinking,
    ...(text ? [{ type: 'text', text }] : []),
    ...choice.toolCalls.map((call) => ({
      type: 'tool_use',
      id: call.id,
      name: call.name,
      // A weak model may write what is not JSON; the client's tool gets to see it rather than nothing.
      input: parseObject(call.arguments) ?? { arguments: call.arguments },
    })),
  ]
}

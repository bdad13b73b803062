import type { JsonObject } from '../wire/codec.ts'
import { objectsAt, textAt } from '../wire/json-access.ts'
import { usageFrom } from '../wire/token-usage.ts'
import { chatCompletion } from './chunk-writer.ts'

/** A whole message as a chat completion. */
export function anthropicAnswer(body: JsonObject, createdSeconds: number): JsonObject {
  const blocks = objectsAt(body, 'content')
  const ofType = (type: string) => blocks.filter((block) => block['type'] === type)
  const thinking = ofType('thinking')
  return chatCompletion(
    { id: textAt(body, 'id'), model: textAt(body, 'model'), created: createdSeconds },
    {
      text: ofType('text')
        .map((block) => textAt(block, 'text'))
        .join(''),
      reasoning: thinking.map((block) => textAt(block, 'thinking')).join(''),
      thinkingBlocks: [
        ...thinking.filter((block) => textAt(block, 'signature')),
        ...ofType('redacted_thinking'),
      ],
      calls: ofType('tool_use').map((block) => ({
        id: textAt(block, 'id'),
        name: textAt(block, 'name'),
        input: block['input'],
      })),
      finishReason: chatFinishReason(textAt(body, 'stop_reason')),
      usage: usageFrom('messages', body['usage']),
    },
  )
}

/** Anthropic's stop reasons in OpenAI's words. */
export function chatFinishReason(stopReason: string): string {
  switch (stopReason) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length'
    case 'tool_use':
      return 'tool_calls'
    case 'refusal':
      return 'content_filter'
    default:
      return 'stop'
  }
}

/** The status that belongs to an error type (Anthropic reference, Errors); streams carry only the type. */
export function anthropicStatus(type: string): number {
  const statuses: Record<string, number> = {
    invalid_request_error: 400,
    authentication_error: 401,
    billing_error: 402,
    permission_error: 403,
    not_found_error: 404,
    request_too_large: 413,
    rate_limit_error: 429,
    timeout_error: 504,
    overloaded_error: 529,
  }
  return statuses[type] ?? 500
}

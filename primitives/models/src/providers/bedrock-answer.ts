import type { JsonObject, TokenUsage } from '../wire/codec.ts'
import { isObject, objectAt, objectsAt, textAt } from '../wire/json-access.ts'
import { usageFrom } from '../wire/token-usage.ts'
import type { AnswerHead } from './chunk-writer.ts'
import { chatCompletion } from './chunk-writer.ts'

/** An answer of Converse as a chat completion. It names neither itself nor its model, so `head` does. */
export function bedrockAnswer(body: JsonObject, head: AnswerHead): JsonObject {
  const blocks = objectsAt(objectAt(objectAt(body, 'output'), 'message'), 'content')
  const thinking = blocks
    .map((block) => objectAt(block, 'reasoningContent'))
    .filter((block) => Object.keys(block).length > 0)
  return chatCompletion(head, {
    text: blocks.map((block) => textAt(block, 'text')).join(''),
    reasoning: thinking.map((block) => textAt(objectAt(block, 'reasoningText'), 'text')).join(''),
    thinkingBlocks: thinking.flatMap((block): JsonObject[] => {
      const { text, signature } = objectAt(block, 'reasoningText')
      if (signature) return [{ type: 'thinking', thinking: text, signature }]
      return block['redactedContent'] ? [{ type: 'redacted_thinking', data: block['redactedContent'] }] : []
    }),
    calls: blocks
      .map((block) => block['toolUse'])
      .filter(isObject)
      .map((call) => ({
        id: textAt(call, 'toolUseId'),
        name: textAt(call, 'name'),
        input: call['input'],
      })),
    finishReason: bedrockFinishReason(textAt(body, 'stopReason')),
    usage: bedrockUsage(body['usage']),
  })
}

/** Converse's stop reasons in OpenAI's words. */
export function bedrockFinishReason(stopReason: string): string {
  switch (stopReason) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length'
    case 'tool_use':
      return 'tool_calls'
    case 'content_filtered':
    case 'guardrail_intervened':
      return 'content_filter'
    default:
      return 'stop'
  }
}

/** As Anthropic counts: `inputTokens` leaves out what was read from or written to the cache. */
export function bedrockUsage(usage: unknown): TokenUsage | null {
  if (!isObject(usage)) return null
  return usageFrom('messages', {
    input_tokens: usage['inputTokens'],
    output_tokens: usage['outputTokens'],
    cache_read_input_tokens: usage['cacheReadInputTokens'],
    cache_creation_input_tokens: usage['cacheWriteInputTokens'],
    cache_creation: {
      ephemeral_1h_input_tokens: objectsAt(usage, 'cacheDetails').find(({ ttl }) => ttl === '1h')?.[
        'inputTokens'
      ],
    },
  })
}

/** The status that belongs to an exception (AWS reference, Bedrock Runtime errors); streams carry only its name. */
export function bedrockStatus(exception: string): number {
  const statuses: Record<string, number> = {
    validationexception: 400,
    accessdeniedexception: 403,
    resourcenotfoundexception: 404,
    modeltimeoutexception: 408,
    modelstreamerrorexception: 424,
    modelerrorexception: 424,
    throttlingexception: 429,
    modelnotreadyexception: 429,
    servicequotaexceededexception: 429,
    internalserverexception: 500,
    serviceunavailableexception: 503,
  }
  return statuses[exception.toLowerCase()] ?? 500
}

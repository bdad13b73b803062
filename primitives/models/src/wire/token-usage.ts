import type { Api, JsonObject, TokenUsage } from './codec.ts'
import { isObject } from './json-access.ts'

/** No call has more; what claims so is a broken counter, and must not reach a bill. */
const mostTokens = 1e9

export const emptyUsage: TokenUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

/** For an upstream that did not say: the prompt by its length, a token for each piece of the answer. */
export function estimatedUsage(promptTokens: number, pieces: number): TokenUsage {
  return { ...emptyUsage, input: promptTokens, output: pieces }
}

export function tokensIn(usage: TokenUsage): number {
  return usage.input + usage.cacheRead + usage.cacheWrite + usage.output
}

/**
 * The `usage` object of an API's answer with each kind of token apart; null when it is missing, negative, not whole,
 * or says that a part is more than the whole.
 */
export function usageFrom(api: Api, usage: unknown): TokenUsage | null {
  if (!isObject(usage)) return null
  if (api === 'messages') return fromMessages(usage)
  if (api === 'other') return fromAny(usage)
  return api === 'responses' ? fromResponses(usage) : fromChat(usage)
}

/** The usage of a whole answer, as bytes or parsed; null when it says none that can be believed. */
export function usageOfBody(api: Api, body: Buffer | JsonObject): TokenUsage | null {
  if (!Buffer.isBuffer(body)) return usageFrom(api, body['usage'])
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return isObject(parsed) ? usageFrom(api, parsed['usage']) : null
  } catch {
    return null
  }
}

/**
 * OpenAI and its like. `prompt_tokens` includes what was cached, `completion_tokens` the reasoning. Variants: DeepSeek
 * has `prompt_cache_hit_tokens`, Moonshot `cached_tokens` beside the rest, OpenRouter `cache_write_tokens`; xAI counts
 * reasoning in the total only.
 */
function fromChat(usage: JsonObject): TokenUsage | null {
  const prompt = count(usage['prompt_tokens'])
  const completion = count(usage['completion_tokens'] ?? 0)
  if (prompt === null || completion === null) return null
  const promptDetails = details(usage['prompt_tokens_details'])
  const completionDetails = details(usage['completion_tokens_details'])
  const cacheRead = count(
    promptDetails['cached_tokens'] ??
      usage['prompt_cache_hit_tokens'] ??
      usage['cache_read_input_tokens'] ??
      usage['cached_tokens'] ??
      0,
  )
  const cacheWrite = count(
    promptDetails['cache_write_tokens'] ??
      promptDetails['cache_creation_tokens'] ??
      usage['cache_creation_input_tokens'] ??
      0,
  )
  const cacheWrite1h = count(promptDetails['cache_write_1h_tokens'] ?? 0)
  const reasoning = count(completionDetails['reasoning_tokens'] ?? usage['reasoning_tokens'] ?? 0)
  if (cacheRead === null || cacheWrite === null || reasoning === null) return null
  const isReasoningApart = reasoning > 0 && usage['total_tokens'] === prompt + completion + reasoning
  return checked({
    input: prompt - cacheRead - cacheWrite,
    cacheRead,
    cacheWrite,
    output: isReasoningApart ? completion + reasoning : completion,
    reasoning,
    ...hourPart(cacheWrite1h),
  })
}

/** OpenAI Responses: as chat, by other names. */
function fromResponses(usage: JsonObject): TokenUsage | null {
  const prompt = count(usage['input_tokens'])
  const output = count(usage['output_tokens'])
  const inputDetails = details(usage['input_tokens_details'])
  const cacheRead = count(inputDetails['cached_tokens'] ?? 0)
  const cacheWrite = count(inputDetails['cache_write_tokens'] ?? 0)
  const reasoning = count(details(usage['output_tokens_details'])['reasoning_tokens'] ?? 0)
  if (prompt === null || output === null || cacheRead === null || cacheWrite === null || reasoning === null) {
    return null
  }
  return checked({ input: prompt - cacheRead - cacheWrite, cacheRead, cacheWrite, output, reasoning })
}

/** By the names that it has. What only states a total (rerankers, moderation) has read that much. */
function fromAny(usage: JsonObject): TokenUsage | null {
  if (usage['prompt_tokens'] !== undefined) return fromChat({ completion_tokens: 0, ...usage })
  if (usage['input_tokens'] !== undefined) return fromResponses({ output_tokens: 0, ...usage })
  const total = count(usage['total_tokens'])
  return total === null ? null : { ...emptyUsage, input: total }
}

/** Anthropic: `input_tokens` leaves out what was read from or written to the cache. */
function fromMessages(usage: JsonObject): TokenUsage | null {
  const input = count(usage['input_tokens'])
  const output = count(usage['output_tokens'])
  const cacheRead = count(usage['cache_read_input_tokens'] ?? 0)
  const cacheWrite = count(usage['cache_creation_input_tokens'] ?? 0)
  const cacheWrite1h = count(details(usage['cache_creation'])['ephemeral_1h_input_tokens'] ?? 0)
  const reasoning = count(details(usage['output_tokens_details'])['thinking_tokens'] ?? 0)
  if (input === null || output === null || cacheRead === null || cacheWrite === null || reasoning === null) {
    return null
  }
  return checked({ input, cacheRead, cacheWrite, output, reasoning, ...hourPart(cacheWrite1h) })
}

function hourPart(tokens: number | null): { cacheWrite1h?: number } {
  return tokens === null || tokens === 0 ? {} : { cacheWrite1h: tokens }
}

function checked(usage: TokenUsage): TokenUsage | null {
  const { input, cacheWrite, cacheWrite1h = 0, output, reasoning } = usage
  return input >= 0 && cacheWrite1h <= cacheWrite && reasoning <= output ? usage : null
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostTokens
    ? value
    : null
}

function details(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

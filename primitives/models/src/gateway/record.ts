import type { TokenUsage } from '../wire/codec.ts'

export const emptyUsage: TokenUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

/** For an upstream that did not say: the prompt by its length, a token for each event with content. */
export function estimatedUsage(promptTokens: number, events: number): TokenUsage {
  return { input: promptTokens, cacheRead: 0, cacheWrite: 0, output: events, reasoning: 0 }
}

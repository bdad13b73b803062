import { randomInt } from 'node:crypto'
import type { GenerationResult, Sampling } from '../batch/generation.ts'
import type { GrammarState } from '../process/llama-binding.ts'
import type { GenerationFields } from './chat-request.ts'
import type { LoadedModel } from './loaded-model.ts'
import { OpenAiError } from './openai-error.ts'
import { StopMatcher } from './stop-matcher.ts'
import { TokenTextDecoder } from './text-decoder.ts'

/** One answer to one prompt. */
export interface TextRequest {
  prompt: readonly number[]
  maxTokens: number
  sampling: Sampling
  stops: readonly string[]
  grammar?: () => GrammarState | undefined
  signal: AbortSignal
  /** Text as it comes; false when the reader is slow, then `resume` goes on. */
  onText(text: string): boolean
  onStart?(resume: () => void): void
}

/** Generates text. Rejects as `BatchEngine.generate` does. */
export async function answerText(
  { engine, model }: LoadedModel,
  request: TextRequest,
): Promise<GenerationResult> {
  const decoder = new TokenTextDecoder((tokens, before) => model.detokenize(tokens, false, before))
  const stops = new StopMatcher(request.stops)
  const result = await engine.generate({
    ...request,
    onToken(token) {
      const text = stops.push(decoder.push(token))
      const isTaken = text === '' || request.onText(text)
      if (stops.isStopped) return 'stop'
      return isTaken ? 'go' : 'pause'
    },
  })
  if (!stops.isStopped) {
    const rest = stops.push(decoder.end()) + stops.end()
    if (rest !== '') request.onText(rest)
  }
  return result
}

/** Throws `OpenAiError` `context_length_exceeded`, else the tokens left for the answer under the request's limit. */
export function answerTokens(loaded: LoadedModel, prompt: readonly number[], asked: number | null): number {
  const most = loaded.engine.maxPromptTokens
  if (prompt.length > most) {
    throw new OpenAiError(
      400,
      'context_length_exceeded',
      `The prompt has ${prompt.length} tokens; this model's context holds ${most} beside an answer. Shorten it.`,
      'messages',
    )
  }
  return Math.min(asked ?? Number.POSITIVE_INFINITY, loaded.contextTokens - 1 - prompt.length)
}

/** `index` makes the answers of one request differ under one seed. */
export function samplingOf(request: GenerationFields, index: number): Sampling {
  return {
    temperature: request.temperature ?? 1,
    topP: request.top_p ?? 1,
    topK: request.top_k ?? 40,
    seed:
      request.seed === undefined || request.seed === null ? randomInt(2 ** 31) : (request.seed + index) >>> 0,
    frequencyPenalty: request.frequency_penalty ?? 0,
    presencePenalty: request.presence_penalty ?? 0,
  }
}

/** The prompt's tokens. Special tokens in the text count as such, since templates write them. */
export function tokenizePrompt({ model }: LoadedModel, text: string): number[] {
  const tokens = model.tokenize(text, true)
  const { bos, shouldPrependBosToken } = model.tokens
  if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos)
  return tokens
}

export interface WireUsage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details: { cached_tokens: number }
}

/** Of all answers to one request. Each prompt counts once, whatever its number of answers (`perPrompt`, one after another). */
export function usageOf(
  promptTokens: number,
  results: readonly GenerationResult[],
  perPrompt: number,
): WireUsage {
  const completion = results.reduce((sum, result) => sum + result.completionTokens, 0)
  const cached = results
    .filter((_, index) => index % perPrompt === 0)
    .reduce((sum, result) => sum + result.cachedTokens, 0)
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completion,
    total_tokens: promptTokens + completion,
    prompt_tokens_details: { cached_tokens: cached },
  }
}

import type { EvaluateOptions, GrammarState } from '../process/llama-binding.ts'

export interface Sampling {
  /** 0 takes the likeliest token. */
  temperature: number
  topP: number
  topK: number
  seed: number
  frequencyPenalty: number
  presencePenalty: number
}

/** One text to generate. */
export interface GenerationRequest {
  prompt: readonly number[]
  /** At least 1. */
  maxTokens: number
  sampling: Sampling
  /** Asked before each token; undefined leaves the choice free. */
  grammar?: () => GrammarState | undefined
  signal: AbortSignal
  /** Called for each token but the one that ends the answer. `stop` ends it, `pause` waits for `resume`. */
  onToken(token: number): 'go' | 'stop' | 'pause'
  /** Called once with the function that goes on after `pause`. */
  onStart?(resume: () => void): void
}

export interface GenerationResult {
  /** `stop`: the model ended it or `onToken` did. `length`: the limit or the context was reached. */
  finishReason: 'stop' | 'length'
  /** Part of the prompt that was not read again. */
  cachedTokens: number
  completionTokens: number
}

/** Tokens that a repetition penalty looks back on. */
const penaltyWindow = 64

export function evaluateOptions(request: GenerationRequest, generated: readonly number[]): EvaluateOptions {
  const { temperature, topP, topK, seed, frequencyPenalty, presencePenalty } = request.sampling
  return {
    temperature,
    topP,
    topK,
    seed,
    yieldEogToken: true,
    ...(frequencyPenalty === 0 && presencePenalty === 0
      ? {}
      : {
          repeatPenalty: {
            penalty: 1,
            frequencyPenalty,
            presencePenalty,
            punishTokens: () => generated.slice(-penaltyWindow),
          },
        }),
    ...(request.grammar === undefined ? {} : { grammarEvaluationState: request.grammar }),
  }
}

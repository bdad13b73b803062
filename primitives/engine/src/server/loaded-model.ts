import type { BatchEngine } from '../batch/batch-engine.ts'
import type { PrefixCache } from '../batch/prefix-cache.ts'
import type { EngineOptions } from '../process/engine-options.ts'
import type { Llama, LlamaModel } from '../process/llama-binding.ts'
import type { ChatPromptWriter } from './chat-prompt.ts'
import type { Embedder } from './embedder.ts'
import type { GrammarStates } from './grammar-states.ts'

/** Everything that serves one model. */
export interface LoadedModel {
  options: EngineOptions
  llama: Llama
  model: LlamaModel
  engine: BatchEngine
  cache: PrefixCache
  prompts: ChatPromptWriter
  grammars: GrammarStates
  embedder: Embedder
  contextTokens: number
  /** It gives vectors, and no text. */
  isEncoder: boolean
  loadedAtMs: number
}

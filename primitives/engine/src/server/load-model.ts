import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Clock } from '@heavylift/core'
import { BatchEngine } from '../batch/batch-engine.ts'
import { PrefixCache } from '../batch/prefix-cache.ts'
import type { LlamaBinding } from '../process/llama-binding.ts'
import type { EngineOptions } from '../process/engine-options.ts'
import { ChatPromptWriter } from './chat-prompt.ts'
import type { JinjaModule } from './chat-prompt.ts'
import { Embedder } from './embedder.ts'
import { GrammarStates } from './grammar-states.ts'
import type { LoadedModel } from './loaded-model.ts'

/** Tokens of one decode. More would make others wait longer and needs memory for its activations. */
const batchTokens = 512
/** The same for a model that only gives vectors. */
const encoderTokens = 8

/** Loads the library from where it was installed, then the model. `onProgress` hears fractions of the weights. */
export async function loadModel(
  options: EngineOptions,
  clock: Clock,
  onLog: (level: string, message: string) => void,
  onProgress: (fraction: number) => void,
): Promise<LoadedModel> {
  const modules = join(options.engineDir, 'node_modules')
  const load = (path: string) => import(pathToFileURL(join(modules, path)).href) as Promise<unknown>
  const binding = (await load('node-llama-cpp/dist/index.js')) as LlamaBinding
  const jinja = (await load('@huggingface/jinja/dist/index.js')) as JinjaModule
  const llama = await binding.getLlama({
    gpu: options.gpu === 'off' ? false : 'auto',
    // Only the installed binaries: nothing is compiled or downloaded.
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: options.threads,
    logger: onLog,
  })
  const model = await llama.loadModel({ modelPath: options.modelPath, onLoadProgress: onProgress })
  const contextTokens = Math.min(options.contextTokens, model.trainContextSize)
  const isEncoder = model.fileInfo.architectureMetadata?.pooling_type !== undefined
  const context = await model.createContext({
    // An encoder writes no text. The library's buffers grow with batch and vocabulary, which is large where languages are many.
    contextSize: isEncoder ? encoderTokens : contextTokens,
    sequences: options.sequences,
    batchSize: isEncoder ? encoderTokens : batchTokens,
    threads: options.threads,
    // Keeps whole histories of models with a sliding window, so that any prefix can be taken up again.
    swaFullCache: true,
  })
  const canCut = !model.fileInsights.isRecurrent && !model.fileInsights.isHybrid
  const cache = new PrefixCache({
    dir: options.cacheDir,
    maxBytes: canCut ? options.prefixCacheMb * 1024 * 1024 : 0,
  })
  const engine = new BatchEngine({
    sequences: Array.from({ length: options.sequences }, () => context.getSequence()),
    contextTokens: context.contextSize,
    batchTokens,
    maxWaiting: options.maxWaiting,
    cache,
    canCut,
    isEnd: (token) => model.isEogToken(token),
    clock,
  })
  const prompts = new ChatPromptWriter({
    jinja,
    template: model.fileInfo.metadata.tokenizer?.chat_template,
    bosText: model.tokens.bosString,
    eosText: model.tokens.eosString,
  })
  return {
    options,
    llama,
    model,
    engine,
    cache,
    prompts,
    grammars: new GrammarStates(binding, llama, model),
    embedder: new Embedder(
      () => model.createEmbeddingContext({ contextSize: contextTokens, threads: options.threads }),
      model.tokens.shouldPrependBosToken ? model.tokens.bos : null,
    ),
    contextTokens: isEncoder ? contextTokens : context.contextSize,
    isEncoder,
    loadedAtMs: clock.nowMs(),
  }
}

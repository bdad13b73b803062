// The part of node-llama-cpp that the engine uses. It is installed on demand, so its own types are not at hand.

export interface LlamaBinding {
  getLlama(options: {
    gpu: 'auto' | false
    build: 'never'
    skipDownload: true
    progressLogs: false
    maxThreads?: number
    logger: (level: string, message: string) => void
  }): Promise<Llama>
  LlamaGrammarEvaluationState: new (options: { model: LlamaModel; grammar: LlamaGrammar }) => GrammarState
}

export interface Llama {
  readonly gpu: 'cuda' | 'vulkan' | 'metal' | false
  loadModel(options: { modelPath: string; onLoadProgress?: (fraction: number) => void }): Promise<LlamaModel>
  createGrammar(options: { grammar: string; rootRuleName?: string }): Promise<LlamaGrammar>
}

declare const grammarBrand: unique symbol
export interface LlamaGrammar {
  readonly [grammarBrand]: true
}

export interface GrammarState {
  clone(): GrammarState
}

export interface LlamaModel {
  readonly trainContextSize: number
  readonly embeddingVectorSize: number
  readonly fileInfo: {
    metadata: { tokenizer?: { chat_template?: string } }
    architectureMetadata?: { pooling_type?: number }
  }
  readonly fileInsights: { isRecurrent: boolean; isHybrid: boolean }
  readonly tokens: {
    bos: number | null
    eos: number | null
    bosString: string | null
    eosString: string | null
    shouldPrependBosToken: boolean
  }
  tokenize(text: string, specialTokens?: boolean): number[]
  detokenize(tokens: readonly number[], specialTokens?: boolean, lastTokens?: readonly number[]): string
  isEogToken(token: number): boolean
  createContext(options: {
    contextSize: number
    sequences: number
    batchSize: number
    threads?: number
    swaFullCache: boolean
  }): Promise<LlamaContext>
  createEmbeddingContext(options: { contextSize: number; threads?: number }): Promise<LlamaEmbeddingContext>
}

export interface LlamaContext {
  readonly contextSize: number
  getSequence(): LlamaSequence
  dispose(): Promise<void>
}

export interface LlamaEmbeddingContext {
  getEmbeddingFor(tokens: number[]): Promise<{ vector: readonly number[] }>
}

export interface LlamaSequence {
  readonly nextTokenIndex: number
  clearHistory(): Promise<void>
  eraseContextTokenRanges(ranges: { start: number; end: number }[]): Promise<void>
  evaluateWithoutGeneratingNewTokens(tokens: number[]): Promise<void>
  evaluate(tokens: number[], options: EvaluateOptions): AsyncGenerator<number, void, number | undefined>
  saveStateToFile(path: string): Promise<{ fileSize: number }>
  loadStateFromFile(path: string, risk: { acceptRisk: true }): Promise<void>
}

export interface EvaluateOptions {
  temperature: number
  topP: number
  topK: number
  seed: number
  repeatPenalty?: {
    penalty?: number
    frequencyPenalty?: number
    presencePenalty?: number
    punishTokens: () => number[]
  }
  grammarEvaluationState?: () => GrammarState | undefined
  yieldEogToken: true
}

/** One message in the OpenAI chat shape. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool'
  content: string
  /** For `assistant`: calls that the model asked for. */
  toolCalls?: ToolCall[]
  /** For `tool`: which call this answers. */
  toolCallId?: string
}

export interface ToolCall {
  id: string
  name: string
  /** JSON text as the model wrote it; not trusted. */
  arguments: string
}

export interface ToolDefinition {
  name: string
  description: string
  /** JSON Schema of the arguments. */
  parameters: object
}

export interface CompleteOptions {
  signal: AbortSignal
  /** For whom it is metered. Default: the main tenant. */
  tenantId?: string
  /** `batch` waits behind everything interactive. Default `interactive`. */
  priority?: 'interactive' | 'batch'
  /** Keeps the answer for whoever asks exactly this again, for so long; dropped by its tag. A kept one is given at once. */
  ready?: { tag: string; ttlMs: number }
  maxTokens?: number
  temperature?: number
  tools?: ToolDefinition[]
  /**
   * Called once when the call is over, however it ended, with what was metered of it: millionths of a US dollar, those of attempts that nobody
   * got included. Not called where nobody meters.
   */
  onCost?: (micros: number) => void
  /** The answer is JSON that fits this schema. */
  jsonSchema?: { name: string; schema: object }
}

/** A piece of a model's answer. A stream that ends without `done` was cut off. `costMicros`: millionths of a US dollar, absent where nobody meters. */
export type CompletionPart =
  | { type: 'text'; text: string }
  | { type: 'tool-call'; call: ToolCall }
  | {
      type: 'done'
      finishReason: string
      usage: { promptTokens: number; completionTokens: number } | null
      costMicros?: number
    }

/** The whole interface between a system and a model. Errors while streaming reject the iteration with a `ModelError`. */
export type Complete = (messages: ChatMessage[], options: CompleteOptions) => AsyncIterable<CompletionPart>

/** A model as a system uses it. */
export interface TaskModel {
  /** The name in the gateway's table. */
  name: string
  complete: Complete
}

/** A model that turns texts into vectors whose angles say how near their meanings are. */
export interface TextEmbedder {
  /** The name in the gateway's table. */
  name: string
  /** A vector of length 1 for each text. Rejects with a `ModelError`. */
  embed(
    texts: readonly string[],
    options: Pick<CompleteOptions, 'signal' | 'tenantId' | 'priority'>,
  ): Promise<Float32Array[]>
}

/** What models give a system. */
export interface ModelServices {
  models: Pick<ModelDirectory, 'forTask' | 'embedder'>
}

/** Where systems find models. Systems start beside the gateway, so it may be empty at first; `attach` fills it. */
export class ModelDirectory {
  #find: (task: string) => TaskModel | null = () => null
  #embedder: () => TextEmbedder | null = () => null

  /**
   * The model that serves a class of work now (`answer`, `planner`): by `tasks` of the gateway's table, else its
   * `default`, else the only model there is. Null when there is none. Ask at each use: the table changes at run time.
   */
  forTask(task: string): TaskModel | null {
    return this.#find(task)
  }

  /** The model that texts are embedded with, or null. Ask at each use. */
  embedder(): TextEmbedder | null {
    return this.#embedder()
  }

  /** The gateway says that it is ready. */
  attach(find: (task: string) => TaskModel | null, embedder: () => TextEmbedder | null = () => null): void {
    this.#find = find
    this.#embedder = embedder
  }
}

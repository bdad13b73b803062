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
  maxTokens?: number
  temperature?: number
  tools?: ToolDefinition[]
  /** Ends the stream with a `ModelError` when no byte arrives for this long. Default 30 s. */
  idleTimeoutMs?: number
}

/** A piece of a model's answer. A stream that ends without `done` was cut off. */
export type CompletionPart =
  | { type: 'text'; text: string }
  | { type: 'tool-call'; call: ToolCall }
  | { type: 'done'; finishReason: string; usage: { promptTokens: number; completionTokens: number } | null }

/** The whole interface between a system and a model. Errors while streaming reject the iteration with a `ModelError`. */
export type Complete = (messages: ChatMessage[], options: CompleteOptions) => AsyncIterable<CompletionPart>

/** What models give a system. `complete` is null when no model is configured. */
export interface ModelServices {
  models: {
    complete: Complete | null
    name: string | null
    /** What a thousand tokens cost, in millionths of a US dollar; absent means nothing is charged. */
    cost?: { promptMicros: number; completionMicros: number }
  }
}

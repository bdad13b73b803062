import { EventSourceParserStream } from 'eventsource-parser/stream'

/** When the pieces of one streamed answer came, in milliseconds since its request. */
export interface TimedChat {
  firstMs: number
  /** Of each piece (a token, nearly always). */
  atMs: number[]
  text: string
  finishReason: string | null
  promptTokens: number
  cachedTokens: number
}

export interface ChatInput {
  messages: { role: string; content: string }[]
  maxTokens: number
  temperature?: number
  seed?: number
  responseFormat?: object
  signal: AbortSignal
}

interface Chunk {
  choices: { delta: { content?: string }; finish_reason: string | null }[]
  usage?: { prompt_tokens: number; prompt_tokens_details: { cached_tokens: number } } | null
  error?: { message: string }
}

/** Streams one chat answer and notes when each piece came. Throws on an error answer. */
export async function timedChat(url: string, input: ChatInput): Promise<TimedChat> {
  const startMs = performance.now()
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    signal: input.signal,
    body: JSON.stringify({
      messages: input.messages,
      max_tokens: input.maxTokens,
      temperature: input.temperature ?? 0,
      stream: true,
      stream_options: { include_usage: true },
      ...(input.seed === undefined ? {} : { seed: input.seed }),
      ...(input.responseFormat === undefined ? {} : { response_format: input.responseFormat }),
    }),
  })
  if (!response.ok || response.body === null) {
    throw new Error(`The engine answered ${response.status}: ${await response.text()}`)
  }
  const chat: TimedChat = {
    firstMs: Number.NaN,
    atMs: [],
    text: '',
    finishReason: null,
    promptTokens: 0,
    cachedTokens: 0,
  }
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ onError: 'terminate' }))
  for await (const { data } of events) {
    if (data === '[DONE]') continue
    take(chat, JSON.parse(data) as Chunk, performance.now() - startMs)
  }
  return chat
}

function take(chat: TimedChat, chunk: Chunk, atMs: number): void {
  if (chunk.error) throw new Error(`The stream broke: ${chunk.error.message}`)
  const [choice] = chunk.choices
  if (choice?.delta.content) {
    if (chat.atMs.length === 0) chat.firstMs = atMs
    chat.atMs.push(atMs)
    chat.text += choice.delta.content
  }
  chat.finishReason = choice?.finish_reason ?? chat.finishReason
  if (chunk.usage) {
    chat.promptTokens = chunk.usage.prompt_tokens
    chat.cachedTokens = chunk.usage.prompt_tokens_details.cached_tokens
  }
}

/**
 * The APIs that clients may speak. `chat` is the one in which everything else can be expressed; `other` is whatever passes as
 * bytes to a replica that declares its path.
 */
export const apis = ['chat', 'completions', 'embeddings', 'responses', 'messages', 'other'] as const

export type Api = (typeof apis)[number]

/** Those that the gateway understands. */
export type KnownApi = Exclude<Api, 'other'>

export type JsonObject = Record<string, unknown>

/** An error in the terms of no API; `wireErrorBody` and `wireErrorEvent` write it in those of one. */
export interface WireError {
  /** Status of the answer, or what it would have been had the stream not begun. */
  status: number
  /** Stable, kebab-case; ours. */
  code: string
  message: string
  /** Field of the request that is wrong. */
  param?: string
  retryAfterMs?: number
}

/** Tokens of one call, each kind apart, so that each is billed once. Sources that include one in another are split. */
export interface TokenUsage {
  /** Prompt tokens read fresh (neither from nor into a cache). */
  input: number
  cacheRead: number
  cacheWrite: number
  /** Part of `cacheWrite` that is kept for an hour, which costs more than five minutes; absent for none. */
  cacheWrite1h?: number
  /** Everything written, reasoning included. */
  output: number
  /** Part of `output`. */
  reasoning: number
}

/**
 * A client API that a replica does not speak itself, expressed in chat completions. Objects are wire JSON; what the
 * codec does not know it carries along where the other side has a place for it.
 */
export interface ClientCodec {
  /** The chat request that asks the same. Throws `InvalidInputError` naming the field. `stream` carries over. */
  toChat(body: JsonObject): JsonObject
  /** The answer in the client's API. */
  fromChat(completion: JsonObject, request: JsonObject): JsonObject
  /** Writes a chat stream in the client's API. */
  encoder(request: JsonObject): StreamEncoder
}

/** Chat chunks in, text of the client's event stream out. */
export interface StreamEncoder {
  push(chunk: JsonObject): string
  /** After the last chunk: closing events. */
  end(): string
  /** Instead of `end`, when the stream breaks: an error event in the API's own form. */
  fail(error: WireError): string
}

/** A provider that does not speak chat completions. */
export interface ProviderCodec {
  /** Where and what to send for a chat request; `path` is below the replica's base address. */
  request(
    chat: JsonObject,
    model: string,
    options: { promptCacheHints: boolean },
  ): { path: string; headers: Record<string, string>; body: Buffer }
  /** Its whole answer as a chat completion. */
  answer(body: JsonObject): JsonObject
  /** Decodes its stream into chat chunks (the last ones carry `finish_reason` and `usage`). */
  decoder(): StreamDecoder
  /** Its error answer. */
  error(status: number, body: string): WireError
}

export interface StreamDecoder {
  /** Throws `ModelError` (`model-garbage`, or the provider's own error event as `model-unavailable` …). */
  push(bytes: Uint8Array): JsonObject[]
  /** At the end of the bytes. Throws `ModelError` `model-cut-off` when the answer was not finished. */
  end(): JsonObject[]
}

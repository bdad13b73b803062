import type { Api, JsonObject } from '../wire/codec.ts'

/** How much text one chunk of a stream brought, and how long after the request. */
export interface Piece {
  afterMs: number
  of: 'reasoning' | 'content'
  /** UTF-16 units. */
  length: number
}

/** A whole, successful answer as it is kept: it can be given again as one body or as a stream. */
export interface Answer {
  /** A chat completion; for APIs that are not chat (embeddings), their own body. */
  body: JsonObject
  /** How the text of the first choice came; empty when it was not streamed. */
  pieces: Piece[]
  /** From the request to the end of the answer. */
  durationMs: number
}

/** Reasons to finish that say that nothing is missing. Not `length`, nor `content_filter`. */
const wholeReasons: unknown[] = ['stop', 'tool_calls']

/** Whether a chat completion is worth keeping: every choice came to its own end. */
export function isWhole(completion: JsonObject): boolean {
  const choices = choicesOf(completion)
  return choices.length > 0 && choices.every((choice) => wholeReasons.includes(choice['finish_reason']))
}

/** Whether an answer may be given again: a chat completion that is whole, or embeddings that are there. */
export function isWorthKeeping(api: Api, { body }: Answer): boolean {
  if (api !== 'embeddings') return isWhole(body)
  return Array.isArray(body['data']) && body['data'].length > 0
}

export function choicesOf(completion: JsonObject): JsonObject[] {
  const choices = completion['choices']
  return Array.isArray(choices) ? choices.filter(isObject) : []
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

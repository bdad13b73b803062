import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject } from '../wire/codec.ts'
import { choicesOf, isObject } from './answer.ts'
import type { Answer, Piece } from './answer.ts'

export interface TimedChunk {
  /** After the request. */
  afterMs: number
  chunk: JsonObject
}

/** Characters of a piece when the kept answer was not streamed. */
const usualPieceLength = 16

/**
 * A kept chat answer as chunks of a stream, with the times at which they came when it was first given (spread evenly
 * over its duration if it was not streamed then). `includeUsage` adds the last chunk that `stream_options` asks for.
 */
export function answerChunks(answer: Answer, includeUsage: boolean): TimedChunk[] {
  const { choices: _choices, usage, ...head } = answer.body
  const base = { ...head, object: 'chat.completion.chunk' }
  const chunks: TimedChunk[] = []
  for (const choice of choicesOf(answer.body)) {
    const { index, message, logprobs, finish_reason: finishReason } = choice
    const { role, content, tool_calls: calls, ...rest } = isObject(message) ? message : ({} as JsonObject)
    const add = (afterMs: number, delta: JsonObject, more: JsonObject = {}) => {
      const part = { index: index ?? 0, delta, finish_reason: null, ...more }
      chunks.push({ afterMs, chunk: { ...base, choices: [part] } })
    }
    const pieces = index === 0 || index === undefined ? answer.pieces : []
    const beginsMs = pieces[0]?.afterMs ?? 0
    // All log probabilities go with the first chunk: which tokens a later one held is not kept.
    add(
      beginsMs,
      { role: role ?? 'assistant', content: typeof content === 'string' ? '' : (content ?? null) },
      logprobs ? { logprobs } : {},
    )
    for (const [field, value] of Object.entries(rest)) {
      const isText = field === 'reasoning_content' || field === 'reasoning'
      if (!isText || typeof value !== 'string') add(beginsMs, { [field]: value })
      else
        for (const { afterMs, text } of cut(value, 'reasoning', pieces, answer))
          add(afterMs, { [field]: text })
    }
    if (typeof content === 'string') {
      for (const { afterMs, text } of cut(content, 'content', pieces, answer)) add(afterMs, { content: text })
    }
    if (Array.isArray(calls)) {
      add(answer.durationMs, {
        tool_calls: calls.map((call, at) => ({ index: at, ...(call as JsonObject) })),
      })
    }
    add(answer.durationMs, {}, { finish_reason: finishReason })
  }
  if (includeUsage && usage)
    chunks.push({ afterMs: answer.durationMs, chunk: { ...base, choices: [], usage } })
  return chunks.toSorted((one, other) => one.afterMs - other.afterMs)
}

/** Gives the chunks at once, or at the pace at which they first came. Throws the signal's reason. */
export async function* replay(
  answer: Answer,
  options: { pace: 'at-once' | 'natural'; includeUsage: boolean; signal: AbortSignal },
): AsyncGenerator<JsonObject> {
  const beganMs = performance.now()
  for (const { afterMs, chunk } of answerChunks(answer, options.includeUsage)) {
    options.signal.throwIfAborted()
    const waitMs = options.pace === 'natural' ? beganMs + afterMs - performance.now() : 0
    // Shorter waits are lost in the timer's own.
    if (waitMs >= 1) await sleep(waitMs, undefined, { signal: options.signal })
    yield chunk
  }
}

function cut(
  text: string,
  of: Piece['of'],
  pieces: Piece[],
  answer: Answer,
): { afterMs: number; text: string }[] {
  const own = pieces.filter((piece) => piece.of === of)
  const length = own.reduce((sum, piece) => sum + piece.length, 0)
  const timed = length === text.length && own.length > 0 ? own : evenly(text.length, answer.durationMs)
  let at = 0
  return timed.map((piece) => {
    const from = at
    at += piece.length
    // Half a character would be none in a client that is not JavaScript.
    if (isHighSurrogate(text.charCodeAt(at - 1))) at += 1
    const part = text.slice(from, at)
    return { afterMs: piece.afterMs, text: part }
  })
}

function evenly(length: number, durationMs: number): { afterMs: number; length: number }[] {
  const count = Math.max(1, Math.ceil(length / usualPieceLength))
  return Array.from({ length: count }, (_, index) => ({
    afterMs: (durationMs * (index + 1)) / count,
    length: usualPieceLength,
  }))
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

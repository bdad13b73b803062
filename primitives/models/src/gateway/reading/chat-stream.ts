import { maxEventBytes } from '../../wire/event-relay.ts'
import { createParser } from 'eventsource-parser'
import { ModelError } from '../../failure/model-error.ts'
import type { JsonObject, StreamDecoder, StreamEncoder } from '../../wire/codec.ts'
import { wireErrorEvent } from '../../failure/wire-format.ts'
import { problemIn } from '../../failure/body-problem.ts'
import type { BodyRefusal } from '../../failure/body-problem.ts'
import { garbage, cutOff } from '../../failure/broken-answer.ts'

/** Chat chunks from the bytes of a chat completion stream. */
export function chatDecoder(): StreamDecoder {
  const chunks: JsonObject[] = []
  let problem: ModelError | BodyRefusal | null = null
  let hasFinished = false
  const parser = createParser({
    maxBufferSize: maxEventBytes,
    onEvent(event) {
      if (event.data === '[DONE]') {
        hasFinished = true
        return
      }
      const chunk = parseChunk(event.data)
      if (chunk === null) problem ??= garbage('replica', 'an event that is not JSON')
      else {
        problem ??= problemIn(chunk, event.data)
        hasFinished ||= hasFinishReason(chunk)
        chunks.push(chunk)
      }
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded')
        problem ??= garbage('replica', 'an event of more than 8 MiB')
    },
  })
  const decoder = new TextDecoder()
  return {
    push(bytes) {
      parser.feed(decoder.decode(bytes, { stream: true }))
      if (problem !== null) throw problem
      return chunks.splice(0)
    },
    end() {
      if (!hasFinished) throw cutOff()
      return chunks.splice(0)
    },
  }
}

/** Chat chunks as the chat client's own event stream. */
export function chatEncoder(): StreamEncoder {
  return {
    push: (chunk) => `data: ${JSON.stringify(chunk)}\n\n`,
    end: () => 'data: [DONE]\n\n',
    fail: (error) => wireErrorEvent('chat', error),
  }
}

function parseChunk(data: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null ? (value as JsonObject) : null
  } catch {
    return null
  }
}

function hasFinishReason(chunk: JsonObject): boolean {
  const choices = chunk['choices']
  return Array.isArray(choices) && choices.some((choice) => typeof choice?.finish_reason === 'string')
}

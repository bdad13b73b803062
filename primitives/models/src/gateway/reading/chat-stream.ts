import { createParser } from 'eventsource-parser'
import { ModelError } from '../../failure/model-error.ts'
import type { JsonObject, StreamDecoder, StreamEncoder } from '../../wire/codec.ts'
import { wireErrorEvent } from '../../failure/wire-format.ts'

/** No honest event is larger; an upstream that sends more without a line end would fill our memory. */
const maxEventBytes = 1024 * 1024

/** Chat chunks from the bytes of a chat completion stream. */
export function chatDecoder(): StreamDecoder {
  const chunks: JsonObject[] = []
  let problem: ModelError | null = null
  let hasFinished = false
  const parser = createParser({
    maxBufferSize: maxEventBytes,
    onEvent(event) {
      if (event.data === '[DONE]') {
        hasFinished = true
        return
      }
      const chunk = parseChunk(event.data)
      if (chunk === null) problem ??= garbage('an event that is not JSON')
      else if (chunk['error'] !== undefined && chunk['error'] !== null) problem ??= upstreamError()
      else {
        hasFinished ||= hasFinishReason(chunk)
        chunks.push(chunk)
      }
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') problem ??= garbage('an event of more than 1 MiB')
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

export function cutOff(): ModelError {
  return new ModelError({
    code: 'model-cut-off',
    message: 'The model ended its answer in the middle. What it sent is incomplete.',
    isRetryable: true,
  })
}

export function garbage(what: string): ModelError {
  return new ModelError({
    code: 'model-garbage',
    message: `The replica sent ${what}. Check that its address is that of a model server.`,
    isRetryable: true,
  })
}

export function upstreamError(): ModelError {
  return new ModelError({
    code: 'model-unavailable',
    message: 'The model reported an error while it answered. Ask again, or look at its log.',
    isRetryable: true,
  })
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

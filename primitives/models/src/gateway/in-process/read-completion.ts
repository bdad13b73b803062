import { maxEventBytes } from '../../wire/event-relay.ts'
import { createParser } from 'eventsource-parser'
import type { CompletionPart, ToolCall } from './complete.ts'
import { isModelErrorCode, ModelError } from '../../failure/model-error.ts'
import { chunkSchema } from './request-body.ts'
import type { Chunk } from './request-body.ts'
import { garbage, cutOff, reportedError } from '../../failure/broken-answer.ts'

/** No honest chunk is larger; a server that sends more without a line end would fill our memory. */

/**
 * Turns the bytes of an OpenAI chat completion stream into parts. Throws `model-garbage` for data that is not a chunk,
 * `model-unavailable` for an error event, and `model-cut-off` when the bytes end before a finish reason.
 */
export async function* readCompletion(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CompletionPart> {
  const queue: string[] = []
  let oversized = false
  const parser = createParser({
    maxBufferSize: maxEventBytes,
    onEvent: (event) => queue.push(event.data),
    onError: (error) => {
      // Unknown fields are allowed by the SSE standard; only size is fatal here.
      oversized ||= error.type === 'max-buffer-size-exceeded'
    },
  })
  const decoder = new TextDecoder()
  const calls = new Map<number, ToolCall>()
  let finishReason: string | null = null
  let usage: Chunk['usage'] = null

  for await (const part of bytes) {
    parser.feed(decoder.decode(part, { stream: true }))
    if (oversized) throw garbage('model', 'an event of more than 8 MiB')
    for (const data of queue.splice(0)) {
      if (data === '[DONE]') {
        if (finishReason === null) throw cutOff()
        yield* calls.values().map((call) => ({ type: 'tool-call' as const, call }))
        yield done(finishReason, usage)
        return
      }
      const chunk = parseChunk(data)
      usage = chunk.usage ?? usage
      const choice = chunk.choices[0]
      if (!choice) continue
      if (choice.delta?.content) yield { type: 'text', text: choice.delta.content }
      for (const delta of choice.delta?.tool_calls ?? []) addCall(calls, delta)
      finishReason = choice.finish_reason ?? finishReason
    }
  }
  // Some servers leave out [DONE]; a finish reason is proof enough that the answer is whole.
  if (finishReason === null) throw cutOff()
  yield* calls.values().map((call) => ({ type: 'tool-call' as const, call }))
  yield done(finishReason, usage)
}

function parseChunk(data: string): Chunk {
  let json: unknown
  try {
    json = JSON.parse(data)
  } catch (cause) {
    throw garbage('model', 'an event that is not JSON', cause)
  }
  const parsed = chunkSchema.safeParse(json)
  if (!parsed.success) throw garbage('model', 'an event that is not a completion chunk', parsed.error)
  if (parsed.data.error) {
    // The gateway says what it was; another server's words are not ours to repeat.
    const { code, message } = parsed.data.error
    const reported = reportedError()
    throw isModelErrorCode(code)
      ? new ModelError({ code, message: message ?? reported.message, isRetryable: true })
      : reported
  }
  return parsed.data
}

type CallDelta = NonNullable<NonNullable<Chunk['choices'][number]['delta']>['tool_calls']>[number]

function addCall(calls: Map<number, ToolCall>, delta: CallDelta): void {
  const index = delta.index ?? calls.size
  const call = calls.get(index) ?? { id: '', name: '', arguments: '' }
  call.id = delta.id ?? call.id
  call.name += delta.function?.name ?? ''
  call.arguments += delta.function?.arguments ?? ''
  calls.set(index, call)
}

function done(finishReason: string, usage: Chunk['usage']): CompletionPart {
  return {
    type: 'done',
    finishReason,
    usage: usage ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens } : null,
  }
}

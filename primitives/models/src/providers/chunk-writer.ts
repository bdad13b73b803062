import type { JsonObject, TokenUsage } from '../wire/codec.ts'

/** Who answers: the head of a completion and of its chunks. */
export interface AnswerHead {
  id: string
  model: string
  /** Unix time, seconds. */
  created: number
}

/** Writes chat completion chunks of one stream. */
export class ChunkWriter {
  readonly #head: AnswerHead

  constructor(head: AnswerHead) {
    this.#head = head
  }

  delta(delta: JsonObject, finishReason: string | null = null): JsonObject {
    return this.#chunk([{ index: 0, delta, logprobs: null, finish_reason: finishReason }])
  }

  callStart(index: number, id: string, name: string): JsonObject {
    return this.delta({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] })
  }

  callArguments(index: number, json: string): JsonObject {
    return this.delta({ tool_calls: [{ index, function: { arguments: json } }] })
  }

  /** The last chunk, as `include_usage` has it. */
  usage(usage: TokenUsage): JsonObject {
    return { ...this.#chunk([]), usage: chatUsage(usage) }
  }

  #chunk(choices: JsonObject[]): JsonObject {
    const { id, model, created } = this.#head
    return { id, object: 'chat.completion.chunk', created, model, choices }
  }
}

/** What a whole answer says. */
export interface AnswerParts {
  text: string
  reasoning: string
  thinkingBlocks: JsonObject[]
  calls: { id: string; name: string; input: unknown }[]
  finishReason: string
  usage: TokenUsage | null
}

export function chatCompletion(head: AnswerHead, parts: AnswerParts): JsonObject {
  const { text, reasoning, thinkingBlocks, calls, finishReason, usage } = parts
  return {
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text || (calls.length > 0 ? null : ''),
          refusal: null,
          ...(reasoning ? { reasoning_content: reasoning } : {}),
          ...(thinkingBlocks.length > 0 ? { thinking_blocks: thinkingBlocks } : {}),
          ...(calls.length > 0
            ? {
                tool_calls: calls.map((call) => ({
                  id: call.id,
                  type: 'function',
                  function: { name: call.name, arguments: JSON.stringify(call.input ?? {}) },
                })),
              }
            : {}),
        },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    ...(usage === null ? {} : { usage: chatUsage(usage) }),
  }
}

/** OpenAI's counts: what was cached is part of the prompt. */
function chatUsage(usage: TokenUsage): JsonObject {
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: {
      cached_tokens: usage.cacheRead,
      cache_write_tokens: usage.cacheWrite,
      ...(usage.cacheWrite1h === undefined ? {} : { cache_write_1h_tokens: usage.cacheWrite1h }),
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
  }
}

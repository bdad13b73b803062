import type { ClientCodec, JsonObject, StreamEncoder, WireError } from './codec.ts'
import { wireErrorEvent } from '../failure/wire-format.ts'
import { invalidField, objectAt, objectsAt, textAt } from './json-access.ts'

/** The API's own default (OpenAI reference, Completions). */
const defaultMaxTokens = 16

/** Members that ask for what a chat endpoint cannot do. */
const refused: Record<string, (value: unknown) => boolean> = {
  suffix: (value) => typeof value === 'string' && value !== '',
  echo: (value) => value === true,
  best_of: (value) => typeof value === 'number' && value > 1,
}

/**
 * Legacy completions for models that only speak chat: the prompt becomes the user's message, so the model answers it
 * and does not go on writing it.
 */
export const completionsCodec: ClientCodec = {
  toChat(body) {
    for (const [name, isAsked] of Object.entries(refused)) {
      if (isAsked(body[name])) throw invalidField(name, 'the model behind this name only speaks chat.')
    }
    const { prompt, logprobs, suffix: _suffix, echo: _echo, best_of: _bestOf, ...same } = body
    return {
      ...same,
      messages: [{ role: 'user', content: promptText(prompt) }],
      max_tokens: body['max_tokens'] ?? defaultMaxTokens,
      ...(typeof logprobs === 'number' ? { logprobs: true, top_logprobs: logprobs } : {}),
    }
  },
  fromChat(completion, request) {
    return { ...shell(completion, request), ...(completion['usage'] ? { usage: completion['usage'] } : {}) }
  },
  encoder: (request) => new CompletionsEncoder(request),
}

/** Chat chunks as completion chunks, one for one; usage passes only to a client that asked for it. */
class CompletionsEncoder implements StreamEncoder {
  readonly #request: JsonObject
  readonly #wantsUsage: boolean

  constructor(request: JsonObject) {
    this.#request = request
    this.#wantsUsage = objectAt(request, 'stream_options')['include_usage'] === true
  }

  push(chunk: JsonObject): string {
    const body = shell(chunk, this.#request)
    const isUsage = body.choices.length === 0
    if (isUsage && !(this.#wantsUsage && chunk['usage'])) return ''
    const usage = this.#wantsUsage ? { usage: chunk['usage'] ?? null } : {}
    return `data: ${JSON.stringify({ ...body, ...usage })}\n\n`
  }

  end(): string {
    return 'data: [DONE]\n\n'
  }

  fail(error: WireError): string {
    return wireErrorEvent('completions', error)
  }
}

function promptText(prompt: unknown): string {
  const one: unknown = Array.isArray(prompt) && prompt.length === 1 ? prompt[0] : prompt
  if (typeof one === 'string') return one
  throw invalidField(
    'prompt',
    'expected one text. Lists of texts or of tokens need a model that speaks completions itself.',
  )
}

function shell(body: JsonObject, request: JsonObject) {
  return {
    id: textAt(body, 'id').replace(/^chatcmpl-/, 'cmpl-'),
    object: 'text_completion',
    created: body['created'] ?? 0,
    model: textAt(request, 'model') || textAt(body, 'model'),
    choices: objectsAt(body, 'choices').map((choice, position) => ({
      text: textAt(objectAt(choice, 'delta'), 'content') || textAt(objectAt(choice, 'message'), 'content'),
      index: choice['index'] ?? position,
      logprobs: logprobs(choice),
      finish_reason: choice['finish_reason'] ?? null,
    })),
  }
}

/** The old form: one list for each thing instead of one object for each token. */
function logprobs(choice: JsonObject): JsonObject | null {
  const tokens = objectsAt(objectAt(choice, 'logprobs'), 'content')
  if (tokens.length === 0) return null
  let offset = 0
  return {
    tokens: tokens.map((token) => token['token']),
    token_logprobs: tokens.map((token) => token['logprob']),
    top_logprobs: tokens.map((token) =>
      Object.fromEntries(
        objectsAt(token, 'top_logprobs').map((other) => [textAt(other, 'token'), other['logprob']]),
      ),
    ),
    text_offset: tokens.map((token) => {
      const at = offset
      offset += textAt(token, 'token').length
      return at
    }),
  }
}

import type { JsonObject } from '../wire/codec.ts'
import { choicesOf, isObject } from './answer.ts'
import type { Answer, Piece } from './answer.ts'

/** Names under which servers send the model's reasoning. */
const reasoningFields = ['reasoning_content', 'reasoning']

/** Puts a chat stream together again as a completion, with the pace at which it came. */
export class AnswerRecorder {
  readonly #beganMs: number
  readonly #choices = new Map<number, JsonObject>()
  readonly #pieces: Piece[] = []
  #head: JsonObject | null = null
  #usage: unknown
  #lastMs: number

  /** `beganMs`: when the request was sent, in the time of `push`. */
  constructor(beganMs: number) {
    this.#beganMs = beganMs
    this.#lastMs = beganMs
  }

  push(chunk: JsonObject, nowMs: number): void {
    this.#lastMs = nowMs
    if (chunk['usage']) this.#usage = chunk['usage']
    const parts = choicesOf(chunk)
    // Some servers begin with a chunk of no choices, and of no id.
    if (!this.#head && parts.length > 0) this.#head = { ...chunk, object: 'chat.completion' }
    for (const part of parts) {
      const index = typeof part['index'] === 'number' ? part['index'] : 0
      let choice = this.#choices.get(index)
      if (!choice) {
        choice = { index, message: { role: 'assistant', content: null }, finish_reason: null }
        this.#choices.set(index, choice)
      }
      const delta = isObject(part['delta']) ? part['delta'] : {}
      if (index === 0) this.#notePieces(delta, nowMs - this.#beganMs)
      merge(choice['message'] as JsonObject, delta)
      if (isObject(part['logprobs'])) merge(((choice['logprobs'] as JsonObject) ??= {}), part['logprobs'])
      if (typeof part['finish_reason'] === 'string') choice['finish_reason'] = part['finish_reason']
    }
  }

  /** At the clean end of the stream; null when nothing was said. Whether it is worth keeping says `isWorthKeeping`. */
  finish(): Answer | null {
    if (!this.#head) return null
    const choices = [...this.#choices.values()].toSorted(
      (one, other) => (one['index'] as number) - (other['index'] as number),
    )
    for (const choice of choices) {
      const calls = (choice['message'] as JsonObject)['tool_calls']
      if (Array.isArray(calls)) for (const call of calls) delete (call as JsonObject)['index']
    }
    const body: JsonObject = { ...this.#head, choices }
    if (this.#usage) body['usage'] = this.#usage
    else delete body['usage']
    return { body, pieces: this.#pieces, durationMs: this.#lastMs - this.#beganMs }
  }

  #notePieces(delta: JsonObject, afterMs: number): void {
    for (const [field, value] of Object.entries(delta)) {
      const of = field === 'content' ? 'content' : reasoningFields.includes(field) ? 'reasoning' : null
      if (of && typeof value === 'string' && value !== '') {
        this.#pieces.push({ afterMs, of, length: value.length })
      }
    }
  }
}

/** Adds a delta: texts and lists grow, tool calls by their index, whatever else replaces. */
function merge(target: JsonObject, delta: JsonObject): void {
  for (const [field, value] of Object.entries(delta)) {
    const before = target[field]
    if (field === 'tool_calls' && Array.isArray(value)) target[field] = mergeCalls(before, value)
    else if (typeof value === 'string' && typeof before === 'string' && !isLabel(field)) {
      target[field] = before + value
    } else if (Array.isArray(value) && Array.isArray(before)) {
      target[field] = [...(before as unknown[]), ...(value as unknown[])]
    } else if (isObject(value) && isObject(before)) merge(before, value)
    // Some servers repeat `content: null` after the text.
    else if (value !== null || before === undefined) {
      target[field] = isObject(value) ? { ...value } : value
    }
  }
}

/** Texts that are said whole each time, never continued. */
function isLabel(field: string): boolean {
  return field === 'role' || field === 'id' || field === 'type' || field === 'name'
}

function mergeCalls(before: unknown, deltas: unknown[]): JsonObject[] {
  const calls = (Array.isArray(before) ? before : []) as JsonObject[]
  for (const delta of deltas) {
    if (!isObject(delta)) continue
    const index = delta['index'] ?? calls.length
    const known = calls.find((call) => call['index'] === index)
    if (known) merge(known, delta)
    else calls.push({ ...structuredClone(delta), index })
  }
  return calls
}

import { readChoice } from './chat-choice.ts'
import type { JsonObject, StreamEncoder, TokenUsage, WireError } from './codec.ts'
import { wireErrorEvent } from '../failure/wire-format.ts'
import { serverSentEvent } from './json-access.ts'
import {
  callItem,
  messageItem,
  reasoningItem,
  responseEnd,
  responseId,
  responseShell,
  textPart,
} from './responses-answer.ts'
import type { ItemStatus } from './responses-answer.ts'

/** An item of the output that is being written. */
type OpenItem =
  | { kind: 'reasoning' | 'text' | 'refusal'; id: string; text: string }
  | { kind: 'call'; id: string; text: string; callIndex: number; callId: string; name: string }

/**
 * Chat chunks as events of the Responses API. One item is open at a time: text, reasoning or a call; each is closed with
 * its `done` events when another begins, and kept whole for the last event, as the API repeats the whole output there.
 */
export class ResponsesEncoder implements StreamEncoder {
  readonly #request: JsonObject
  #shell: JsonObject | null = null
  #id = '0'
  #sequence = 0
  readonly #output: JsonObject[] = []
  #open: OpenItem | null = null
  #finishReason: string | null = null
  #usage: TokenUsage | null = null

  constructor(request: JsonObject) {
    this.#request = request
  }

  push(chunk: JsonObject): string {
    const choice = readChoice(chunk)
    let out = this.#begin(chunk)
    this.#usage = choice.usage ?? this.#usage
    this.#finishReason = choice.finishReason ?? this.#finishReason
    if (choice.reasoning) out += this.#text('reasoning', choice.reasoning)
    if (choice.text) out += this.#text('text', choice.text)
    if (choice.refusal) out += this.#text('refusal', choice.refusal)
    for (const call of choice.toolCalls) {
      if (this.#open?.kind !== 'call' || this.#open.callIndex !== call.index) {
        out += this.#close('completed')
        out += this.#add({
          kind: 'call',
          id: this.#nextId(),
          text: '',
          callIndex: call.index,
          callId: call.id,
          name: call.name,
        })
      }
      if (!call.arguments || !this.#open) continue
      this.#open.text += call.arguments
      out += this.#event('response.function_call_arguments.delta', {
        item_id: `fc_${this.#open.id}`,
        output_index: this.#output.length,
        delta: call.arguments,
      })
    }
    return out
  }

  end(): string {
    const begin = this.#begin({})
    const end = responseEnd(this.#finishReason, this.#usage)
    const close = this.#close(this.#finishReason === 'length' ? 'incomplete' : 'completed')
    return begin + close + this.#final(`response.${String(end['status'])}`, end)
  }

  /** `response.failed` for who keeps the response, then the error event, which the official client throws on. */
  fail(error: WireError): string {
    const begin = this.#begin({})
    const code = error.status === 429 ? 'rate_limit_exceeded' : 'server_error'
    const failed = this.#final('response.failed', {
      status: 'failed',
      error: { code, message: error.message },
    })
    return begin + failed + wireErrorEvent('responses', error, this.#sequence)
  }

  #begin(chunk: JsonObject): string {
    if (this.#shell !== null) return ''
    this.#shell = responseShell(this.#request, chunk)
    this.#id = responseId(chunk)
    return (
      this.#event('response.created', { response: this.#shell }) +
      this.#event('response.in_progress', { response: this.#shell })
    )
  }

  #text(kind: 'reasoning' | 'text' | 'refusal', delta: string): string {
    let out = ''
    if (this.#open?.kind !== kind) {
      out += this.#close('completed')
      out += this.#add({ kind, id: this.#nextId(), text: '' })
    }
    if (this.#open) this.#open.text += delta
    const name = { reasoning: 'reasoning_text', text: 'output_text', refusal: 'refusal' }[kind]
    return out + this.#event(`response.${name}.delta`, { ...this.#place(), delta, ...this.#logprobs() })
  }

  #add(item: OpenItem): string {
    this.#open = item
    const added = this.#event('response.output_item.added', {
      output_index: this.#output.length,
      item: this.#item(item, 'in_progress', false),
    })
    if (item.kind === 'call') return added
    return added + this.#event('response.content_part.added', { ...this.#place(), part: this.#part('') })
  }

  #close(status: ItemStatus): string {
    const open = this.#open
    if (open === null) return ''
    const index = this.#output.length
    let out: string
    if (open.kind === 'call') {
      out = this.#event('response.function_call_arguments.done', {
        item_id: `fc_${open.id}`,
        output_index: index,
        name: open.name,
        arguments: open.text,
      })
    } else {
      const [name, member] = {
        reasoning: ['reasoning_text', 'text'],
        text: ['output_text', 'text'],
        refusal: ['refusal', 'refusal'],
      }[open.kind] as [string, string]
      out =
        this.#event(`response.${name}.done`, {
          ...this.#place(),
          [member]: open.text,
          ...this.#logprobs(),
        }) + this.#event('response.content_part.done', { ...this.#place(), part: this.#part(open.text) })
    }
    const item = this.#item(open, status, true)
    out += this.#event('response.output_item.done', { output_index: index, item })
    this.#output.push(item)
    this.#open = null
    return out
  }

  #final(type: string, end: JsonObject): string {
    return this.#event(type, { response: { ...this.#shell, output: this.#output, ...end } })
  }

  #item(item: OpenItem, status: ItemStatus, isWhole: boolean): JsonObject {
    switch (item.kind) {
      case 'call':
        return callItem(
          item.id,
          { id: item.callId, name: item.name, arguments: isWhole ? item.text : '' },
          status,
        )
      case 'reasoning':
        return reasoningItem(item.id, isWhole ? item.text : '', status)
      default:
        return messageItem(item.id, isWhole ? [this.#part(item.text)] : [], status)
    }
  }

  #part(text: string): JsonObject {
    switch (this.#open?.kind) {
      case 'refusal':
        return { type: 'refusal', refusal: text }
      case 'reasoning':
        return { type: 'reasoning_text', text }
      default:
        return textPart(text)
    }
  }

  #place(): JsonObject {
    const prefix = this.#open?.kind === 'reasoning' ? 'rs' : 'msg'
    return {
      item_id: `${prefix}_${this.#open?.id ?? ''}`,
      output_index: this.#output.length,
      content_index: 0,
    }
  }

  #logprobs(): JsonObject {
    return this.#open?.kind === 'text' ? { logprobs: [] } : {}
  }

  #nextId(): string {
    return `${this.#id}_${this.#output.length}`
  }

  #event(type: string, members: JsonObject): string {
    return serverSentEvent({ type, sequence_number: this.#sequence++, ...members })
  }
}

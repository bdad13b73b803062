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
type OpenItem = { id: string; text: string; index: number } & (
  | { kind: 'reasoning' | 'text' | 'refusal' }
  | { kind: 'call'; callId: string; name: string }
)
/** Before it has a place. */
type NewItem = { kind: 'reasoning' | 'text' | 'refusal' } | { kind: 'call'; callId: string; name: string }

/**
 * Chat chunks as events of the Responses API. Of text and reasoning one item is open at a time, closed with its
 * `done` events when another begins; calls stay open to the end, since servers write parallel ones in turns. All are
 * kept whole for the last event, as the API repeats the whole output there.
 */
export class ResponsesEncoder implements StreamEncoder {
  readonly #request: JsonObject
  #shell: JsonObject | null = null
  #id = '0'
  #sequence = 0
  readonly #output: JsonObject[] = []
  /** Text or reasoning. */
  #open: OpenItem | null = null
  /** By their number in the chat chunks. */
  readonly #calls = new Map<number, OpenItem>()
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
      let item = this.#calls.get(call.index)
      if (item === undefined) {
        out += this.#closeText('completed')
        item = this.#place({ kind: 'call', callId: call.id, name: call.name })
        this.#calls.set(call.index, item)
        out += this.#added(item)
      }
      if (!call.arguments) continue
      item.text += call.arguments
      out += this.#event('response.function_call_arguments.delta', {
        item_id: `fc_${item.id}`,
        output_index: item.index,
        delta: call.arguments,
      })
    }
    return out
  }

  end(): string {
    const begin = this.#begin({})
    const end = responseEnd(this.#finishReason, this.#usage)
    const status = this.#finishReason === 'length' ? 'incomplete' : 'completed'
    let close = this.#closeText(status)
    for (const item of this.#calls.values()) close += this.#close(item, status)
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
    this.#id = responseId(chunk, this.#request)
    return (
      this.#event('response.created', { response: this.#shell }) +
      this.#event('response.in_progress', { response: this.#shell })
    )
  }

  #text(kind: 'reasoning' | 'text' | 'refusal', delta: string): string {
    let out = ''
    let item = this.#open
    if (item?.kind !== kind) {
      out += this.#closeText('completed')
      item = this.#open = this.#place({ kind })
      out += this.#added(item)
    }
    item.text += delta
    const name = { reasoning: 'reasoning_text', text: 'output_text', refusal: 'refusal' }[kind]
    return out + this.#event(`response.${name}.delta`, { ...placeOf(item), delta, ...logprobsOf(item) })
  }

  /** Gives a new item the next place in the output. */
  #place(item: NewItem): OpenItem {
    const index = this.#output.length
    const open = { ...item, id: `${this.#id}_${index}`, text: '', index }
    this.#output.push(itemOf(open, 'in_progress', false))
    return open
  }

  #added(item: OpenItem): string {
    const added = this.#event('response.output_item.added', {
      output_index: item.index,
      item: itemOf(item, 'in_progress', false),
    })
    if (item.kind === 'call') return added
    return added + this.#event('response.content_part.added', { ...placeOf(item), part: partOf(item, '') })
  }

  #closeText(status: ItemStatus): string {
    const open = this.#open
    this.#open = null
    return open === null ? '' : this.#close(open, status)
  }

  #close(open: OpenItem, status: ItemStatus): string {
    const { index } = open
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
          ...placeOf(open),
          [member]: open.text,
          ...logprobsOf(open),
        }) + this.#event('response.content_part.done', { ...placeOf(open), part: partOf(open, open.text) })
    }
    const item = itemOf(open, status, true)
    out += this.#event('response.output_item.done', { output_index: index, item })
    this.#output[index] = item
    return out
  }

  #final(type: string, end: JsonObject): string {
    return this.#event(type, { response: { ...this.#shell, output: this.#output, ...end } })
  }

  #event(type: string, members: JsonObject): string {
    return serverSentEvent({ type, sequence_number: this.#sequence++, ...members })
  }
}

function itemOf(item: OpenItem, status: ItemStatus, isWhole: boolean): JsonObject {
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
      return messageItem(item.id, isWhole ? [partOf(item, item.text)] : [], status)
  }
}

function partOf(item: OpenItem, text: string): JsonObject {
  switch (item.kind) {
    case 'refusal':
      return { type: 'refusal', refusal: text }
    case 'reasoning':
      return { type: 'reasoning_text', text }
    default:
      return textPart(text)
  }
}

function placeOf(item: OpenItem): JsonObject {
  const prefix = item.kind === 'reasoning' ? 'rs' : 'msg'
  return { item_id: `${prefix}_${item.id}`, output_index: item.index, content_index: 0 }
}

function logprobsOf(item: OpenItem): JsonObject {
  return item.kind === 'text' ? { logprobs: [] } : {}
}

import { readChoice } from './chat-choice.ts'
import type { ChatChoice } from './chat-choice.ts'
import type { JsonObject, StreamEncoder, WireError } from './codec.ts'
import { wireErrorEvent } from '../failure/wire-format.ts'
import { serverSentEvent, textAt } from './json-access.ts'
import { messageId, messagesUsage, stopOf } from './messages-answer.ts'

type BlockKind = 'text' | 'thinking'

/**
 * Chat chunks as Anthropic's events. States: not begun, then between blocks (`#open` null) or inside one block, then
 * ended. A call's block ends when the next block begins, as Anthropic has it, unless its arguments are not whole yet:
 * servers that write parallel calls in turns get blocks that are open beside each other. Usage comes last in chat, so it stands in `message_delta`, whose numbers are totals.
 */
export class MessagesEncoder implements StreamEncoder {
  readonly #model: string
  #hasBegun = false
  /** The block that is being written. */
  #open: BlockKind | null = null
  /** Index of the block that is open, or of the last that was. */
  #index = -1
  /** Block of each tool call, by its index in chat. */
  readonly #calls = new Map<number, { block: number; arguments: string; isOpen: boolean }>()
  #last: ChatChoice | null = null
  #usage: ChatChoice['usage'] = null

  constructor(model: string) {
    this.#model = model
  }

  push(chunk: JsonObject): string {
    const choice = readChoice(chunk)
    let out = this.#hasBegun ? '' : this.#begin(chunk)
    this.#usage = choice.usage ?? this.#usage
    if (choice.reasoning) {
      out += this.#enter('thinking', { type: 'thinking', thinking: '', signature: '' })
      out += this.#delta(this.#index, { type: 'thinking_delta', thinking: choice.reasoning })
    }
    for (const block of choice.thinkingBlocks) out += this.#thinkingBlock(block)
    const text = choice.text || choice.refusal
    if (text) {
      out += this.#enter('text', { type: 'text', text: '' })
      out += this.#delta(this.#index, { type: 'text_delta', text })
    }
    for (const call of choice.toolCalls) {
      let known = this.#calls.get(call.index)
      if (known === undefined) {
        out += this.#close() + this.#closeCalls(isWhole)
        out += this.#start({ type: 'tool_use', id: call.id, name: call.name, input: {} })
        known = { block: this.#index, arguments: '', isOpen: true }
        this.#calls.set(call.index, known)
      }
      if (call.arguments) {
        known.arguments += call.arguments
        out += this.#delta(known.block, { type: 'input_json_delta', partial_json: call.arguments })
      }
    }
    if (choice.finishReason !== null) {
      const refusal = choice.refusal || this.#last?.refusal || ''
      this.#last = { ...choice, refusal }
    } else if (choice.refusal) {
      this.#last = choice
    }
    return out
  }

  end(): string {
    const begin = this.#hasBegun ? '' : this.#begin({})
    const stop = stopOf(this.#last ?? readChoice({}))
    return (
      begin +
      this.#close() +
      this.#closeCalls(() => true) +
      serverSentEvent({ type: 'message_delta', delta: stop, usage: messagesUsage(this.#usage) }) +
      serverSentEvent({ type: 'message_stop' })
    )
  }

  fail(error: WireError): string {
    return wireErrorEvent('messages', error)
  }

  #begin(chunk: JsonObject): string {
    this.#hasBegun = true
    return serverSentEvent({
      type: 'message_start',
      message: {
        id: messageId(chunk),
        type: 'message',
        role: 'assistant',
        model: this.#model || textAt(chunk, 'model'),
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: messagesUsage(null),
      },
    })
  }

  /** A provider's whole block: its signature ends the thinking that has been streamed. */
  #thinkingBlock(block: JsonObject): string {
    const isStreamed = this.#open === 'thinking'
    if (block['type'] === 'redacted_thinking') {
      return this.#close() + this.#enter('thinking', block) + this.#close()
    }
    const signature = textAt(block, 'signature')
    const enter = this.#enter('thinking', { type: 'thinking', thinking: '', signature: '' })
    const thinking = isStreamed ? '' : textAt(block, 'thinking')
    return (
      enter +
      (thinking ? this.#delta(this.#index, { type: 'thinking_delta', thinking }) : '') +
      (signature ? this.#delta(this.#index, { type: 'signature_delta', signature }) + this.#close() : '')
    )
  }

  #enter(kind: BlockKind, block: JsonObject): string {
    if (this.#open === kind) return ''
    const out = this.#close() + this.#closeCalls(isWhole)
    this.#open = kind
    return out + this.#start(block)
  }

  #start(block: JsonObject): string {
    this.#index++
    return serverSentEvent({ type: 'content_block_start', index: this.#index, content_block: block })
  }

  #closeCalls(mayClose: (json: string) => boolean): string {
    let out = ''
    for (const call of this.#calls.values()) {
      if (!call.isOpen || !mayClose(call.arguments)) continue
      call.isOpen = false
      out += serverSentEvent({ type: 'content_block_stop', index: call.block })
    }
    return out
  }

  #close(): string {
    if (this.#open === null) return ''
    this.#open = null
    return serverSentEvent({ type: 'content_block_stop', index: this.#index })
  }

  #delta(index: number, delta: JsonObject): string {
    return serverSentEvent({ type: 'content_block_delta', index, delta })
  }
}

function isWhole(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}

import { maxEventBytes } from '../wire/event-relay.ts'
import { createParser } from 'eventsource-parser'
import type { EventSourceMessage } from 'eventsource-parser'
import type { JsonObject, StreamDecoder } from '../wire/codec.ts'
import { isObject, objectAt, textAt } from '../wire/json-access.ts'
import { usageFrom } from '../wire/token-usage.ts'
import { anthropicStatus, chatFinishReason } from './anthropic-answer.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { garbage, cutOff, brokenOff } from '../failure/broken-answer.ts'

/** Anthropic's events as chat chunks. A block is open between its start and its stop; only one is at a time. */
export class AnthropicDecoder implements StreamDecoder {
  readonly #text = new TextDecoder()
  readonly #parser
  readonly #events: EventSourceMessage[] = []
  readonly #createdSeconds: number
  #isOversized = false
  #writer = new ChunkWriter({ id: '', model: '', created: 0 })
  #usage: JsonObject = {}
  #stopReason = ''
  #hasStopped = false
  #calls = 0
  #callHasInput = false
  /** The block that is open. */
  #block: JsonObject = {}
  #thinking = ''
  #signature = ''

  constructor(createdSeconds: number) {
    this.#createdSeconds = createdSeconds
    this.#parser = createParser({
      maxBufferSize: maxEventBytes,
      onEvent: (event) => this.#events.push(event),
      onError: (error) => {
        this.#isOversized ||= error.type === 'max-buffer-size-exceeded'
      },
    })
  }

  push(bytes: Uint8Array): JsonObject[] {
    this.#parser.feed(this.#text.decode(bytes, { stream: true }))
    if (this.#isOversized) throw garbage('Anthropic', 'an event of more than 8 MiB')
    return this.#events.splice(0).flatMap((event) => this.#event(event))
  }

  end(): JsonObject[] {
    if (!this.#hasStopped) throw cutOff('Anthropic')
    return []
  }

  #event(message: EventSourceMessage): JsonObject[] {
    let event: unknown
    try {
      event = JSON.parse(message.data)
    } catch (cause) {
      throw garbage('Anthropic', 'an event that is not JSON', cause)
    }
    if (!isObject(event)) throw garbage('Anthropic', 'an event that is no object')
    switch (event['type']) {
      case 'message_start':
        return this.#start(objectAt(event, 'message'))
      case 'content_block_start':
        return this.#blockStart(objectAt(event, 'content_block'))
      case 'content_block_delta':
        return this.#blockDelta(objectAt(event, 'delta'))
      case 'content_block_stop':
        return this.#blockStop()
      case 'message_delta':
        this.#stopReason = textAt(objectAt(event, 'delta'), 'stop_reason') || this.#stopReason
        this.#addUsage(event)
        return []
      case 'message_stop':
        return this.#stop()
      case 'error': {
        const kind = textAt(objectAt(event, 'error'), 'type')
        throw brokenOff('Anthropic', anthropicStatus(kind), kind || 'error')
      }
      default:
        // Their versioning allows new events at any time.
        return []
    }
  }

  #start(message: JsonObject): JsonObject[] {
    this.#writer = new ChunkWriter({
      id: textAt(message, 'id'),
      model: textAt(message, 'model'),
      created: this.#createdSeconds,
    })
    this.#addUsage(message)
    return [this.#writer.delta({ role: 'assistant', content: '' })]
  }

  #blockStart(block: JsonObject): JsonObject[] {
    this.#block = block
    if (block['type'] === 'tool_use') {
      this.#callHasInput = false
      return [this.#writer.callStart(this.#calls, textAt(block, 'id'), textAt(block, 'name'))]
    }
    if (block['type'] === 'thinking') {
      this.#thinking = ''
      this.#signature = ''
    }
    const text = textAt(block, 'text')
    return text ? [this.#writer.delta({ content: text })] : []
  }

  #blockDelta(delta: JsonObject): JsonObject[] {
    switch (delta['type']) {
      case 'text_delta':
        return [this.#writer.delta({ content: textAt(delta, 'text') })]
      case 'input_json_delta': {
        const json = textAt(delta, 'partial_json')
        if (!json || this.#block['type'] !== 'tool_use') return []
        this.#callHasInput = true
        return [this.#writer.callArguments(this.#calls, json)]
      }
      case 'thinking_delta':
        this.#thinking += textAt(delta, 'thinking')
        return [this.#writer.delta({ reasoning_content: textAt(delta, 'thinking') })]
      case 'signature_delta':
        this.#signature += textAt(delta, 'signature')
        return []
      default:
        return []
    }
  }

  #blockStop(): JsonObject[] {
    const block = this.#block
    this.#block = {}
    switch (block['type']) {
      case 'tool_use': {
        const index = this.#calls++
        // A tool without parameters is called without input.
        return this.#callHasInput ? [] : [this.#writer.callArguments(index, '{}')]
      }
      case 'thinking':
        if (!this.#signature) return []
        return [
          this.#writer.delta({
            thinking_blocks: [{ type: 'thinking', thinking: this.#thinking, signature: this.#signature }],
          }),
        ]
      case 'redacted_thinking':
        return [this.#writer.delta({ thinking_blocks: [block] })]
      default:
        return []
    }
  }

  #stop(): JsonObject[] {
    this.#hasStopped = true
    const finish = this.#writer.delta({}, chatFinishReason(this.#stopReason))
    const usage = usageFrom('messages', this.#usage)
    return usage === null ? [finish] : [finish, this.#writer.usage(usage)]
  }

  #addUsage(event: JsonObject): void {
    for (const [name, value] of Object.entries(objectAt(event, 'usage'))) {
      if (value !== null) this.#usage[name] = value
    }
  }
}

import type { Message } from '@smithy/core/event-streams'
import type { JsonObject, StreamDecoder } from '../wire/codec.ts'
import { isObject, objectAt, textAt } from '../wire/json-access.ts'
import { bedrockFinishReason, bedrockStatus, bedrockUsage } from './bedrock-answer.ts'
import type { AnswerHead } from './chunk-writer.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { EventFrames } from './event-frames.ts'
import { garbage, cutOff, brokenOff } from '../failure/broken-answer.ts'

/** A block of the answer that is open; `callIndex` is null for text and thinking. */
interface OpenBlock {
  callIndex: number | null
  hasInput: boolean
  thinking: string
  signature: string
}

/** ConverseStream's messages as chat chunks. `messageStop` ends the answer, `metadata` with the usage follows it. */
export class BedrockDecoder implements StreamDecoder {
  readonly #frames = new EventFrames()
  readonly #writer: ChunkWriter
  /** By `contentBlockIndex`. Only tools announce the start of a block. */
  readonly #blocks = new Map<unknown, OpenBlock>()
  #calls = 0
  #hasStopped = false

  constructor(head: AnswerHead) {
    this.#writer = new ChunkWriter(head)
  }

  push(bytes: Uint8Array): JsonObject[] {
    let messages: Message[]
    try {
      messages = this.#frames.push(bytes)
    } catch (cause) {
      throw garbage('Bedrock', 'bytes that are no event stream', cause)
    }
    return messages.flatMap((message) => this.#message(message))
  }

  end(): JsonObject[] {
    if (!this.#hasStopped || !this.#frames.isAligned) throw cutOff('Bedrock')
    return []
  }

  #message(message: Message): JsonObject[] {
    const header = (name: string) => {
      const value = message.headers[name]?.value
      return typeof value === 'string' ? value : ''
    }
    if (header(':message-type') !== 'event') {
      const kind = header(':exception-type') || header(':error-code') || 'error'
      throw brokenOff('Bedrock', bedrockStatus(kind), kind)
    }
    let event: unknown
    try {
      event = JSON.parse(Buffer.from(message.body).toString('utf8'))
    } catch (cause) {
      throw garbage('Bedrock', 'an event that is not JSON', cause)
    }
    return isObject(event) ? this.#event(header(':event-type'), event) : []
  }

  #event(type: string, event: JsonObject): JsonObject[] {
    const index = event['contentBlockIndex']
    switch (type) {
      case 'messageStart':
        return [this.#writer.delta({ role: 'assistant', content: '' })]
      case 'contentBlockStart': {
        const call = objectAt(objectAt(event, 'start'), 'toolUse')
        if (!call['toolUseId']) return []
        const callIndex = this.#calls++
        this.#blocks.set(index, { callIndex, hasInput: false, thinking: '', signature: '' })
        return [this.#writer.callStart(callIndex, textAt(call, 'toolUseId'), textAt(call, 'name'))]
      }
      case 'contentBlockDelta':
        return this.#delta(index, objectAt(event, 'delta'))
      case 'contentBlockStop': {
        const block = this.#blocks.get(index)
        this.#blocks.delete(index)
        return block ? this.#blockStop(block) : []
      }
      case 'messageStop':
        this.#hasStopped = true
        return [this.#writer.delta({}, bedrockFinishReason(textAt(event, 'stopReason')))]
      case 'metadata': {
        const usage = bedrockUsage(event['usage'])
        return usage === null ? [] : [this.#writer.usage(usage)]
      }
      default:
        return []
    }
  }

  #delta(index: unknown, delta: JsonObject): JsonObject[] {
    if (typeof delta['text'] === 'string') return [this.#writer.delta({ content: delta['text'] })]
    if (isObject(delta['toolUse'])) {
      const block = this.#blocks.get(index)
      const json = textAt(delta['toolUse'], 'input')
      if (!json || !block || block.callIndex === null) return []
      block.hasInput = true
      return [this.#writer.callArguments(block.callIndex, json)]
    }
    if (isObject(delta['reasoningContent'])) return this.#reasoning(index, delta['reasoningContent'])
    return []
  }

  #reasoning(index: unknown, reasoning: JsonObject): JsonObject[] {
    if (typeof reasoning['redactedContent'] === 'string') {
      const block = { type: 'redacted_thinking', data: reasoning['redactedContent'] }
      return [this.#writer.delta({ thinking_blocks: [block] })]
    }
    const block = this.#blocks.get(index) ?? {
      callIndex: null,
      hasInput: false,
      thinking: '',
      signature: '',
    }
    this.#blocks.set(index, block)
    const text = textAt(reasoning, 'text')
    block.thinking += text
    block.signature += textAt(reasoning, 'signature')
    return text ? [this.#writer.delta({ reasoning_content: text })] : []
  }

  #blockStop(block: OpenBlock): JsonObject[] {
    if (block.callIndex !== null) {
      // A tool without parameters is called without input.
      return block.hasInput ? [] : [this.#writer.callArguments(block.callIndex, '{}')]
    }
    if (!block.signature) return []
    const { thinking, signature } = block
    return [this.#writer.delta({ thinking_blocks: [{ type: 'thinking', thinking, signature }] })]
  }
}

import type { JsonObject, StreamDecoder, StreamEncoder, TokenUsage, WireError } from '../../wire/codec.ts'
import { usageOfBody } from '../../wire/token-usage.ts'
import { readChoice } from '../../wire/chat-choice.ts'
import type { AnswerReader } from './answer-reader.ts'
import { asModelError } from '../../failure/upstream-failure.ts'

/** A stream whose upstream and client speak differently: decoded to chat chunks, written in the client's format. */
export class TranslatedStream implements AnswerReader {
  events = 0
  readonly #decoder: StreamDecoder
  readonly #encoder: StreamEncoder
  #usage: TokenUsage | null = null

  constructor(decoder: StreamDecoder, encoder: StreamEncoder) {
    this.#decoder = decoder
    this.#encoder = encoder
  }

  push(bytes: Buffer): string {
    return this.#write(this.#decoder.push(bytes))
  }

  end(): ReturnType<AnswerReader['end']> {
    try {
      return { rest: this.#write(this.#decoder.end()) + this.#encoder.end() }
    } catch (error) {
      return { error: asModelError(error) }
    }
  }

  fail(error: WireError): string {
    return this.#encoder.fail(error)
  }

  usage(): TokenUsage | null {
    return this.#usage
  }

  #write(chunks: JsonObject[]): string {
    let text = ''
    for (const chunk of chunks) {
      if (hasContent(chunk)) this.events += 1
      this.#usage = usageOfBody('chat', chunk) ?? this.#usage
      text += this.#encoder.push(chunk)
    }
    return text
  }
}

function hasContent(chunk: JsonObject): boolean {
  const { text, reasoning, refusal, toolCalls } = readChoice(chunk)
  return text !== '' || reasoning !== '' || refusal !== '' || toolCalls.length > 0
}

import { answerChunks } from '../../cache/replay.ts'
import type { JsonObject, StreamEncoder, TokenUsage } from '../../wire/codec.ts'
import type { AnswerReader } from './answer-reader.ts'
import { WholeAnswer } from './whole-answer.ts'

/** An answer in one piece of a server that was asked for a stream: written as one, once it is here. */
export class WholeAsStream implements AnswerReader {
  readonly #whole: WholeAnswer
  readonly #encoder: StreamEncoder
  readonly #wantsUsage: boolean
  readonly #beganMs = performance.now()

  /** `toChat`: the server's answer as a chat completion; throws `ModelError` where nothing here can read it. */
  constructor(toChat: (body: JsonObject) => JsonObject, encoder: StreamEncoder, wantsUsage: boolean) {
    this.#whole = new WholeAnswer('chat', toChat)
    this.#encoder = encoder
    this.#wantsUsage = wantsUsage
  }

  get events(): number {
    return this.#whole.events
  }

  push(bytes: Buffer): string {
    return this.#whole.push(bytes)
  }

  end(): ReturnType<AnswerReader['end']> {
    const result = this.#whole.end()
    if ('error' in result) return result
    const body = JSON.parse(result.rest.toString()) as JsonObject
    const answer = { body, pieces: [], durationMs: performance.now() - this.#beganMs }
    let text = ''
    for (const { chunk } of answerChunks(answer, this.#wantsUsage)) text += this.#encoder.push(chunk)
    return { rest: text + this.#encoder.end() }
  }

  fail(): string {
    return this.#whole.fail()
  }

  usage(): TokenUsage | null {
    return this.#whole.usage()
  }
}

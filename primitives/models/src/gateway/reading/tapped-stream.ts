import type { TokenUsage, WireError } from '../../wire/codec.ts'
import type { AnswerReader } from './answer-reader.ts'

/** A stream that passes as another reader says, and is listened to. */
export class TappedStream implements AnswerReader {
  readonly #reader: AnswerReader
  readonly #tap: { push(bytes: Buffer): void; end(): void }

  constructor(reader: AnswerReader, tap: { push(bytes: Buffer): void; end(): void }) {
    this.#reader = reader
    this.#tap = tap
  }

  get events(): number {
    return this.#reader.events
  }

  push(bytes: Buffer): Uint8Array | string {
    this.#tap.push(bytes)
    return this.#reader.push(bytes)
  }

  end(): ReturnType<AnswerReader['end']> {
    this.#tap.end()
    return this.#reader.end()
  }

  fail(error: WireError): string | null {
    return this.#reader.fail(error)
  }

  usage(): TokenUsage | null {
    return this.#reader.usage()
  }
}

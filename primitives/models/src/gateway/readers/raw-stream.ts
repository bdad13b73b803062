import type { Api, TokenUsage, WireError } from '../../wire/codec.ts'
import { wireErrorEvent } from '../../wire/errors.ts'
import { EventRelay } from '../../wire/event-relay.ts'
import { StreamTap } from '../../wire/stream-tap.ts'
import type { AnswerReader } from '../answer-reader.ts'
import { cutOff, upstreamError } from './chat-stream.ts'

/** A stream that passes through as it came, in whole events; the tap sees everything, the client what it asked for. */
export class RawStream implements AnswerReader {
  readonly #api: Api
  readonly #tap: StreamTap
  readonly #relay: EventRelay
  #hasPassed = false

  /** `hidesUsage`: the gateway asked for usage that the client did not ask for, so that event stays here. */
  constructor(api: Api, choices: number, hidesUsage: boolean) {
    this.#api = api
    this.#tap = new StreamTap(api, choices)
    this.#relay = new EventRelay({ stripUsage: hidesUsage })
  }

  get events(): number {
    return this.#tap.events
  }

  push(bytes: Buffer): Uint8Array {
    this.#tap.push(bytes)
    // An error instead of an answer is asked for again elsewhere; one in the middle passes on as it came.
    if (this.#tap.hasFailed && !this.#hasPassed) throw upstreamError()
    const out = this.#relay.push(bytes)
    this.#hasPassed ||= out.length > 0
    return out
  }

  end(): ReturnType<AnswerReader['end']> {
    const { ended } = this.#tap.end()
    if (ended === 'complete') return { rest: this.#relay.end() }
    return { error: ended === 'cut' ? cutOff() : upstreamError() }
  }

  fail(error: WireError): string {
    // The upstream's own error event has gone out.
    if (this.#tap.hasFailed) return ''
    return wireErrorEvent(this.#api, error, this.#tap.events)
  }

  usage(): TokenUsage | null {
    return this.#tap.usage
  }
}

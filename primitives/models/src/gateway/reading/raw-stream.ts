import type { Api, JsonObject, TokenUsage, WireError } from '../../wire/codec.ts'
import { wireErrorEvent } from '../../failure/wire-format.ts'
import { EventRelay } from '../../wire/event-relay.ts'
import { StreamTap } from '../../wire/stream-tap.ts'
import { problemIn } from '../../failure/body-problem.ts'
import type { AnswerReader } from './answer-reader.ts'
import { garbage, cutOff, reportedError } from '../../failure/broken-answer.ts'

const nothing = Buffer.alloc(0)
const lineFeed = 0x0a
const carriageReturn = 0x0d
const maxCommentBytes = 64 * 1024

/** A stream that passes through as it came, in whole events; the tap sees everything, the client what it asked for. */
export class RawStream implements AnswerReader {
  readonly #api: Api
  readonly #tap: StreamTap
  readonly #relay: EventRelay
  #hasPassed = false
  /** Known once the first line has ended. */
  #endsLinesWith: 'line-feed' | 'carriage-return' | null = null
  /** What came before the first event with data. */
  #comments: Buffer | null = null

  /** `hidesUsage`: the gateway asked for usage that the client did not ask for, so that event stays here. */
  constructor(api: Api, choices: number, hidesUsage: boolean) {
    this.#api = api
    this.#tap = new StreamTap(api, choices)
    this.#relay = new EventRelay({ stripUsage: hidesUsage })
  }

  get events(): number {
    return this.#tap.contentEvents
  }

  push(chunk: Buffer): Uint8Array {
    const bytes = this.#withLineFeeds(chunk)
    this.#tap.push(bytes)
    // An error instead of an answer is asked for again elsewhere; one in the middle passes on as it came.
    if (this.#tap.hasFailed && !this.#hasPassed) throw errorIn(bytes)
    const out = this.#relay.push(bytes)
    if (out.length === 0 || this.#hasPassed) return out
    const first = this.#comments === null ? out : Buffer.concat([this.#comments, out])
    // Comments are no answer yet: another replica may still be asked.
    if (this.#tap.events === 0) {
      if (first.length > maxCommentBytes) throw garbage('replica', 'nothing but comments')
      this.#comments = first
      return nothing
    }
    if (!hasJsonData(first)) throw garbage('replica', 'an event that is not JSON')
    this.#comments = null
    this.#hasPassed = true
    return first
  }

  /** A carriage return alone ends a line too (HTML standard, 9.2.6), which few servers write and no parser here looks for. */
  #withLineFeeds(chunk: Buffer): Buffer {
    if (this.#endsLinesWith === null) {
      const at = chunk.indexOf(carriageReturn)
      // The line feed of a pair may come with the next bytes.
      if (at < 0 ? chunk.includes(lineFeed) : at + 1 < chunk.length) {
        this.#endsLinesWith = at >= 0 && !chunk.includes(lineFeed) ? 'carriage-return' : 'line-feed'
      }
    }
    if (this.#endsLinesWith !== 'carriage-return') return chunk
    return Buffer.from(chunk.map((byte) => (byte === carriageReturn ? lineFeed : byte)))
  }

  end(): ReturnType<AnswerReader['end']> {
    const { ended } = this.#tap.end()
    if (ended === 'complete') return { rest: this.#relay.end() }
    return { error: ended === 'cut' ? cutOff() : reportedError() }
  }

  fail(error: WireError): string {
    // The upstream's own error event has gone out.
    if (this.#tap.hasFailed) return ''
    const event = wireErrorEvent(this.#api, error, this.#tap.events)
    // An event too long to be held was passed on by half.
    return this.#relay.isInsideEvent ? `\n\n${event}` : event
  }

  usage(): TokenUsage | null {
    return this.#tap.usage
  }
}

/** Whether the first data of these events is JSON's object, or the mark of the end. */
function hasJsonData(events: Buffer): boolean {
  let at = events.indexOf('data:') + 'data:'.length
  while (events[at] === 0x20) at++
  return events[at] === 0x7b || events[at] === 0x5b
}

/** What the error event says, which was sent instead of an answer. */
function errorIn(events: Buffer): Error {
  const data = /^data: ?(\{.*\})\r?$/m.exec(events.toString('utf8'))?.[1] ?? ''
  try {
    return problemIn(JSON.parse(data) as JsonObject, data) ?? reportedError()
  } catch {
    return reportedError()
  }
}

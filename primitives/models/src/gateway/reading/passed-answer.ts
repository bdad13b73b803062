import type { TokenUsage, WireError } from '../../wire/codec.ts'
import { EventRelay } from '../../wire/event-relay.ts'
import { isObject } from '../../wire/json-access.ts'
import { emptyUsage, usageFrom } from '../../wire/token-usage.ts'
import { wireErrorEvent } from '../../failure/wire-format.ts'
import type { AnswerHead, AnswerReader } from './answer-reader.ts'

type Headers = Record<string, string | string[] | undefined>

/** More is not kept to look for usage in. */
const maxWatchedBytes = 1024 * 1024
const nothing = Buffer.alloc(0)

/** What a client may need of an answer. Cookies, and what belongs to one connection, stay here. */
const passedHeaders = [
  'accept-ranges',
  'cache-control',
  'content-disposition',
  'content-language',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
  'location',
]

/**
 * An answer that passes as bytes, whatever it is. Usage is read where a JSON body or an event states it; where none does, the
 * request is what was metered. Events pass whole, so that a stream that breaks can end in an error event; other bytes
 * that break can only be broken off.
 */
export class PassedAnswer implements AnswerReader {
  readonly events = 0
  head: AnswerHead = { status: 200, headers: {} }
  #relay: EventRelay | null = null
  #watched: Buffer[] | null = null
  #watchedBytes = 0
  #usage: TokenUsage | null = null

  begin(status: number, headers: Headers): void {
    const given: Record<string, string> = {}
    for (const name of passedHeaders) {
      const value = headers[name]
      if (typeof value === 'string') given[name] = value
    }
    const length = headers['content-length']
    // Unpacked, it has another length.
    if (typeof length === 'string' && headers['content-encoding'] === undefined)
      given['content-length'] = length
    this.head = { status, headers: given }
    const type = String(headers['content-type'] ?? '')
    if (type.startsWith('text/event-stream')) this.#relay = new EventRelay({ stripUsage: false })
    else if (/^application\/(?:[\w.-]+\+)?json\b/.test(type)) this.#watched = []
  }

  push(bytes: Buffer): Uint8Array {
    if (this.#relay !== null) return this.#watchEvents(this.#relay.push(bytes))
    if (this.#watched !== null) {
      this.#watchedBytes += bytes.length
      if (this.#watchedBytes > maxWatchedBytes) this.#watched = null
      else this.#watched.push(Buffer.from(bytes))
    }
    return bytes
  }

  end(): { rest: Uint8Array } {
    if (this.#relay !== null) return { rest: this.#watchEvents(this.#relay.end()) }
    if (this.#watched !== null) this.#read(Buffer.concat(this.#watched).toString('utf8'))
    return { rest: nothing }
  }

  fail(error: WireError): string | null {
    if (this.#relay === null) return null
    const event = wireErrorEvent('other', error)
    return this.#relay.isInsideEvent ? `\n\n${event}` : event
  }

  usage(): TokenUsage {
    return this.#usage ?? emptyUsage
  }

  #watchEvents(events: Buffer): Buffer {
    if (!events.includes('"usage"')) return events
    for (const line of events.toString('utf8').split(/\r\n|\n|\r/)) {
      if (line.startsWith('data:') && line.includes('"usage"')) this.#read(line.slice('data:'.length))
    }
    return events
  }

  #read(json: string): void {
    try {
      const body: unknown = JSON.parse(json)
      if (!isObject(body)) return
      const inner = isObject(body['response']) ? body['response'] : body
      this.#usage = usageFrom('other', body['usage'] ?? inner['usage']) ?? this.#usage
    } catch {
      // No answer of the gateway's own: what it is, is for the client to say.
    }
  }
}

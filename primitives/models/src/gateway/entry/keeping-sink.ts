import type { JsonObject } from '../../wire/codec.ts'
import { isObject } from '../../wire/json-access.ts'
import type { Sink } from '../answer/sink.ts'

/** Never rejects. */
export type Keep = (response: JsonObject, replicaId: string) => Promise<void>

const finalEvent = /"type" ?: ?"response\.(?:completed|incomplete)"/

/**
 * Hands a response on to be kept before the client hears its end, so that whoever goes on from it at once finds it. A stream
 * passes up to its last event, which waits; a body waits as a whole. What fails to be kept is answered all the same.
 */
export class KeepingSink implements Sink {
  readonly #sink: Sink
  readonly #isStream: boolean
  readonly #keep: Keep
  #replicaId: string | null = null
  #held: Buffer[] | null = null

  constructor(sink: Sink, isStream: boolean, keep: Keep) {
    this.#sink = sink
    this.#isStream = isStream
    this.#keep = keep
  }

  head(status: number, headers: Record<string, string>): void {
    // An answer from the cache is nobody's.
    if (status === 200) this.#replicaId = headers['x-heavylift-replica'] ?? ''
    this.#sink.head(status, headers)
  }

  write(bytes: Uint8Array | string): boolean {
    if (this.#replicaId === null) return this.#sink.write(bytes)
    if (this.#held === null) {
      if (this.#isStream && !finalEvent.test(Buffer.from(bytes as string).toString('latin1'))) {
        return this.#sink.write(bytes)
      }
      this.#held = []
    }
    // A copy: the bytes may stand in a buffer that is used again.
    this.#held.push(Buffer.from(bytes as string))
    return true
  }

  end(): void {
    const held = this.#held === null ? null : Buffer.concat(this.#held)
    if (held === null) return this.#sink.end()
    const response = this.#isStream ? responseOfStream(held) : parsed(held.toString('utf8'))
    const kept =
      response === null || this.#replicaId === null
        ? Promise.resolve()
        : this.#keep(response, this.#replicaId)
    void kept.finally(() => {
      this.#sink.write(held)
      this.#sink.end()
    })
  }
}

function responseOfStream(events: Buffer): JsonObject | null {
  for (const line of events.toString('utf8').split(/\r\n|\n|\r/)) {
    if (!line.startsWith('data:') || !finalEvent.test(line)) continue
    const response = parsed(line.slice('data:'.length))?.['response']
    if (isObject(response)) return response
  }
  return null
}

function parsed(json: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(json)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

import type { Sink } from './sink.ts'

/** A longer answer is not held back: it goes to the client as it comes, unjudged. */
const maxHeldBytes = 4 * 1024 * 1024

/** Holds an answer back until it is known whether the client gets it. */
export class HeldSink implements Sink {
  readonly #sink: Sink
  readonly #onEnd: () => void
  #status = 0
  #headers: Record<string, string> = {}
  #parts: Buffer[] = []
  #bytes = 0
  #isReleased = false

  /** `onEnd`: the answer is here, still held unless it was too long. */
  constructor(sink: Sink, onEnd: () => void) {
    this.#sink = sink
    this.#onEnd = onEnd
  }

  get status(): number {
    return this.#status
  }

  /** Whether the client has had some of it. */
  get isReleased(): boolean {
    return this.#isReleased
  }

  head(status: number, headers: Record<string, string>): void {
    this.#status = status
    this.#headers = headers
  }

  write(bytes: Uint8Array | string): boolean {
    if (this.#isReleased) return this.#sink.write(bytes)
    // A copy: the bytes may stand in a buffer that is used again.
    const part = Buffer.from(bytes as string)
    this.#parts.push(part)
    this.#bytes += part.length
    return this.#bytes <= maxHeldBytes || this.release()
  }

  end(): void {
    if (this.#isReleased) this.#sink.end()
    this.#onEnd()
  }

  /** Gives what is held to the client; what comes later follows. False when the client is slow. */
  release(): boolean {
    this.#isReleased = true
    this.#sink.head(this.#status, this.#headers)
    const all = Buffer.concat(this.#parts)
    this.#parts = []
    return all.length === 0 || this.#sink.write(all)
  }
}

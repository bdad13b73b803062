import type { CallText } from '../../metering/meter.ts'

const maxBytes = 200_000

/** What the client was sent, for the request log where `log.prompts` is on; its beginning when it is long. */
export class LoggedText {
  readonly #parts: Uint8Array[] = []
  #bytes = 0

  add(part: Uint8Array | string): void {
    if (this.#bytes >= maxBytes || part.length === 0) return
    // A copy: the bytes may stand in a buffer that is used again.
    const bytes = Buffer.from(part as string).subarray(0, maxBytes - this.#bytes)
    this.#parts.push(bytes)
    this.#bytes += bytes.length
  }

  textOf(request: Buffer): CallText {
    return {
      request: request.toString('utf8', 0, maxBytes),
      answer: Buffer.concat(this.#parts).toString('utf8'),
    }
  }
}

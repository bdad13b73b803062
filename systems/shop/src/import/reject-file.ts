import type { Objects } from '@heavylift/store'
import type { FeedReject } from './feed-row.ts'
import type { RejectReason } from '../catalog/import-record.ts'

/** Keys of an import's objects. */
export const feedKey = (importId: string) => `imports/${importId}/feed`
export const rejectsKey = (importId: string) => `imports/${importId}/rejects.jsonl`

/** Streams rejects to their file, one JSON object a line, and counts them by code. */
export class RejectFile {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>
  readonly #stored: Promise<unknown>
  readonly #reasons = new Map<string, RejectReason>()
  readonly #encoder = new TextEncoder()
  #waiting: string[] = []

  constructor(objects: Objects, importId: string) {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    this.#writer = writable.getWriter()
    this.#stored = objects.put(rejectsKey(importId), readable)
    this.#stored.catch(() => undefined)
    this.#writer.closed.catch(() => undefined)
  }

  async add(reject: FeedReject): Promise<void> {
    const known = this.#reasons.get(reject.code)
    const reason = known ?? { code: reject.code, message: reject.reason, count: 0, firstLines: [] }
    reason.count++
    if (reason.firstLines.length < 5) reason.firstLines.push(reject.line)
    this.#reasons.set(reject.code, reason)
    this.#waiting.push(`${JSON.stringify(reject)}\n`)
    if (this.#waiting.length >= 500) await this.#flush()
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.join('')
    this.#waiting = []
    if (text === '') return
    // A store that fails would leave the write waiting for ever.
    await Promise.race([this.#writer.write(this.#encoder.encode(text)), this.#stored])
  }

  /** Resolves when the file is stored. */
  async finish(): Promise<RejectReason[]> {
    await this.#flush()
    await Promise.race([this.#writer.close(), this.#stored])
    await this.#stored
    return [...this.#reasons.values()].sort((a, b) => b.count - a.count)
  }

  async abandon(reason: unknown): Promise<void> {
    await this.#writer.abort(reason).catch(() => undefined)
    await this.#stored.catch(() => undefined)
  }
}

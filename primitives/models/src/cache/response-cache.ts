import type { Answer } from './answer.ts'

interface Kept {
  /** JSON: exact in size, and nobody can change it. */
  json: Buffer
  expiresAtMs: number
}

/** What an entry costs beside its bytes, roughly. */
const entryOverheadBytes = 256

/**
 * Whole answers by request key in this process, least recently used out first when their bytes pass the bound.
 * It holds what it is given: whether an answer may be kept is said by `AnswerRecorder` and `isWhole`.
 */
export class ResponseCache {
  readonly #entries = new Map<string, Kept>()
  readonly #maxBytes: number
  readonly #nowMs: () => number
  #bytes = 0

  /** `nowMs` may be any clock that goes forward. */
  constructor(maxBytes: number, nowMs: () => number) {
    this.#maxBytes = maxBytes
    this.#nowMs = nowMs
  }

  get bytes(): number {
    return this.#bytes
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): Answer | null {
    const kept = this.#entries.get(key)
    if (!kept) return null
    this.#entries.delete(key)
    if (kept.expiresAtMs <= this.#nowMs()) {
      this.#bytes -= kept.json.length + entryOverheadBytes
      return null
    }
    // A Map keeps the order of insertion: last is most recently used.
    this.#entries.set(key, kept)
    return JSON.parse(kept.json.toString('utf8')) as Answer
  }

  /** An answer larger than an eighth of the cache is not kept: it would throw too many others out. */
  set(key: string, answer: Answer, ttlMs: number): void {
    this.delete(key)
    const json = Buffer.from(JSON.stringify(answer))
    const bytes = json.length + entryOverheadBytes
    if (bytes > this.#maxBytes / 8) return
    this.#entries.set(key, { json, expiresAtMs: this.#nowMs() + ttlMs })
    this.#bytes += bytes
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const kept = this.#entries.get(key)
    if (!kept) return
    this.#entries.delete(key)
    this.#bytes -= kept.json.length + entryOverheadBytes
  }

  clear(): void {
    this.#entries.clear()
    this.#bytes = 0
  }
}

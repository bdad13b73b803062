import type { QueueTimers } from '../../src/admission/queue.ts'

/** Time that passes only when told to. */
export class ManualTimers implements QueueTimers {
  nowMs = 0
  readonly #timers = new Map<object, { atMs: number; call: () => void }>()

  now(): number {
    return this.nowMs
  }

  after(ms: number, call: () => void): () => void {
    const id = {}
    this.#timers.set(id, { atMs: this.nowMs + ms, call })
    return () => this.#timers.delete(id)
  }

  get pending(): number {
    return this.#timers.size
  }

  advance(ms: number): void {
    const untilMs = this.nowMs + ms
    for (;;) {
      let next: [object, { atMs: number; call: () => void }] | null = null
      for (const timer of this.#timers) if (!next || timer[1].atMs < next[1].atMs) next = timer
      if (!next || next[1].atMs > untilMs) break
      this.#timers.delete(next[0])
      this.nowMs = Math.max(this.nowMs, next[1].atMs)
      next[1].call()
    }
    this.nowMs = untilMs
  }
}

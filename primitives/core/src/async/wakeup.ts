import { startTimer } from './timer.ts'

export interface WaitOptions {
  /** A `count` that was read before: resolves at once if there was a wake-up since. Default: now. */
  since?: number
  /** Resolves when it aborts, too; ask it afterwards. */
  signal?: AbortSignal
  /** Resolves after so long at the latest. Like the wait itself, it keeps no process alive. */
  timeoutMs?: number
}

/**
 * Tells everyone who waits that something changed, and what changed is looked up again: `while (!isDone()) await changed.wait()`.
 * Where something else is awaited between looking and waiting, read `count` before looking and wait `since` it, so that no change
 * is missed. A wait never rejects, and leaves nothing behind once it is over.
 */
export class Wakeup {
  #count = 0
  readonly #waiting = new Set<() => void>()

  /** How often `wake` was called. */
  get count(): number {
    return this.#count
  }

  /** Ends every wait that stands now. */
  wake(): void {
    this.#count++
    for (const resume of this.#waiting) resume()
  }

  /** Resolves at the next `wake`. */
  wait({ since = this.#count, signal, timeoutMs }: WaitOptions = {}): Promise<void> {
    if (since !== this.#count || signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      let stopTimer: (() => void) | null = null
      const resume = () => {
        this.#waiting.delete(resume)
        signal?.removeEventListener('abort', resume)
        stopTimer?.()
        resolve()
      }
      this.#waiting.add(resume)
      signal?.addEventListener('abort', resume, { once: true })
      if (timeoutMs !== undefined) stopTimer = startTimer(timeoutMs, resume, { keepsAlive: false })
    })
  }
}

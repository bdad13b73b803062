import { TryLaterError } from '@heavylift/core'

/** Lets `atOnce` pieces of work run and `mostWaiting` wait for their turn, first come, first served. */
export class WorkQueue {
  readonly #atOnce: number
  readonly #mostWaiting: number
  readonly #waiting = new Set<() => void>()
  #running = 0

  constructor({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
    this.#atOnce = atOnce
    this.#mostWaiting = mostWaiting
  }

  /** What `work` gives. Throws `queue-full` where too many wait, and the signal's reason where it aborts before the turn comes. */
  async run<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    signal.throwIfAborted()
    if (this.#running < this.#atOnce) this.#running++
    else await this.#turn(signal)
    try {
      return await work()
    } finally {
      // The place goes to the next, if there is one, without being free in between.
      const [next] = this.#waiting
      if (next) next()
      else this.#running--
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#mostWaiting)
      throw new TryLaterError({
        code: 'queue-full',
        message: `${this.#atOnce} are being made and ${this.#mostWaiting} wait already. Ask again in a minute.`,
        status: 503,
        retryAfterSeconds: 60,
      })
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.#waiting.delete(start)
        signal.removeEventListener('abort', give)
      }
      const start = (): void => {
        settle()
        resolve()
      }
      const give = (): void => {
        settle()
        reject(signal.reason as Error)
      }
      this.#waiting.add(start)
      signal.addEventListener('abort', give, { once: true })
    })
  }
}

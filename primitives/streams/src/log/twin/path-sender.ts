import type { Appended, Log, LogEvent } from '../log.ts'
import { isRetryable } from '../../processor/retry.ts'

interface Batch {
  topic: string
  events: readonly LogEvent[]
  settle: { resolve(appended: Appended[]): void; reject(error: unknown): void }
}

export interface PathSenderOptions {
  /** Opens the log at first use; asked again while it fails. */
  open: () => Promise<Log>
  /** Batches that may wait; past that the path counts as lost and is caught up later. */
  maxWaiting: number
  /** Brings the path up to date after it was lost, before anything else is sent; called in the turn in which it takes batches again. */
  catchUp: (log: Log) => Promise<unknown>
  /** Between two attempts. */
  retryMs: number
  signal: AbortSignal
}

/**
 * Sends batches to one log in order, again and again until each is safe, so that the log gets every event in the order of
 * the others. States: sending → (too much waits) lost → (it answers again) catching up → sending.
 */
export class PathSender {
  readonly #options: PathSenderOptions
  #log: Promise<Log> | null = null
  readonly #waiting: Batch[] = []
  #isLost = false
  #isCatchingUp = false
  #running: Promise<void> | null = null

  constructor(options: PathSenderOptions) {
    this.#options = options
  }

  /** True while the path lacks events that other paths have. */
  get isBehind(): boolean {
    return this.#isLost || this.#isCatchingUp || this.#waiting.length > 0
  }

  /** The open log; rejects while it cannot be opened, and is opened anew at the next call. */
  log(): Promise<Log> {
    this.#log ??= this.#options.open().catch((error: unknown) => {
      this.#log = null
      throw error
    })
    return this.#log
  }

  /** Resolves when the batch is safe in this log; rejects when the log refuses it, or is lost. */
  send(topic: string, events: readonly LogEvent[]): Promise<Appended[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Appended[]>()
    // Whoever waits for the other path only must not hear of this one.
    promise.catch(() => {})
    if (this.#isLost) {
      reject(new Error('This path is being caught up.'))
      return promise
    }
    this.#waiting.push({ topic, events, settle: { resolve, reject } })
    if (this.#waiting.length > this.#options.maxWaiting) this.#lose()
    else this.#running ??= this.#run()
    return promise
  }

  /** Resolves when nothing waits and a path that was lost is caught up; waits for a path that does not answer. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  /** What still waits is left behind; whoever started this path finds it at the next `reconcile`. */
  async close(): Promise<void> {
    const log = await this.#log?.catch(() => null)
    await log?.close()
    await this.settled()
    for (const { settle } of this.#waiting.splice(0)) settle.reject(new Error('The writer was closed.'))
  }

  async #run(): Promise<void> {
    // The first step runs after `send` has returned, so that `#running` is set.
    await Promise.resolve()
    const { signal } = this.#options
    while (!signal.aborted) {
      if (this.#isLost) await this.#recover()
      const batch = this.#waiting[0]
      if (!batch) break
      try {
        const log = await this.log()
        const appended = await log.append(batch.topic, batch.events)
        this.#drop(batch)
        batch.settle.resolve(appended)
      } catch (error) {
        if (isRetryable(error)) await this.#pause()
        else {
          this.#drop(batch)
          batch.settle.reject(error)
        }
      }
    }
    // In the same turn as the look at an empty queue, so that a batch that comes next starts it again.
    this.#running = null
  }

  #drop(batch: Batch): void {
    if (this.#waiting[0] === batch) this.#waiting.shift()
  }

  #lose(): void {
    this.#isLost = true
    for (const { settle } of this.#waiting.splice(0)) settle.reject(new Error('This path is lost for now.'))
  }

  async #recover(): Promise<void> {
    while (!this.#options.signal.aborted) {
      try {
        const log = await this.log()
        // What is sent from here on waits its turn; what was sent before is found in the other paths.
        this.#isLost = false
        this.#isCatchingUp = true
        await this.#options.catchUp(log)
        return
      } catch {
        this.#lose()
        await this.#pause()
      } finally {
        this.#isCatchingUp = false
      }
    }
  }

  async #pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#options.retryMs))
  }
}

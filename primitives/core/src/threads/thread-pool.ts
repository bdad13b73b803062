import { Worker } from 'node:worker_threads'
import { performTask } from './perform-task.ts'
import type { ThreadCall, ThreadPoolLimits } from './thread-call.ts'
import { tooManyTasks } from './thread-errors.ts'
import type { ThreadPart } from './thread-task.ts'

interface Waiting {
  tenantId: string
  /** Never rejects; resolves when the thread is free again, or gone. */
  begin: () => Promise<void>
}

/** A thread that did nothing for so long is ended, with the memory that it holds. */
const idleMs = 60_000

/**
 * Threads for work that one request asks for, so that the event loop, and with it everybody else, goes on. A task ends with its answer, with its
 * `signal`, with its time, with its memory, or with a reader who leaves; in all but the first its thread is ended too, so that nothing goes on for
 * nobody.
 */
export class ThreadPool {
  readonly #limits: ThreadPoolLimits
  readonly #idle = new Map<Worker, NodeJS.Timeout>()
  readonly #waiting: Waiting[] = []
  /** How many tasks of each tenant run. */
  readonly #running = new Map<string, number>()
  #isClosed = false

  constructor(limits: ThreadPoolLimits) {
    this.#limits = limits
  }

  /** Tasks that run, those whose threads are being ended included, and tasks that wait. */
  get load(): { running: number; waiting: number } {
    let running = 0
    for (const count of this.#running.values()) running += count
    return { running, waiting: this.#waiting.length }
  }

  /**
   * Does a task in a thread; resolves with its first part. Rejects with `too-many-tasks` (429) at once, with `task-too-long` or `task-too-large`
   * (422), the reason of the signal, or what the task throws; later the stream fails with these.
   */
  async run(call: ThreadCall): Promise<ReadableStream<ThreadPart>> {
    const { tenantId, signal } = call
    signal.throwIfAborted()
    const waiting = this.#waiting.filter((other) => other.tenantId === tenantId).length
    const { tasksPerTenant } = this.#limits
    if (this.#isClosed || waiting + (this.#running.get(tenantId) ?? 0) >= tasksPerTenant)
      throw tooManyTasks(tasksPerTenant)
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1)
        reject(signal.reason)
      }
      const entry: Waiting = {
        tenantId,
        begin: async () => {
          signal.removeEventListener('abort', leave)
          const worker = this.#take()
          const { answer, ended } = performTask(worker, call, this.#limits)
          answer.then(resolve, reject)
          if ((await ended) === 'reusable' && !this.#isClosed) this.#keep(worker)
          else await worker.terminate()
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(entry)
      this.#next()
    })
  }

  /** Ends the threads that have nothing to do, and takes no more tasks; those that run end with their signals. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#idle.keys()].map((worker) => this.#drop(worker)))
  }

  /** Begins what may begin: the first that waits of a tenant that has not its share. */
  #next(): void {
    while (this.load.running < this.#limits.threads) {
      const at = this.#waiting.findIndex(
        ({ tenantId }) => (this.#running.get(tenantId) ?? 0) < this.#limits.threadsPerTenant,
      )
      const [entry] = at < 0 ? [] : this.#waiting.splice(at, 1)
      if (!entry) return
      const { tenantId } = entry
      this.#running.set(tenantId, (this.#running.get(tenantId) ?? 0) + 1)
      void entry.begin().then(() => {
        const left = (this.#running.get(tenantId) ?? 1) - 1
        if (left === 0) this.#running.delete(tenantId)
        else this.#running.set(tenantId, left)
        this.#next()
      })
    }
  }

  #take(): Worker {
    for (const [worker, clock] of this.#idle) {
      clearTimeout(clock)
      this.#idle.delete(worker)
      worker.off('exit', this.#forget)
      worker.ref()
      return worker
    }
    return new Worker(new URL('./thread-child.ts', import.meta.url), {
      // The options of the parent (a test runner's, a debugger's) are not for it.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.memoryLimitMb },
    })
  }

  #keep(worker: Worker): void {
    worker.on('exit', this.#forget)
    worker.unref()
    this.#idle.set(worker, setTimeout(() => void this.#drop(worker), idleMs).unref())
  }

  async #drop(worker: Worker): Promise<void> {
    clearTimeout(this.#idle.get(worker))
    if (this.#idle.delete(worker)) await worker.terminate()
  }

  /** Threads that ended by themselves do nothing more. */
  readonly #forget = (): void => {
    for (const [worker, clock] of this.#idle)
      if (worker.threadId === -1) {
        clearTimeout(clock)
        this.#idle.delete(worker)
      }
  }
}

import { Worker } from 'node:worker_threads'
import { clamp } from '@heavylift/core/math'
import { KeyCache } from '../placement/near-score.ts'
import { control, type RunChunkMessage, type WorkerMessage } from './worker-messages.ts'

/** How a chunk left its thread. */
export type ChunkEnd =
  | { type: 'done'; inputsFailed: number }
  | { type: 'stopped' }
  | { type: 'unable'; reason: string; isTaskMissing: boolean }
  /** The thread ended under it, at an input or (null) before the first. */
  | { type: 'crashed'; index: number | null; reason: string }
  /** The thread was ended since an input took too long. */
  | { type: 'timed-out'; index: number | null; reason: string }

export interface ChunkListener {
  onProgress(done: number): void
  onRetry(index: number, reason: string): void
}

/**
 * A place for one thread. The thread is started with the first chunk and replaced when it ends. It keeps the process alive only while
 * it works.
 */
export class WorkerSlot {
  /** Its place among the slots of its executor. */
  readonly number: number
  readonly cache = new KeyCache()
  #flags = newFlags()
  #worker: Worker | null = null
  /** Why the thread is being ended from here. */
  #ending: 'stopped' | 'timed-out' | null = null

  constructor(number: number) {
    this.number = number
  }

  /** Runs a chunk; one at a time. Resolves however it ends. `inputTimeoutMs`: the thread is ended at an input that takes longer. */
  async run(
    message: RunChunkMessage,
    inputTimeoutMs: number | null,
    listener: ChunkListener,
  ): Promise<ChunkEnd> {
    const worker = (this.#worker ??= this.#start())
    const flags = this.#flags
    this.#ending = null
    Atomics.store(flags, control.stop, 0)
    Atomics.store(flags, control.index, -1)
    worker.ref()
    const clock = inputTimeoutMs === null ? null : this.#watchTime(inputTimeoutMs)
    const end = await new Promise<ChunkEnd>((resolve) => {
      let failure = ''
      worker.removeAllListeners()
      worker.on('message', (said: WorkerMessage) => {
        if (said.type === 'progress') listener.onProgress(said.done)
        else if (said.type === 'retry') listener.onRetry(said.index, said.reason)
        else if (said.type === 'unable') resolve(said)
        else
          resolve(
            said.end === 'done' ? { type: 'done', inputsFailed: said.inputsFailed } : { type: 'stopped' },
          )
      })
      worker.on('error', (error) => (failure = error instanceof Error ? error.message : String(error)))
      worker.on('exit', (code) => {
        if (this.#worker === worker) this.#worker = null
        const last = Atomics.load(flags, control.index)
        const index = last === -1 ? null : last
        if (this.#ending === 'stopped') return resolve({ type: 'stopped' })
        if (this.#ending === 'timed-out') {
          const reason = `It took longer than ${inputTimeoutMs} ms (inputTimeoutMs).`
          return resolve({ type: 'timed-out', index, reason })
        }
        const reason =
          failure === '' ? `The worker ended with code ${code}.` : `The worker failed: ${failure}`
        resolve({ type: 'crashed', index, reason })
      })
      worker.postMessage(message)
    })
    clearInterval(clock ?? undefined)
    this.#worker?.unref()
    return end
  }

  /** Asks the thread to save and stop before its next input. */
  stop(): void {
    Atomics.store(this.#flags, control.stop, 1)
  }

  /** Ends the thread now; what it had not saved is computed again some time. */
  async terminate(why: 'stopped' | 'timed-out' = 'stopped'): Promise<void> {
    this.#ending = why
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  /** Looks at the shared numbers: a thread that is kept busy by its task answers no message. */
  #watchTime(inputTimeoutMs: number): NodeJS.Timeout {
    let begun = -1
    let sinceMs = 0
    const look = (): void => {
      const now = performance.now()
      const isSame = Atomics.load(this.#flags, control.begun) === begun
      if (!isSame || Atomics.load(this.#flags, control.isBusy) === 0) {
        begun = Atomics.load(this.#flags, control.begun)
        sinceMs = now
      } else if (now - sinceMs >= inputTimeoutMs) void this.terminate('timed-out')
    }
    return setInterval(look, clamp(inputTimeoutMs / 10, 5, 500))
  }

  #start(): Worker {
    this.#flags = newFlags()
    // The options of the parent (a test runner's, a debugger's) are not for it.
    return new Worker(new URL('./chunk-worker-child.ts', import.meta.url), {
      workerData: this.#flags,
      execArgv: [],
    })
  }
}

function newFlags(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(control.length * 4))
}

import { Worker } from 'node:worker_threads'
import { KeyCache } from '../placement/near-score.ts'
import { control, type RunChunkMessage, type WorkerMessage } from './worker-messages.ts'

/** How a chunk left its thread. */
export type ChunkEnd =
  | { type: 'done' }
  | { type: 'stopped' }
  | { type: 'unable'; reason: string; isTaskMissing: boolean }
  /** The thread ended under it, at an input or (null) before the first. */
  | { type: 'crashed'; index: number | null; reason: string }

export interface ChunkListener {
  onProgress(done: number): void
  onRetry(index: number, reason: string): void
}

/**
 * A place for one thread. The thread is started with the first chunk and replaced when it crashes. It keeps the process alive only while
 * it works.
 */
export class WorkerSlot {
  readonly cache = new KeyCache()
  readonly #flags = new Int32Array(new SharedArrayBuffer(control.length * 4))
  #worker: Worker | null = null
  #isTerminating = false

  /** Runs a chunk; one at a time. Resolves however it ends. */
  async run(message: RunChunkMessage, listener: ChunkListener): Promise<ChunkEnd> {
    this.#isTerminating = false
    Atomics.store(this.#flags, control.stop, 0)
    Atomics.store(this.#flags, control.index, -1)
    const worker = (this.#worker ??= this.#start())
    worker.ref()
    const end = await new Promise<ChunkEnd>((resolve) => {
      let failure = ''
      worker.removeAllListeners()
      worker.on('message', (said: WorkerMessage) => {
        if (said.type === 'progress') listener.onProgress(said.done)
        else if (said.type === 'retry') listener.onRetry(said.index, said.reason)
        else resolve(said)
      })
      worker.on('error', (error) => (failure = error instanceof Error ? error.message : String(error)))
      worker.on('exit', (code) => {
        this.#worker = null
        const index = Atomics.load(this.#flags, control.index)
        const reason =
          failure === '' ? `The worker ended with code ${code}.` : `The worker failed: ${failure}`
        resolve(
          this.#isTerminating
            ? { type: 'stopped' }
            : { type: 'crashed', index: index === -1 ? null : index, reason },
        )
      })
      worker.postMessage(message)
    })
    this.#worker?.unref()
    return end
  }

  /** Asks the thread to save and stop before its next input. */
  stop(): void {
    Atomics.store(this.#flags, control.stop, 1)
  }

  /** Ends the thread now; what it had not saved is computed again some time. */
  async terminate(): Promise<void> {
    this.#isTerminating = true
    await this.#worker?.terminate()
    this.#worker = null
  }

  #start(): Worker {
    // The options of the parent (a test runner's, a debugger's) are not for it.
    return new Worker(new URL('./chunk-worker-child.ts', import.meta.url), {
      workerData: this.#flags,
      execArgv: [],
    })
  }
}

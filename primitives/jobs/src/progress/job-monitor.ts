import { Wakeup } from '@heavylift/core/async'
import { chunkCount, chunkRange } from '../ledger/job-file.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { isFinal, type JobProgress, type JobState } from './job-progress.ts'
import { RateMeter } from './rate-meter.ts'

/** Counts how far a job is and tells those who watch. `now` gives monotonic milliseconds. */
export class JobMonitor {
  readonly #ledger: Ledger
  readonly #now: () => number
  readonly #meter = new RateMeter()
  readonly #doneChunks: Set<number>
  /** Inputs done in chunks that are not. */
  readonly #partial = new Map<number, number>()
  #inputsDone = 0
  #failedAttempts = 0
  #state: JobState = 'waiting'
  #message: string | undefined
  readonly #changed = new Wakeup()
  readonly #ended = Promise.withResolvers<void>()

  constructor(ledger: Ledger, doneChunks: ReadonlySet<number>, now: () => number) {
    this.#ledger = ledger
    this.#now = now
    this.#doneChunks = new Set(doneChunks)
    for (const chunk of doneChunks) this.#inputsDone += this.#size(chunk)
    this.#tell()
  }

  /** Resolves with the final state. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  /** Inputs of the chunk that are done, as far as was heard. */
  inputsDoneOf(chunk: number): number {
    return this.#doneChunks.has(chunk) ? this.#size(chunk) : (this.#partial.get(chunk) ?? 0)
  }

  get state(): JobState {
    return this.#state
  }

  setState(state: JobState, message?: string): void {
    if (isFinal(this.#state) || state === this.#state) return
    this.#state = state
    this.#message = message
    if (isFinal(state)) this.#ended.resolve()
    this.#tell()
  }

  /** Sets how many inputs of an unfinished chunk are done; after a crash it may be fewer than before. */
  setPartial(chunk: number, done: number): void {
    if (this.#doneChunks.has(chunk)) return
    this.#inputsDone += done - (this.#partial.get(chunk) ?? 0)
    this.#partial.set(chunk, done)
    this.#tell()
  }

  setDone(chunk: number): void {
    if (this.#doneChunks.has(chunk)) return
    this.setPartial(chunk, this.#size(chunk))
    this.#partial.delete(chunk)
    this.#doneChunks.add(chunk)
    if (this.#doneChunks.size === chunkCount(this.#ledger.job)) this.setState('done')
    this.#tell()
  }

  addFailedAttempt(): void {
    this.#failedAttempts++
    this.#tell()
  }

  progress(): JobProgress {
    const { job } = this.#ledger
    const inputsPerSecond = this.#meter.perSecond()
    const left = job.inputs - this.#inputsDone
    return {
      jobId: job.id,
      state: this.#state,
      inputs: job.inputs,
      inputsDone: this.#inputsDone,
      chunks: chunkCount(job),
      chunksDone: this.#doneChunks.size,
      failedAttempts: this.#failedAttempts,
      inputsPerSecond,
      etaMs: inputsPerSecond === null || inputsPerSecond <= 0 ? null : (left * 1000) / inputsPerSecond,
      ...(this.#message !== undefined && { message: this.#message }),
    }
  }

  /** The newest progress at each turn, the final one last. */
  async *watch(): AsyncGenerator<JobProgress, void, undefined> {
    for (;;) {
      const since = this.#changed.count
      const progress = this.progress()
      yield progress
      if (isFinal(progress.state)) return
      await this.#changed.wait({ since })
    }
  }

  #size(chunk: number): number {
    const { first, end } = chunkRange(this.#ledger.job, chunk)
    return end - first
  }

  #tell(): void {
    this.#meter.add(this.#now(), this.#inputsDone)
    this.#changed.wake()
  }
}

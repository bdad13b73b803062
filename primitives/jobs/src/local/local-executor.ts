import { dirname } from 'node:path'
import { ConflictError, NotFoundError } from '@heavylift/core'
import type { JobExecutor } from '../job-executor.ts'
import { forgetCancel, JobReporter, silentReporter } from '../journal/job-reporter.ts'
import type { Presence } from '../journal/presence.ts'
import { chunkCount, chunkRange } from '../ledger/job-file.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { pickNearest } from '../placement/near-score.ts'
import { JobMonitor } from '../progress/job-monitor.ts'
import { isFinal, type JobProgress, type JobState } from '../progress/job-progress.ts'
import type { FailedAttempt, TaskFailure } from '../task/task.ts'
import { pickJob, type Waiting } from './pick-job.ts'
import { WorkerSlot, type ChunkEnd } from './worker-slot.ts'

/** So many waiting chunks of a job are looked at for the one whose keys a thread has read; the order is near enough kept. */
const nearWindow = 64

interface LocalJob {
  ledger: Ledger
  monitor: JobMonitor
  /** Chunks that wait, in order. */
  pending: number[]
  reporter: Pick<JobReporter, 'ended'>
  /** How often workers crashed at an input, or (by its negative number less one) at a chunk before its first input. */
  crashes: Map<number, number>
  poisoned: Map<number, TaskFailure>
  /** Set once a thread ended under several inputs: which of them did it is found by running one at a time. */
  isOneByOne: boolean
  /** Set while it is being stopped: nothing is started for it. */
  servedAt: number
  halting: Promise<void> | null
  haltingAs: JobState | null
}

/** A chunk on a thread. */
interface Running {
  job: LocalJob
  chunk: number
  startedAtMs: number
  isStopping: boolean
  /** The job that it makes room for. */
  preemptedBy: string | null
  ended: Promise<void>
}

export interface LocalSettings {
  workers: number
  stopGraceMs: number
  node: string
  origin: string
  /** `slurm-batch`: it runs a part of a job that another executor answers for. */
  role: 'local' | 'slurm-batch'
}

export class LocalExecutor implements JobExecutor {
  readonly #slots: WorkerSlot[]
  readonly #running = new Map<WorkerSlot, Running>()
  /** In the order of their start. */
  readonly #jobs = new Map<string, LocalJob>()
  readonly #settings: LocalSettings
  #served = 0
  #isClosed = false

  constructor(settings: LocalSettings) {
    this.#slots = Array.from({ length: settings.workers }, (_, i) => new WorkerSlot(i))
    this.#settings = settings
  }

  async start(ledger: Ledger): Promise<void> {
    await this.startChunks(
      ledger,
      Array.from({ length: chunkCount(ledger.job) }, (_, chunk) => chunk),
    )
  }

  /** As `start`, for some chunks of the ledger alone: the state stays `running` when they are done. */
  async startChunks(ledger: Ledger, chunks: readonly number[]): Promise<void> {
    if (this.#isClosed) throw executorClosed()
    const { id } = ledger.job
    const known = this.#jobs.get(id)
    await known?.halting
    if (known !== undefined && !isFinal(known.monitor.state)) return
    await known?.reporter.ended
    if (this.#settings.role === 'local') await forgetCancel(ledger.folder)
    const done = await ledger.doneChunks()
    const other = this.#jobs.get(id)
    if (other !== undefined && other !== known) return
    const monitor = new JobMonitor(ledger, done, () => performance.now())
    const pending = chunks.filter((chunk) => !done.has(chunk))
    const job: Omit<LocalJob, 'reporter'> = {
      ledger,
      monitor,
      pending,
      crashes: new Map(),
      poisoned: new Map(),
      isOneByOne: false,
      servedAt: 0,
      halting: null,
      haltingAs: null,
    }
    const { role, origin, node, workers } = this.#settings
    const isDone = done.size === chunkCount(ledger.job)
    if (isDone) monitor.setState('done')
    // Whoever only reads results leaves no trace.
    const reporter = isDone
      ? silentReporter
      : new JobReporter({
          ledger,
          monitor,
          executor: role,
          origin,
          node,
          workers,
          running: () => this.#runningOf(id),
          onCancel: () => void this.#halt(this.#job(id), 'cancelled'),
        })
    this.#jobs.delete(id)
    this.#jobs.set(id, Object.assign(job, { reporter }))
    this.#dispatch()
  }

  watch(jobId: string): AsyncIterable<JobProgress> {
    return this.#job(jobId).monitor.watch()
  }

  async cancel(jobId: string): Promise<void> {
    const job = this.#job(jobId)
    if (isFinal(job.monitor.state)) return
    await this.#halt(job, 'cancelled')
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#jobs.values()].map((job) => this.#halt(job, 'stopped')))
    await Promise.all(this.#slots.map((slot) => slot.terminate()))
    await Promise.all([...this.#jobs.values()].map(({ reporter }) => reporter.ended))
  }

  #runningOf(jobId: string): Presence['running'] {
    return [...this.#running]
      .filter(([, { job }]) => job.ledger.job.id === jobId)
      .map(([slot, { job, chunk, startedAtMs }]) => ({
        worker: slot.number,
        chunk,
        startedAtMs,
        inputsDone: job.monitor.inputsDoneOf(chunk),
      }))
  }

  #job(id: string): LocalJob {
    const job = this.#jobs.get(id)
    if (job !== undefined) return job
    throw new NotFoundError({
      code: 'job-not-running',
      message: `Job ${id} was not started here. Start it first.`,
    })
  }

  /**
   * Gives waiting chunks to idle threads, as `pickJob` says. Where threads are wanting, those of lower priorities are asked to stop, the
   * lowest first; they come back here when they have.
   */
  #dispatch(): void {
    const idle = this.#slots.filter((slot) => !this.#running.has(slot))
    while (idle.length > 0) {
      const waiting = this.#waiting()
      const next = waiting[pickJob(waiting.map((job) => this.#asWaiting(job)))]
      if (next === undefined) return
      this.#run(next, idle.shift()!)
    }
    // Threads that were told to stop will be idle soon; nobody else is stopped in their place.
    let soonIdle = [...this.#running.values()].filter(({ isStopping }) => isStopping).length
    for (const job of this.#waiting().sort((a, b) => b.ledger.job.priority - a.ledger.job.priority)) {
      let wanting = job.pending.length
      const served = Math.min(wanting, soonIdle)
      soonIdle -= served
      wanting -= served
      for (const [slot, running] of this.#byPriority()) {
        if (wanting === 0 || running.job.ledger.job.priority >= job.ledger.job.priority) break
        if (running.isStopping) continue
        running.isStopping = true
        running.preemptedBy = job.ledger.job.id
        slot.stop()
        wanting--
      }
    }
  }

  #waiting(): LocalJob[] {
    return [...this.#jobs.values()].filter((job) => job.pending.length > 0 && job.halting === null)
  }

  #asWaiting(job: LocalJob): Waiting {
    const running = [...this.#running.values()].filter((each) => each.job === job).length
    return { priority: job.ledger.job.priority, running, servedAt: job.servedAt }
  }

  /** What runs, the lowest priority first. */
  #byPriority(): [WorkerSlot, Running][] {
    return [...this.#running].sort(([, a], [, b]) => a.job.ledger.job.priority - b.job.ledger.job.priority)
  }

  #run(job: LocalJob, slot: WorkerSlot): void {
    const { near, id } = job.ledger.job
    const candidates = job.pending.slice(0, nearWindow).map((chunk) => near[chunk] ?? [])
    const [chunk] = job.pending.splice(pickNearest(candidates, slot.cache), 1) as [number]
    slot.cache.add(near[chunk] ?? [])
    job.monitor.setState('running')
    job.servedAt = ++this.#served
    const inFlight = job.isOneByOne ? 1 : job.ledger.job.inFlight
    const message = {
      root: dirname(job.ledger.folder),
      jobId: id,
      chunk,
      inFlight,
      poisoned: job.poisoned,
    }
    const listener = {
      onProgress: (done: number) => job.monitor.setPartial(chunk, done),
      onRetry: (index: number, reason: string) =>
        this.#noteAttempt(job, { chunk, index, cause: 'threw', reason }),
    }
    const ended = slot.run(message, job.ledger.job.inputTimeoutMs, listener).then((end) => {
      const running = this.#running.get(slot)!
      this.#running.delete(slot)
      this.#noteRan(slot, running, end)
      this.#settle(job, chunk, end, inFlight)
      if (!this.#isClosed) this.#dispatch()
    })
    const startedAtMs = job.ledger.nowMs()
    this.#running.set(slot, { job, chunk, startedAtMs, isStopping: false, preemptedBy: null, ended })
  }

  #noteRan(slot: WorkerSlot, { job, chunk, startedAtMs, preemptedBy }: Running, end: ChunkEnd): void {
    const { ledger, monitor } = job
    const { role, node } = this.#settings
    const { first, end: last } = chunkRange(ledger.job, chunk)
    // A batch of Slurm that is stopped without a cancel has lost its node to another job.
    const isTaken = preemptedBy !== null || (role === 'slurm-batch' && job.haltingAs === 'stopped')
    ledger.note({
      kind: 'ran',
      node,
      chunk,
      worker: slot.number,
      startedAtMs,
      end: end.type === 'stopped' && isTaken ? 'preempted' : end.type,
      inputsDone: end.type === 'done' ? last - first : monitor.inputsDoneOf(chunk),
      inputsFailed: end.type === 'done' ? end.inputsFailed : 0,
      ...(end.type === 'stopped' && preemptedBy !== null && { by: preemptedBy }),
    })
  }

  /** Where a chunk goes when it leaves its thread: done, or back to wait, or its job fails. */
  #settle(job: LocalJob, chunk: number, end: ChunkEnd, inFlight: number): void {
    if (end.type === 'done') return job.monitor.setDone(chunk)
    if (end.type === 'unable' && end.isTaskMissing) return this.#fail(job, end.reason)
    job.pending.push(chunk)
    job.pending.sort((a, b) => a - b)
    if (end.type === 'stopped') return
    const { reason } = end
    const index = end.type === 'unable' ? null : end.index
    const cause = end.type === 'timed-out' ? 'timed-out' : 'crashed'
    this.#noteAttempt(job, { chunk, index, cause, reason })
    if (inFlight > 1) {
      job.isOneByOne = true
      return
    }
    const key = index ?? -1 - chunk
    const crashes = (job.crashes.get(key) ?? 0) + 1
    job.crashes.set(key, crashes)
    if (crashes <= job.ledger.job.retries) return
    if (index === null) return this.#fail(job, `Chunk ${chunk} cannot be run: ${reason}`)
    const code = cause === 'timed-out' ? 'input-timed-out' : 'worker-crashed'
    job.poisoned.set(index, { code, message: reason })
  }

  #fail(job: LocalJob, message: string): void {
    void this.#halt(job, 'failed', message)
  }

  #noteAttempt(
    job: LocalJob,
    attempt: { chunk: number; index: number | null; cause: FailedAttempt['kind']; reason: string },
  ): void {
    job.ledger.note({ kind: 'attempt', ...attempt, node: this.#settings.node })
    job.monitor.addFailedAttempt()
  }

  /** Stops what runs for a job, by force when it takes longer than the grace, then sets its final state. */
  #halt(job: LocalJob, state: JobState, message?: string): Promise<void> {
    if (isFinal(job.monitor.state)) return Promise.resolve()
    job.haltingAs ??= state
    return (job.halting ??= this.#stopRunning(job).then(() => job.monitor.setState(state, message)))
  }

  async #stopRunning(job: LocalJob): Promise<void> {
    const own = [...this.#running].filter(([, running]) => running.job === job)
    for (const [slot, running] of own) {
      running.isStopping = true
      slot.stop()
    }
    const grace = setTimeout(() => {
      for (const [slot, running] of own) if (this.#running.get(slot) === running) void slot.terminate()
    }, this.#settings.stopGraceMs)
    await Promise.all(own.map(([, running]) => running.ended))
    clearTimeout(grace)
  }
}

function executorClosed(): ConflictError {
  return new ConflictError({
    code: 'job-executor-closed',
    message: 'The executor was closed. Open another one.',
  })
}

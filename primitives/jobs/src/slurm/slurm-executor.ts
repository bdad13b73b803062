import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import { ConflictError, NotFoundError } from '@heavylift/core'
import { FaultDetector } from '../faults/fault-detector.ts'
import type { JobExecutor } from '../job-executor.ts'
import { chunkCount } from '../ledger/job-file.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { JobMonitor } from '../progress/job-monitor.ts'
import { isFinal, type JobProgress } from '../progress/job-progress.ts'
import { isCrash, isLive, type ArrayTask } from './array-tasks.ts'
import type { SlurmExecutorOptions } from './open-slurm-executor.ts'
import { planArrays } from './plan-arrays.ts'
import type { SlurmClient } from './slurm-client.ts'

type Settings = Required<Omit<SlurmExecutorOptions, 'env'>>

interface SlurmJob {
  ledger: Ledger
  monitor: JobMonitor
  /** Batches of each array that was submitted here, by its job id. */
  arrays: Map<number, number[][]>
  /** Arrays that wait for room in the queue. */
  unsubmitted: number[][][]
  /** Ended tasks that were looked at. */
  settled: Set<string>
  /** How often a process crashed with this chunk as its next. */
  crashes: Map<number, number>
  attemptsBefore: number
  attemptsTold: number
  polling: Promise<void>
}

export class SlurmExecutor implements JobExecutor {
  readonly #slurm: SlurmClient
  readonly #settings: Settings
  readonly #faults: FaultDetector
  readonly #jobs = new Map<string, SlurmJob>()
  readonly #closing = new AbortController()

  constructor(slurm: SlurmClient, settings: Settings) {
    this.#slurm = slurm
    this.#settings = settings
    this.#faults = new FaultDetector(settings.crashesToDrain)
  }

  async start(ledger: Ledger): Promise<void> {
    if (this.#closing.signal.aborted) {
      throw new ConflictError({
        code: 'job-executor-closed',
        message: 'The executor was closed. Open another one.',
      })
    }
    const { id } = ledger.job
    const known = this.#jobs.get(id)
    if (known !== undefined && !isFinal(known.monitor.state)) return
    const attempts = (await ledger.attempts()).length
    const job: SlurmJob = {
      ledger,
      monitor: new JobMonitor(ledger, await ledger.doneChunks(), () => performance.now()),
      arrays: new Map(),
      unsubmitted: [],
      // What ended before this start is of no interest.
      settled: new Set((await this.#slurm.tasks(jobName(ledger))).filter((t) => !isLive(t)).map(taskKey)),
      crashes: new Map(),
      attemptsBefore: attempts,
      attemptsTold: 0,
      polling: Promise.resolve(),
    }
    this.#jobs.set(id, job)
    if (job.monitor.progress().chunksDone === chunkCount(ledger.job)) return job.monitor.setState('done')
    await mkdir(join(ledger.folder, 'slurm'), { recursive: true })
    // What made it fail may have been mended.
    await rm(join(ledger.folder, 'failure'), { force: true })
    await this.#poll(job)
    job.polling = this.#follow(job)
  }

  watch(jobId: string): AsyncIterable<JobProgress> {
    return this.#job(jobId).monitor.watch()
  }

  async cancel(jobId: string): Promise<void> {
    const job = this.#job(jobId)
    if (isFinal(job.monitor.state)) return
    job.monitor.setState('cancelled')
    await job.polling
    await this.#slurm.cancel(jobName(job.ledger))
    while ((await this.#slurm.tasks(jobName(job.ledger))).some(isLive)) await wait(this.#settings.pollMs)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all([...this.#jobs.values()].map(({ polling }) => polling))
    for (const { monitor } of this.#jobs.values()) monitor.setState('stopped')
  }

  #job(id: string): SlurmJob {
    const job = this.#jobs.get(id)
    if (job !== undefined) return job
    throw new NotFoundError({
      code: 'job-not-running',
      message: `Job ${id} was not started here. Start it first.`,
    })
  }

  async #follow(job: SlurmJob): Promise<void> {
    while (!isFinal(job.monitor.state) && !this.#closing.signal.aborted) {
      await wait(this.#settings.pollMs, undefined, { signal: this.#closing.signal }).catch(() => {})
      try {
        await this.#poll(job)
      } catch {
        // A controller that is away for a while comes back; the arrays run on without it, and it is asked again.
      }
    }
  }

  /** Compares what the ledger has with what Slurm does, and submits what neither will do. */
  async #poll(job: SlurmJob): Promise<void> {
    const { ledger, monitor } = job
    // The queue first: a task that is seen to have ended has published its chunks by the time that the ledger is read.
    const tasks = await this.#slurm.tasks(jobName(ledger))
    const done = await ledger.doneChunks()
    await this.#report(job, done, tasks)
    if (isFinal(monitor.state)) return
    for (const task of tasks)
      if (!isLive(task) && !job.settled.has(taskKey(task))) await this.#settle(job, task, done)
    if (isFinal(monitor.state)) return
    const live = tasks.filter(isLive).length
    if (live === 0 && job.unsubmitted.length === 0) {
      const missing = Array.from({ length: chunkCount(ledger.job) }, (_, chunk) => chunk).filter(
        (c) => !done.has(c),
      )
      const { chunksPerBatch, maxQueued } = this.#settings
      const size = Math.min(await this.#slurm.maxArraySize(), maxQueued)
      job.unsubmitted = planArrays(missing, chunksPerBatch, size)
    }
    let queued = live
    while (job.unsubmitted.length > 0 && queued + job.unsubmitted[0]!.length <= this.#settings.maxQueued) {
      queued += job.unsubmitted[0]!.length
      await this.#submit(job, job.unsubmitted[0]!)
      job.unsubmitted.shift()
    }
  }

  async #report(job: SlurmJob, done: ReadonlySet<number>, tasks: readonly ArrayTask[]): Promise<void> {
    const { ledger, monitor } = job
    if (tasks.some(({ state }) => state === 'RUNNING')) monitor.setState('running')
    for (const chunk of await ledger.checkpointedChunks()) {
      if (!done.has(chunk)) monitor.setPartial(chunk, (await ledger.checkpoint(chunk)).length)
    }
    const attempts = (await ledger.attempts()).length - job.attemptsBefore
    for (; job.attemptsTold < attempts; job.attemptsTold++) monitor.addFailedAttempt()
    for (const chunk of done) monitor.setDone(chunk)
    const failure = await readFile(join(ledger.folder, 'failure'), 'utf8').catch(() => null)
    if (failure === null || isFinal(monitor.state)) return
    monitor.setState('failed', failure)
    await this.#slurm.cancel(jobName(ledger))
  }

  /** Looks at a task that ended: a batch that is not done has crashed, and its node may be to blame. */
  async #settle(job: SlurmJob, task: ArrayTask, done: ReadonlySet<number>): Promise<void> {
    job.settled.add(taskKey(task))
    const batch = task.index === null ? undefined : job.arrays.get(task.arrayJobId)?.[task.index]
    const chunk = batch?.find((c) => !done.has(c))
    if (chunk === undefined) return this.#faults.addSuccess(task.node)
    if (!isCrash(task)) return
    const reason = `Slurm says ${task.state} (${task.reason}).`
    job.ledger.note({ kind: 'attempt', chunk, index: null, cause: 'crashed', node: task.node, reason })
    if (task.node !== '' && this.#faults.addCrash(task.node, chunk)) {
      // Without an operator's rights the node is left out by the arrays to come alone.
      await this.#slurm
        .drain(task.node, `heavylift: crashed on several chunks, last ${chunk}`)
        .catch(() => {})
    }
    const crashes = (job.crashes.get(chunk) ?? 0) + 1
    job.crashes.set(chunk, crashes)
    if (crashes <= job.ledger.job.retries) return
    job.monitor.setState('failed', `Chunk ${chunk} cannot be run: ${reason}`)
    await this.#slurm.cancel(jobName(job.ledger))
  }

  async #submit(job: SlurmJob, batches: number[][]): Promise<void> {
    const { ledger } = job
    const { workersPerBatch } = this.#settings
    const stem = join(ledger.folder, 'slurm', randomUUID())
    await writeFile(`${stem}.json`, JSON.stringify(batches))
    const child = fileURLToPath(new URL('./batch-child.ts', import.meta.url))
    const command = [process.execPath, child, dirname(ledger.folder), ledger.job.id, `${stem}.json`]
    // `exec`: SIGTERM must reach the program, not a shell before it.
    await writeFile(`${stem}.sh`, `#!/bin/sh\nexec ${command.map(quote).join(' ')} ${workersPerBatch}\n`)
    const arrayJobId = await this.#slurm.submit({
      name: jobName(ledger),
      partition: this.#partition(ledger.job.priority),
      size: batches.length,
      cpusPerTask: workersPerBatch,
      excludedNodes: this.#faults.faultyNodes(),
      script: `${stem}.sh`,
      output: join(ledger.folder, 'slurm', '%A_%a.log'),
    })
    job.arrays.set(arrayJobId, batches)
  }

  #partition(priority: number): string {
    const byPriority = [...this.#settings.partitions].sort((a, b) => a.priority - b.priority)
    return (byPriority.findLast((partition) => partition.priority <= priority) ?? byPriority[0]!).name
  }
}

/** Finds the arrays of a job in the queue, also those of a process that was killed. */
function jobName(ledger: Ledger): string {
  return `heavylift-${ledger.job.id}`
}

/** A requeued task ends again under the same key; only its last end leaves the queue. */
function taskKey({ arrayJobId, index }: ArrayTask): string {
  return `${arrayJobId}_${index}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

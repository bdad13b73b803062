import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hostname } from 'node:os'
import { ConflictError, NotFoundError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { JobExecutor } from '../job-executor.ts'
import { askCancel, forgetCancel, JobReporter, silentReporter } from '../journal/job-reporter.ts'
import { chunkCount } from '../ledger/job-file.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { orderByNear } from '../placement/order-by-near.ts'
import { JobMonitor } from '../progress/job-monitor.ts'
import { isFinal, type JobProgress } from '../progress/job-progress.ts'
import { isCrash, isLive, taskKey, type ArrayTask } from './array-tasks.ts'
import { NodeWatch } from './node-watch.ts'
import type { SlurmExecutorOptions } from './slurm-options.ts'
import { planArrays } from './plan-arrays.ts'
import type { SlurmClient } from './slurm-client.ts'
import {
  readArrays,
  readClaims,
  recordArray,
  toSubmissionStem,
  writeSubmission,
  type Submission,
} from './submission.ts'
import { findUncovered } from './uncovered.ts'

type Settings = Required<Omit<SlurmExecutorOptions, 'env'>>

interface SlurmJob {
  ledger: Ledger
  monitor: JobMonitor
  reporter: Pick<JobReporter, 'ended'>
  /** By the array's job id; those of an executor before this one too. */
  arrays: Map<number, Submission>
  /** Ended tasks that were looked at. */
  settled: Set<string>
  /** Where each task that runs is. */
  ranOn: Map<string, string>
  /** Nodes on which any task ran. */
  nodes: Set<string>
  /** How often a process crashed with this chunk as its next. */
  crashes: Map<number, number>
  attemptsBefore: number
  attemptsTold: number
  polling: Promise<void>
}

export class SlurmExecutor implements JobExecutor {
  readonly #slurm: SlurmClient
  readonly #settings: Settings
  readonly #nodes: NodeWatch
  readonly #jobs = new Map<string, SlurmJob>()
  readonly #closing = new AbortController()

  constructor(slurm: SlurmClient, settings: Settings) {
    this.#slurm = slurm
    this.#settings = settings
    this.#nodes = new NodeWatch(slurm, settings.crashesToDrain, settings.spareNodes)
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
    await known?.polling
    await known?.reporter.ended
    await mkdir(join(ledger.folder, 'slurm'), { recursive: true })
    await forgetCancel(ledger.folder)
    // What made it fail may have been mended.
    await rm(join(ledger.folder, 'failure'), { force: true })
    const attempts = (await ledger.attempts()).length
    const done = await ledger.doneChunks()
    const monitor = new JobMonitor(ledger, done, () => performance.now())
    const isDone = done.size === chunkCount(ledger.job)
    if (isDone) monitor.setState('done')
    const arrays = await readArrays(ledger.folder)
    // What ended before this start is of no interest.
    const before = isDone ? [] : await this.#slurm.tasks(jobName(ledger))
    const job: SlurmJob = {
      ledger,
      monitor,
      reporter: isDone ? silentReporter : this.#report(ledger, monitor),
      arrays,
      settled: new Set(before.filter((task) => !isLive(task)).map(taskKey)),
      ranOn: new Map(),
      nodes: new Set(),
      crashes: new Map(),
      attemptsBefore: attempts,
      attemptsTold: 0,
      polling: Promise.resolve(),
    }
    this.#jobs.set(id, job)
    if (isDone) return
    await this.#poll(job).catch((error: unknown) => {
      monitor.setState('stopped')
      throw error
    })
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
    await this.#stopArrays(job)
    while ((await this.#slurm.tasks(jobName(job.ledger))).some(isLive)) await sleep(this.#settings.pollMs)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    const jobs = [...this.#jobs.values()]
    await Promise.all(jobs.map(({ polling }) => polling))
    for (const { monitor } of jobs) monitor.setState('stopped')
    await Promise.all(jobs.map(({ reporter }) => reporter.ended))
  }

  #report(ledger: Ledger, monitor: JobMonitor): JobReporter {
    return new JobReporter({
      ledger,
      monitor,
      executor: 'slurm',
      origin: this.#settings.origin,
      node: hostname(),
      workers: this.#settings.workersPerBatch,
      running: () => [],
      onCancel: () => void this.cancel(ledger.job.id).catch(() => {}),
    })
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
      await sleep(this.#settings.pollMs, this.#closing.signal)
      try {
        await this.#poll(job)
      } catch {
        // A controller that is away for a while comes back; the arrays run on without it, and it is asked again.
      }
    }
  }

  /** Compares what the ledger has with what Slurm does, and submits what neither will do. */
  async #poll(job: SlurmJob): Promise<void> {
    const { ledger, monitor, arrays } = job
    // The queue first: a task that is seen to have ended has published its chunks by the time that the ledger is read.
    const tasks = await this.#slurm.tasks(jobName(ledger))
    const done = await ledger.doneChunks()
    await this.#update(job, done, tasks)
    if (isFinal(monitor.state)) return
    const claims = new Map<number, ReadonlyMap<number, number>>()
    for (const id of new Set(tasks.map(({ arrayJobId }) => arrayJobId))) {
      const submission = arrays.get(id)
      if (submission !== undefined) claims.set(id, await readClaims(ledger.folder, submission.id))
    }
    this.#noteRequeues(job, tasks, claims)
    for (const task of tasks) {
      if (isLive(task) || job.settled.has(taskKey(task))) continue
      await this.#settle(job, task, done, claims)
      if (isFinal(monitor.state)) return
    }
    await this.#nodes.look(job.nodes, (event) => ledger.note(event))
    const chunks = findUncovered({ chunks: chunkCount(ledger.job), done, tasks, arrays, claims })
    await this.#submit(job, chunks, tasks.filter(isLive).length)
  }

  async #update(job: SlurmJob, done: ReadonlySet<number>, tasks: readonly ArrayTask[]): Promise<void> {
    const { ledger, monitor } = job
    if (tasks.some(({ state }) => state === 'RUNNING')) monitor.setState('running')
    for (const chunk of await ledger.checkpointedChunks()) {
      if (!done.has(chunk)) monitor.setPartial(chunk, (await ledger.checkpoint(chunk)).length)
    }
    const attempts = (await ledger.attempts()).length - job.attemptsBefore
    for (; job.attemptsTold < attempts; job.attemptsTold++) monitor.addFailedAttempt()
    for (const chunk of done) monitor.setDone(chunk)
    const failure = await readFile(join(ledger.folder, 'failure'), 'utf8').catch(() => null)
    if (failure !== null && !isFinal(monitor.state)) await this.#fail(job, failure)
  }

  /** A task that ran and waits again was put back by Slurm. */
  #noteRequeues(
    job: SlurmJob,
    tasks: readonly ArrayTask[],
    claims: ReadonlyMap<number, ReadonlyMap<number, number>>,
  ): void {
    for (const task of tasks) {
      const key = taskKey(task)
      if (task.state === 'RUNNING') {
        job.ranOn.set(key, task.node)
        job.nodes.add(task.node)
      }
      const node = job.ranOn.get(key)
      if (task.state !== 'PENDING' || node === undefined) continue
      job.ranOn.delete(key)
      const batch = claims.get(task.arrayJobId)?.get(task.index ?? -1)
      const chunks = batch === undefined ? 0 : (job.arrays.get(task.arrayJobId)?.batches[batch]?.length ?? 0)
      const reason = `Slurm took the node from task ${key} (a more urgent job, or the node is lost)`
      job.ledger.note({ kind: 'requeued', node, chunks, reason })
    }
  }

  /** Looks at a task that ended: a batch that is not done has crashed, and its node may be to blame. */
  async #settle(
    job: SlurmJob,
    task: ArrayTask,
    done: ReadonlySet<number>,
    claims: ReadonlyMap<number, ReadonlyMap<number, number>>,
  ): Promise<void> {
    job.settled.add(taskKey(task))
    const submission = job.arrays.get(task.arrayJobId)
    const place = claims.get(task.arrayJobId)?.get(task.index ?? -1)
    const batch = place === undefined ? undefined : submission?.batches[place]
    const chunk = batch?.find((c) => !done.has(c))
    if (!isCrash(task)) return this.#nodes.addSuccess(task.node)
    const { ledger } = job
    const reason = `Slurm says ${task.state} (${task.reason}).`
    // One that crashed before it took a batch says something of its node alone.
    const at = chunk ?? -1 - (task.index ?? 0)
    await this.#nodes.addCrash(task.node, at, reason, (event) => ledger.note(event))
    if (chunk === undefined) return
    ledger.note({ kind: 'attempt', chunk, index: null, cause: 'crashed', node: task.node, reason })
    const crashes = (job.crashes.get(chunk) ?? 0) + 1
    job.crashes.set(chunk, crashes)
    if (crashes > ledger.job.retries) await this.#fail(job, `Chunk ${chunk} cannot be run: ${reason}`)
  }

  async #fail(job: SlurmJob, message: string): Promise<void> {
    job.monitor.setState('failed', message)
    await this.#stopArrays(job)
  }

  async #stopArrays({ ledger }: SlurmJob): Promise<void> {
    // So that those who are stopped know why.
    await askCancel(ledger.folder)
    await this.#slurm.cancel(jobName(ledger))
  }

  async #submit(job: SlurmJob, chunks: readonly number[], queued: number): Promise<void> {
    const { chunksPerBatch, maxQueued } = this.#settings
    const room = maxQueued - queued
    if (chunks.length === 0 || room <= 0) return
    const ordered = orderByNear(chunks, job.ledger.job.near).slice(0, room * chunksPerBatch)
    for (const batches of planArrays(ordered, chunksPerBatch, await this.#slurm.maxArraySize())) {
      await this.#submitArray(job, batches)
    }
  }

  async #submitArray({ ledger, arrays }: SlurmJob, batches: number[][]): Promise<void> {
    const { workersPerBatch } = this.#settings
    const submission = await writeSubmission(ledger.folder, batches)
    const script = `${toSubmissionStem(ledger.folder, submission.id)}.sh`
    const child = fileURLToPath(new URL('./batch-child.ts', import.meta.url))
    const command = [process.execPath, child, dirname(ledger.folder), ledger.job.id, submission.id]
    // `exec`: SIGTERM must reach the program, not a shell before it.
    await writeFile(script, `#!/bin/sh\nexec ${command.map(quote).join(' ')} ${workersPerBatch}\n`)
    const arrayJobId = await this.#slurm.submit({
      name: jobName(ledger),
      partition: this.#partition(ledger.job.priority),
      size: batches.length,
      cpusPerTask: workersPerBatch,
      excludedNodes: this.#nodes.excluded(),
      script,
      output: join(ledger.folder, 'slurm', '%A_%a.log'),
    })
    arrays.set(arrayJobId, submission)
    await recordArray(ledger.folder, arrayJobId, submission.id)
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

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

import { ConflictError, HeavyliftError } from '@heavylift/core'
import type { JobExecutor } from './job-executor.ts'
import { createLedger, type JobInputs, type JobOptions } from './ledger/create-ledger.ts'
import { chunkCount } from './ledger/job-file.ts'
import { openLedger, type Ledger } from './ledger/ledger.ts'
import { isFinal, type JobProgress } from './progress/job-progress.ts'
import type { FailedAttempt, Outcome, TaskReference } from './task/task.ts'

export interface RunOptions<I> extends JobOptions<I> {
  executor: JobExecutor
  /** Where ledgers are kept; for an executor of several machines, a folder that all of them see. */
  folder: string
}

/** A job that was started. */
export interface JobRun<O> {
  id: string
  progress(): AsyncIterable<JobProgress>
  /**
   * Every outcome in the order of the inputs, each as soon as those before it are there; nothing is read ahead of the reader. Throws a
   * `ConflictError` (`job-not-done`) when the job ends without the next one.
   */
  outcomes(): AsyncIterable<Outcome<O>>
  /** Resolves with the last progress, `done`, `cancelled` or `stopped`. Throws `job-failed` when the task cannot be run at all. */
  finished(): Promise<JobProgress>
  /** Attempts that failed so far, with their reasons. */
  attempts(): Promise<FailedAttempt[]>
  cancel(): Promise<void>
}

/**
 * Runs a task for every input. The same call again, after a kill or a cancel or on another executor, goes on where the first one was; after
 * its end it reads the results. An iterable of `inputs` must be finite and is held in memory while the job is made;
 * `JobInputs` are made a chunk at a time.
 */
export async function runMany<I, O>(
  task: TaskReference,
  inputs: Iterable<I> | JobInputs<I>,
  options: RunOptions<I>,
): Promise<JobRun<O>> {
  const ledger = await createLedger(options.folder, task, inputs, options)
  return startRun(options.executor, ledger)
}

/** Goes on with a job by its id alone. Throws a `NotFoundError` (`job-not-found`). */
export async function resumeJob<O>(
  id: string,
  options: { executor: JobExecutor; folder: string },
): Promise<JobRun<O>> {
  return startRun(options.executor, await openLedger(options.folder, id))
}

/** Hands a job to its executor, which goes on where the ledger stands. */
export async function startRun<O>(executor: JobExecutor, ledger: Ledger): Promise<JobRun<O>> {
  const { id } = ledger.job
  await executor.start(ledger)
  return {
    id,
    progress: () => executor.watch(id),
    outcomes: () => readOutcomes<O>(executor, ledger),
    async finished() {
      let last: JobProgress | undefined
      for await (const progress of executor.watch(id)) last = progress
      if (last!.state !== 'failed') return last!
      throw new HeavyliftError({ code: 'job-failed', message: last!.message ?? 'The job failed.' })
    },
    attempts: () => ledger.attempts(),
    cancel: () => executor.cancel(id),
  }
}

async function* readOutcomes<O>(executor: JobExecutor, ledger: Ledger): AsyncGenerator<Outcome<O>> {
  let done = await ledger.doneChunks()
  for (let chunk = 0; chunk < chunkCount(ledger.job); chunk++) {
    if (!done.has(chunk)) done = await waitForChunk(executor, ledger, chunk)
    yield* await ledger.outcomes<O>(chunk)
  }
}

async function waitForChunk(executor: JobExecutor, ledger: Ledger, chunk: number): Promise<Set<number>> {
  let seen = -1
  for await (const { chunksDone, state } of executor.watch(ledger.job.id)) {
    if (chunksDone === seen && !isFinal(state)) continue
    seen = chunksDone
    const done = await ledger.doneChunks()
    if (done.has(chunk)) return done
  }
  throw new ConflictError({
    code: 'job-not-done',
    message: `Job ${ledger.job.id} ended before all results were there. Start it again to go on.`,
  })
}

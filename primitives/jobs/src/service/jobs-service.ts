import type { ExecutorName } from '../journal/job-event.ts'
import type { JobInputs, JobOptions } from '../ledger/create-ledger.ts'
import type { JobRun } from '../run-many.ts'
import type { Outcome, TaskReference } from '../task/task.ts'
import type { JobDetail, JobSummary, NodesPicture } from './job-summary.ts'

/**
 * The jobs of an installation: one folder of ledgers, this process's executors, and what other processes do in the same folder. Systems get
 * it as `services.jobs`; a command opens its own with `openJobsForCommand`.
 */
export interface JobsService {
  /** Where the ledgers are: `<data>/jobs`. */
  readonly folder: string
  /** `slurm` only where the configuration names a cluster. */
  readonly executors: readonly ExecutorName[]
  /**
   * As `runMany`, in the folder and on an executor of this installation (default `local`). The same call again goes on with the same job.
   * Throws an `InvalidInputError` (`slurm-not-configured`), and `jobs-full` (429) when it would be one more under way than there may be.
   */
  run<I, O>(
    task: TaskReference,
    inputs: Iterable<I> | JobInputs<I>,
    options?: JobOptions<I> & { executor?: ExecutorName },
  ): Promise<JobRun<O>>
  /** Goes on with a job in this process, on the executor that it had last. Throws `job-not-found`, or `job-is-running` when another has it. */
  resume<O>(id: string, options?: { executor?: ExecutorName }): Promise<JobRun<O>>
  /** What is there of a job's results, in order, without running it. Chunks that are not done are left out. */
  outcomes<O>(id: string): AsyncIterable<Outcome<O>>
  /** Stops a job, whichever process runs it; resolves when nobody works on it any more. Throws `job-not-found`. */
  cancel(id: string): Promise<void>
  /** Deletes a job, results and all. Throws `job-not-found`, or `job-is-running` while somebody works on it. */
  remove(id: string): Promise<void>
  /** Deletes what is kept for no longer (`keepDays`, `keepJobs`), and what kills left; gives the ids of the jobs. */
  removeOld(): Promise<string[]>
  /** Newest first. */
  list(): Promise<JobSummary[]>
  /** Throws `job-not-found`. */
  show(id: string): Promise<JobDetail>
  /** Nodes, how busy they were, and what happened on them. Default: the last 15 minutes. */
  nodes(windowMs?: number): Promise<NodesPicture>
  /** Goes on with the jobs that an earlier process of the same origin left; `error` where that is not possible, else null. */
  resumeStopped(): Promise<{ id: string; error: unknown }[]>
  /** Saves and stops what this process runs. */
  close(): Promise<void>
}

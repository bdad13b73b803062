import type { JobState } from '../progress/job-progress.ts'

/** Where jobs can run. */
export type ExecutorName = 'local' | 'slurm'

/** How a chunk left a worker. */
export type RanEnd = 'done' | 'preempted' | 'stopped' | 'crashed' | 'timed-out' | 'unable'

/** What happened to a job; each writer has a file of its own in `journal/`, a line an event. */
export type JobEvent = {
  /** Epoch milliseconds, by the clock of the machine that wrote it. */
  atMs: number
  /** Where it happened. */
  node: string
} & JobHappening

export type JobHappening =
  /** An executor took the job up. */
  | { kind: 'started'; executor: ExecutorName; origin: string; workers: number }
  /** A chunk left a worker; it had been there since `startedAtMs`. */
  | {
      kind: 'ran'
      chunk: number
      worker: number
      startedAtMs: number
      end: RanEnd
      /** Inputs of the chunk that have an outcome now, and how many of these are failures (0 while unknown). */
      inputsDone: number
      inputsFailed: number
      /** The job that took the worker. */
      by?: string
    }
  /** An input, or (null) a whole process, failed and is tried again or given up. */
  | {
      kind: 'attempt'
      chunk: number
      index: number | null
      cause: 'threw' | 'crashed' | 'timed-out'
      reason: string
    }
  /** Slurm put a batch back into its queue: preemption, a lost node, the end of its time. */
  | { kind: 'requeued'; chunks: number; reason: string }
  /** The node takes no more chunks. */
  | { kind: 'drained'; reason: string; byCluster: boolean }
  /** The node's daemon or the whole node is gone. */
  | { kind: 'node-lost'; reason: string }
  /** Another node was brought in for `node`. */
  | { kind: 'replaced'; by: string }
  /** The executor heard that somebody wants the job stopped. */
  | { kind: 'cancel-heard' }
  /** A process on a node of Slurm was told to end. */
  | { kind: 'stop-heard' }
  | { kind: 'ended'; state: JobState; message?: string }

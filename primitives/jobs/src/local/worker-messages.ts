import type { TaskFailure } from '../task/task.ts'

/** Sent to a worker thread that has nothing to do. */
export interface RunChunkMessage {
  /** The folder that holds the ledger, and the job's id. */
  root: string
  jobId: string
  chunk: number
  poisoned: ReadonlyMap<number, TaskFailure>
}

/** Sent by a worker thread; the last three end the chunk. */
export type WorkerMessage =
  | { type: 'progress'; done: number }
  | { type: 'retry'; index: number; reason: string }
  | { type: 'done' }
  | { type: 'stopped' }
  /** The task cannot be loaded, or the ledger cannot be read or written. */
  | { type: 'unable'; reason: string; isTaskMissing: boolean }

/** Two numbers that both threads see at once, also while the task keeps its thread busy. */
export const control = {
  /** 1 asks the worker to stop before the next input. */
  stop: 0,
  /** The input that is being run, or -1. */
  index: 1,
  length: 2,
} as const

import type { ChunkRunEnd } from '../chunk/run-chunk.ts'
import type { TaskFailure } from '../task/task.ts'

/** Sent to a worker thread that has nothing to do. */
export interface RunChunkMessage {
  /** The folder that holds the ledger, and the job's id. */
  root: string
  jobId: string
  chunk: number
  /** Inputs under way at once. */
  inFlight: number
  poisoned: ReadonlyMap<number, TaskFailure>
}

/** Sent by a worker thread; the last two end the chunk. */
export type WorkerMessage =
  | { type: 'progress'; done: number }
  | { type: 'retry'; index: number; reason: string }
  | ({ type: 'ran' } & ChunkRunEnd)
  /** The task cannot be loaded, or the ledger cannot be read or written. */
  | { type: 'unable'; reason: string; isTaskMissing: boolean }

/** Numbers that both threads see at once, also while the task keeps its thread busy. */
export const control = {
  /** 1 asks the worker to stop before the next input. */
  stop: 0,
  /** The input that is being run, or was last, or -1. */
  index: 1,
  /** 1 while the task has the thread. */
  isBusy: 2,
  /** Goes up with each attempt at an input. */
  begun: 3,
  length: 4,
} as const

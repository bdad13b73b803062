/** Final are `done`, `cancelled`, `failed` (the task cannot be run at all) and `stopped` (the executor was closed). */
export type JobState = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed' | 'stopped'

export interface JobProgress {
  jobId: string
  state: JobState
  inputs: number
  /** Inputs that have an outcome, those of unfinished chunks included. */
  inputsDone: number
  chunks: number
  chunksDone: number
  /** Attempts that failed since the executor was started on it. */
  failedAttempts: number
  /** Over the last half minute of work; null until something is known. */
  inputsPerSecond: number | null
  /** Milliseconds until the end at that rate; null while unknown. */
  etaMs: number | null
  /** Why it is `failed`. */
  message?: string
}

export function isFinal(state: JobState): boolean {
  return state !== 'waiting' && state !== 'running'
}

/**
 * What is run for each input: an exported function of a module, named so that another thread, process or machine can find it. All of
 * them must see the module at the same URL.
 */
export interface TaskReference {
  /** A `file:` URL or the name of a package's export, e.g. `new URL('./scenario-task.ts', import.meta.url).href`. */
  module: string
  /** The name of the exported `TaskFunction`. */
  export: string
  /** Part of the job's identity: a new version computes everything anew. Default `''`. */
  version?: string
}

/**
 * The function itself. Its result must follow from the input alone (no clock, no unseeded randomness, no count of attempts): an
 * input may be run again after a kill, and the results must not tell. What it gets and returns are `Value`s of `value-codec.ts`.
 */
export type TaskFunction<I, O> = (input: I, context: TaskContext) => O | Promise<O>

export interface TaskContext {
  /** The input's place in the sequence, from 0: a seed that is the same in every attempt. */
  index: number
}

/** What became of one input. */
export type Outcome<O> =
  | { index: number; ok: true; value: O }
  | { index: number; ok: false; error: TaskFailure }

/** Why an input has no result, after its retries. Without a stack, which would name this machine's paths. */
export interface TaskFailure {
  /** The error's own `code`, `task-threw` where it has none, `worker-crashed` or `input-timed-out`. */
  code: string
  message: string
}

/** One attempt that failed; kept in the job's journal. */
export interface FailedAttempt {
  chunk: number
  /** The input that was being run, or null when that is unknown. */
  index: number | null
  kind: 'threw' | 'crashed' | 'timed-out'
  /** Where it ran: a node's name. */
  node: string
  reason: string
}

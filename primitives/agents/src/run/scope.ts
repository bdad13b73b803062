import type { Failure } from './entry.ts'

/** What expressions of a step see. */
export interface Scope {
  /** What the run was given. */
  input: unknown
  /** Steps that have ended, by id: `steps.classify.output`, `steps.sort.exit`, `steps.charge.error.message`. */
  steps: Record<string, StepResult>
  run: { id: string; agent: string; version: number; startedMs: number }
  /** Further names: the item of a map by its `as`, its `index`; in a loop's `stop` `turn`, `calls` and `text`. */
  [name: string]: unknown
}

export interface StepResult {
  output: unknown
  exit: string
  error: Failure | null
}

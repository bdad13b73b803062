import type { Failure } from '../run/entry.ts'

/** What is tried out in a rehearsal, beside the version itself. */
export interface Change {
  /** This tool is asked as it is now, whatever its pin, where it has no effect. */
  tool?: { from: string; tool: string } | undefined
  /** One route of the gateway is taken for another. */
  model?: { route: string; with: string } | undefined
}

/** A place where a result is not what was expected. */
export interface Difference {
  /** JSON pointer; empty for the whole. */
  at: string
  expected: unknown
  got: unknown
}

/** A call with an effect. */
export interface Deed {
  source: string
  tool: string
  args: unknown
}

export interface CaseVerdict {
  hasPassed: boolean
  differences: Difference[]
  /** Checks that were not true, with why. */
  failedChecks: { check: string; because: string }[]
  /** Effects of the recording that it did not come to, and others that it would have. */
  missing: Deed[]
  extra: Deed[]
  failure: Failure | null
}

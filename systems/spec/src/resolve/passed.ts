import type { Condition } from '../facts/condition.ts'
import type { Func } from '../parse/ir.ts'
import type { Value } from './values.ts'

/** What stands for all that a function gives which is not run now. */
export const passedMark = '@passed'

/** A function that is not run now: what calls it is looked into by itself. */
export interface Passed {
  fn: Func
  /** When it would be run. */
  when: Condition[]
  /** What it gives, once that was asked for. */
  gives?: readonly Value[]
  /** Whether a `try` with handlers stands around the call. */
  isTried?: true
  /** What it raises in place of what it does; null: it never comes back. */
  error?: Value | null
}

/** What a function that is looked into by itself gives on its ways, behind the mark that stands for it. */
export class Given {
  readonly values: readonly Value[]
  constructor(values: readonly Value[]) {
    this.values = values
  }
}

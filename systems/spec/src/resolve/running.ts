import type { Condition } from '../facts/condition.ts'
import type { PartsBefore } from './branches.ts'
import type { Expr } from '../parse/ir.ts'
import type { FuncValue, Moment, Scope, Site, Taken, Value } from './values.ts'

/** Steps that one handler, or one middleware, is followed: with 6,000, one of two refusals of a large service was not reached. */
export const usualBudget = 24_000

/** Rounds of one loop. */
export const maxRounds = 300

/** A value that a function may come to, and when. */
export interface Outcome {
  value: Value
  conditions: Condition[]
  site: Site
  /** What packs kept where it came back. */
  state?: unknown
}

/** Where a run stands: what holds here, which functions it is in, and what the innermost came to so far. */
export class Running {
  conditions: Condition[] = []
  /** Of these, what branches ask that the code stands in: not what holds because it went on. */
  branches: Condition[] = []
  /** The branches of which either may be taken. */
  readonly taken: Taken[] = []
  /** What is so since what came before lets nobody else pass: nothing says it again. */
  ensured: readonly Condition[] = []
  /** Go: what values have to be for the code to go on, where it says that they are and panics else. */
  asserted: Condition[] = []
  /** How many branches were taken by what is known while the code is read: what changes later takes another one. */
  settled = 0
  /** Branches so far that the method of the request decided, where that is known. */
  byMethod = 0
  /** What stood under the names of things that the branch at hand set; null outside of branches. */
  parts: PartsBefore | null = null
  /** Blocks around whose errors are taken by something that may go on. */
  caughtAround = 0
  /** `left`: what stood under names where branches of the loop at hand left it; none outside of loops. `broken`: where that loop is broken off. `away`: where a loop around it is left, or gone on with. `yields`: what a generator gave so far. */
  frame: {
    returns: Outcome[]
    left?: [string, Value][] | undefined
    broken?: Condition[] | undefined
    away?: { label: string; when: Condition[] }[]
    yields?: Extract<Value, { t: 'list' }>
  } = { returns: [] }
  /** JavaScript and Java: calls so far that may have failed of what is not followed. */
  unfollowed = 0
  /** JavaScript: of calls that ran in the outermost block at hand whose errors are taken, whether all that each called was followed. */
  followed: Map<Expr, boolean> | null = null
  /** Java: calls so far of what code outside may stand behind. */
  replaceable = 0
  /** When the program does not come to serve requests: what was thrown as it began, and nothing took. */
  readonly stops: Condition[][] = []
  /** The names of the innermost block that may catch what is thrown. */
  tried: Scope | null = null
  /** Functions at hand that code outside called. */
  callbacks = 0
  /** What the last call that came back was a call of. */
  called: Value | null = null
  readonly stack: FuncValue[] = []
  readonly calls: Site[] = []

  /** Runs what the code hands on to: it is called by what serves the request, so it may be as deep, and what wraps it too may be what is running. */
  afresh(work: () => void): void {
    const stack = this.stack.splice(0)
    try {
      work()
    } finally {
      this.stack.push(...stack)
    }
  }

  /** What `work` gives, come to by way of these places. */
  by<T>(places: readonly Site[], work: () => T): T {
    const before = this.calls.length
    this.calls.push(...places)
    const made = work()
    this.calls.length = before
    return made
  }

  /** Runs what does not ask what has come to hold since `held` conditions held. */
  without(held: number, work: () => void): void {
    const since = this.conditions.splice(held - this.ensured.length)
    try {
      work()
    } finally {
      this.conditions.push(...since)
    }
  }

  /** Where the code stands. */
  get moment(): Moment {
    return { holds: this.conditions, taken: this.taken, callbacks: this.callbacks }
  }

  /** All that holds where the code stands. */
  holding(): readonly Condition[] {
    return this.ensured.length === 0 ? this.conditions : [...this.ensured, ...this.conditions]
  }
}

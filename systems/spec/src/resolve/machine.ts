import type { Condition } from '../facts/condition.ts'
import type { Expr, Func, Module, Span, Stmt } from '../parse/ir.ts'
import type { Exceptions } from './exceptions.ts'
import type { Lookup } from './lookup.ts'
import type { Members } from './members.ts'
import type { OwnCalls } from './own-calls.ts'
import type { Passed } from './passed.ts'
import type { Outcome, Running } from './running.ts'
import type { Hooks, Runtime } from './runtime.ts'
import type { ArgValue, Effect, FuncValue, Scope, Site, Value } from './values.ts'

/** What is known of a test, and what it says where it holds. */
export interface Tested {
  known: boolean | null
  condition: Condition
}

/** The interpreter as its rooms see it: what they share, and each other. */
export interface Machine extends Runtime {
  readonly lookup: Lookup
  readonly hooks: Hooks | null
  readonly running: Running
  readonly exceptions: Exceptions
  readonly members: Members
  readonly invoked: Set<Func>
  readonly ownCalls: OwnCalls
  readonly followed: ReadonlyMap<Func, Module> | null
  readonly leading: ReadonlySet<Func> | null
  readonly makers: ReadonlySet<Func>
  readonly handled: ReadonlySet<string>
  passed: Passed | null
  readonly asksTruth: Func | null
  effects: Effect[] | null
  budget: number
  isSpent: boolean
  spentIn: FuncValue[]
  site(span: Span, scope: Scope): Site
  emit(kind: string, value: Value, status: number | null, site: Site, note?: Record<string, unknown>): void
  record<T>(work: () => T, asked?: number): { effects: Effect[]; result: T }
  outcomes(fn: FuncValue, args: ArgValue[], site: Site): Outcome[]
  readonly statements: {
    block(stmts: readonly Stmt[], scope: Scope, goesOn?: boolean): boolean
    bind(target: Expr, value: Value, scope: Scope, isNew: boolean): void
    test(e: Expr, scope: Scope): Tested
    narrowed(
      test: Expr,
      scope: Scope,
    ): { name: string; whenTrue: Value | null; whenFalse: Value | null } | null
    child(scope: Scope): Scope
    noteSet(target: Expr, span: Span, e: Expr, scope: Scope, value: Value): void
    asked(condition: Condition, e: Expr, scope: Scope): Condition
    filled(
      e: Extract<Expr, { k: 'binary' }>,
      left: Value,
      right: Value,
      scope: Scope,
    ): { known: boolean | null; condition: Condition } | null
  }
  readonly expressions: { evaluate(e: Expr, scope: Scope): Value }
  readonly calls: { expression(e: Extract<Expr, { k: 'call' }>, scope: Scope): Value }
}

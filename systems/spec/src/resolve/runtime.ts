import type { Expr, Module } from '../parse/ir.ts'
import type { Project } from './project.ts'
import type { ArgValue, ClassRef, ObjectValue, Scope, Site, Value } from './values.ts'

/** What runs code, as names and built-in functions need it. */
export interface Runtime {
  readonly project: Project
  runModule(module: Module): Scope
  exportsOf(module: Module): ObjectValue
  exported(module: Module, name: string): Value | null
  evaluateIn(e: Expr, scope: Scope): Value
  member(of: Value, name: string, site: Site): Value
  memberOf(of: Value, name: string, site: Site | null): Value | null
  staticMember(ref: ClassRef, name: string): Value | null
  call(callee: Value, args: ArgValue[], site: Site): Value
  instantiate(ref: ClassRef, args: ArgValue[], site: Site): Value
  isInstance(value: Value, type: Value): boolean | null
  raise(value: Value, site: Site): void
}

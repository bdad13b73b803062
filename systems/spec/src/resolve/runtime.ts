import type { Condition } from '../facts/condition.ts'
import type { Expr, FieldDecl, Module, Stmt } from '../parse/ir.ts'
import type { Project } from './project.ts'
import type { Outcome } from './running.ts'
import type {
  ArgValue,
  ClassRef,
  Effect,
  FuncValue,
  Moment,
  ObjectValue,
  Scope,
  Site,
  SymbolValue,
  Taken,
  Value,
} from './values.ts'

/** What runs code, as names and built-in functions need it. */
export interface Runtime {
  readonly project: Project
  /** Of a class of Python: all that it extends, itself first; and of any the classes that extend it. */
  readonly lookup: {
    orderOf(ref: ClassRef): readonly ClassRef[]
    childrenOf(ref: ClassRef): readonly ClassRef[]
  }
  /** Where what code does is noted; null while the program is set up. */
  readonly effects: readonly Effect[] | null
  /** What takes back what code did to what the program made before; null while that is set up. */
  readonly undo: (() => void)[] | null
  /** Branches and rounds that the code stands in. */
  readonly taken: readonly Taken[]
  /** Where the code stands. */
  readonly moment: Moment
  /** What holds where the code stands. */
  conditions(): Condition[]
  branches(): Condition[]
  /** Runs code where a condition holds. */
  within<T>(condition: Condition, work: () => T): T
  /** What code comes to after something that may have ended it, in the block at hand. */
  goesOnWhere(condition: Condition): void
  runModule(module: Module): Scope
  isAhead(module: Module, of: Module): boolean
  /** Runs what a program does once, before requests come. */
  setUp(stmts: readonly Stmt[], scope: Scope): void
  /** Does what a program does once, whoever asks for it first. */
  asSetUp<T>(work: () => T): T
  exportsOf(module: Module): ObjectValue
  exported(module: Module, name: string): Value | null
  evaluateIn(e: Expr, scope: Scope): Value
  member(of: Value, name: string, site: Site): Value
  memberOf(of: Value, name: string, site: Site | null): Value | null
  staticMember(ref: ClassRef, name: string): Value | null
  /** What requests call a field of a class. */
  writtenName(field: FieldDecl, scope: Scope, owner: ClassRef): string
  call(callee: Value, args: ArgValue[], site: Site): Value
  instantiate(ref: ClassRef, args: ArgValue[], site: Site): Value
  isInstance(value: Value, type: Value): boolean | null
  /** Whether a framework documents a class of errors by this path. */
  knowsError(path: string): boolean
  raise(value: Value, site: Site): void
  /** Go: what was panicked with, while what recovers from it runs; and code panics with something. */
  readonly panicked: Value | null
  panic(value: Value, site: Site): void
  emit(kind: string, value: Value, status: number | null, site: Site, note?: Record<string, unknown>): void
}

/** What a framework's pack adds to the meaning of code. Each returns null where it has nothing to say. */
export interface Hooks {
  call(callee: Value, args: ArgValue[], site: Site, isNew: boolean): Value | null
  /** JavaScript: a method of a class outside is called by one of the repository's that extends it. */
  ofBase(callee: SymbolValue, args: readonly ArgValue[], site: Site): Value | null
  member(of: Value, name: string, site: Site): Value | null
  assign(of: Value, name: string, value: Value, site: Site): boolean
  /** What requests call a field of a class. */
  writtenName(field: FieldDecl, scope: Scope, owner: ClassRef): string
  /** Something of Go is written with its fields. */
  made(value: ObjectValue | SymbolValue, site: Site): void
  /** A field of a struct of the repository is set. */
  keep(of: ObjectValue, name: string, value: Value): void
  /** What code outside gives is given to a parameter of a type of code outside, while the program is set up. */
  taken(value: SymbolValue, type: string): void
  decorate(fn: FuncValue, decorator: Value, site: Site): Value | null
  /** What a function gives back, with what was set on it where it does. */
  returned(value: Value): Value
  /** Classes outside the repository that one of them extends. */
  basesOf(path: string): readonly string[]
  /** Whether a pack has a class of errors, and with it all that it extends of those. */
  knowsError(path: string): boolean
  /** Whether what code outside raises never is of a class, as it is documented. */
  neverRaises(callee: Value, error: Value): boolean
  /** JavaScript: whether what a call of code outside may fail of is known, and told where it does. */
  isSeen(callee: Value): boolean
  /** How often middleware handed on to what comes after it. */
  passedOn(): number
  /** How much was kept in what lives as long as a request. */
  kept(): number
  /** A function comes back on these ways, with all that holds there; `since`: the place of what was kept last before it, `depth`: how many of the conditions are of who called. */
  cameBack(since: number, returns: readonly Outcome[], depth: number): void
  /** Remembers and brings back what a pack keeps while code runs, around branches. */
  save(): unknown
  restore(state: unknown): void
  /** After several ways of which one was gone, and when; `isTold`: what comes after may know which. */
  join(ways: readonly { state: unknown; when: () => Condition }[], isTold?: boolean): void
}

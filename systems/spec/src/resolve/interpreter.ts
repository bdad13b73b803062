import type { Condition } from '../facts/condition.ts'
import type { Expr, FieldDecl, Func, Module, Span, Stmt } from '../parse/ir.ts'
import { panicWith } from './go-panics.ts'
import { Calls } from './calls.ts'
import { Exceptions, isInstance } from './exceptions.ts'
import { Expressions } from './expressions.ts'
import { Exports } from './exported-names.ts'
import { Lookup } from './lookup.ts'
import { Members } from './members.ts'
import { OwnCalls } from './own-calls.ts'
import type { Project } from './project.ts'
import { isPlaced, notePlace } from './places.ts'
import { Running, usualBudget } from './running.ts'
import type { Passed } from './passed.ts'
import type { Hooks, Runtime } from './runtime.ts'
import { Statements } from './statements.ts'
import { printValue, symbol, symbolOf } from './values.ts'
import type {
  ArgValue,
  ClassRef,
  Effect,
  FuncValue,
  Moment,
  ObjectValue,
  Scope,
  Site,
  Taken,
  Value,
} from './values.ts'

/** Steps of all runs past which each is short, and of one that is: about a minute of a slow core. */
const mostSteps = 6_000_000
const stepsInShort = 1_500
/** Steps that the tops of modules take in all, past which those that are left are looked at shortly. */
const mostStepsSetUp = 3_000_000

/** Runs code without knowing its input: both ways where a condition is not known, each loop over what is known, calls into the repository by their bodies. */
export class Interpreter implements Runtime {
  readonly project: Project
  readonly lookup: Lookup
  hooks: Hooks | null = null
  /** Where what code does is noted; null while nobody asks. */
  effects: Effect[] | null = null
  /** What takes back what the code since then did to what the program made before; null while that is set up. */
  undo: (() => void)[] | null = null
  /** Steps that may still be taken before calls are no longer followed. */
  budget = 0
  /** Steps that all runs with a record took so far. */
  stepsTaken = 0
  /** Whether anything was left before its end. */
  isSpent = false
  /** Functions that were left before their end with many steps, the outermost of those in each other. */
  spentIn: FuncValue[] = []
  /** While it is set, calls of other functions than these, and than those that are given a router, get few steps each: what sets up a program is long. */
  followed: ReadonlyMap<Func, Module> | null = null
  /** JavaScript: functions that lead to routers, for which the steps of a start are kept; null where all count alike. */
  leading: ReadonlySet<Func> | null = null
  /** Functions that made a router. */
  readonly makers = new Set<Func>()
  /** Types that only handlers of requests are given: what sets up a program calls none of them. */
  handled: ReadonlySet<string> = new Set()
  /** Modules whose tops route nothing: they set up what handlers use, which is told by few steps. */
  short: ReadonlySet<Module> = new Set()
  readonly invoked = new Set<Func>()
  readonly ownCalls = new OwnCalls()
  /** A function that is not run now: what it gives is not known. */
  passed: Passed | null = null
  /** A function that is asked whether what it gives is true, whatever else that is. */
  asksTruth: Func | null = null
  /** Go: what was panicked with, while what recovers from it runs. */
  panicked: Value | null = null
  readonly running = new Running()
  readonly exceptions: Exceptions
  readonly members: Members
  readonly statements = new Statements(this)
  readonly calls = new Calls(this)
  readonly expressions = new Expressions(this)
  readonly #exports = new Map<string, ObjectValue>()
  readonly #ran = new Set<string>()
  /** Modules that are running. */
  readonly #begun = new Set<Module>()
  readonly #exported: Exports

  constructor(project: Project) {
    this.project = project
    this.#exported = new Exports(project)
    this.lookup = new Lookup(project, this)
    this.exceptions = new Exceptions(this)
    this.members = new Members(
      this,
      this.lookup,
      (of, name, site) => this.hooks?.member(of, name, site) ?? null,
    )
  }

  /** Runs the top of a module once; in a circle the scope may be half filled. */
  /** Whether a module is still to run, where one that is running names it: its own statement that imports it is yet to come. */
  isAhead(module: Module, of: Module): boolean {
    return this.#begun.has(of) && !this.#ran.has(module.path)
  }

  runModule(module: Module): Scope {
    const scope = this.lookup.scopeOf(module)
    if (this.#ran.has(module.path) || module.language === 'go' || module.language === 'java') return scope
    this.#ran.add(module.path)
    const exports = this.exportsOf(module)
    if (module.language === 'javascript') {
      scope.declare('exports', exports)
      scope.declare('module', {
        t: 'object',
        props: new Map([['exports', exports]]),
        ref: null,
        args: [],
        isOpen: true,
        site: null,
      })
    }
    this.#begun.add(module)
    try {
      const isShort = this.short.has(module) || this.#stepsSetUp > mostStepsSetUp
      this.#setUp(isShort ? 10_000 : 200_000, () => this.statements.block(module.body, scope))
    } finally {
      this.#begun.delete(module)
    }
    return scope
  }

  /** Runs what a program does once, before requests come. */
  setUp(stmts: readonly Stmt[], scope: Scope): void {
    this.#setUp(20_000, () => this.statements.block(stmts, scope))
  }

  /** Does what a program does once, whoever asks for it first. */
  asSetUp<T>(work: () => T): T {
    return this.#setUp(20_000, work)
  }

  #stepsSetUp = 0

  #setUp<T>(budget: number, work: () => T): T {
    const outer = {
      frame: this.running.frame,
      conditions: this.running.conditions,
      branches: this.running.branches,
      stack: this.running.stack.splice(0),
      effects: this.effects,
      undo: this.undo,
      budget: this.budget,
    }
    this.running.frame = { returns: [] }
    this.running.conditions = []
    this.running.branches = []
    this.effects = null
    this.undo = null
    this.budget = budget
    try {
      return work()
    } finally {
      this.#stepsSetUp += budget - Math.max(0, this.budget)
      this.running.frame = outer.frame
      this.running.conditions = outer.conditions
      this.running.branches = outer.branches
      this.effects = outer.effects
      this.undo = outer.undo
      this.budget = outer.budget
      this.running.stack.push(...outer.stack)
    }
  }

  // A class of a module that is still being run, as modules that import each other have it by the time that they use it.
  #classAhead(module: Module, name: string, scope: Scope): Value | null {
    const found = module.body.find((stmt) => stmt.k === 'class' && stmt.cls.name === name)
    return found?.k === 'class'
      ? { t: 'class', ref: this.lookup.refOf(found.cls, module, scope, null) }
      : null
  }

  exportsOf(module: Module): ObjectValue {
    const known = this.#exports.get(module.path)
    if (known) return known
    const made: ObjectValue = {
      t: 'object',
      props: new Map(),
      ref: null,
      args: [],
      isOpen: false,
      site: null,
    }
    this.#exports.set(module.path, made)
    return made
  }

  exported(module: Module, name: string, depth = 0): Value | null {
    if (depth > 10) return null
    const scope = this.runModule(module)
    const own = this.exportsOf(module)
    const replaced = own.props.get('=')
    const direct = own.props.get(name)
    if (direct) return direct
    const { own: local, named, all } = this.#exported.of(module)
    // What is exported by its name is that, beside whatever is the module's default.
    const said = named.get(name)?.some(({ source }) => source === null) ? local.get(name) : undefined
    if (said !== undefined) return scope.get(said) ?? this.#classAhead(module, said, scope)
    if (replaced && name === 'default') return replaced
    for (const one of named.get(name) ?? []) {
      if (one.source === null) continue
      const target = this.project.resolve(module, one.source)
      if (!target) return symbol(`${one.source}.${one.local}`, one.local)
      if (one.local === '*') return { t: 'module', module: target, scope: this.runModule(target) }
      const found = this.exported(target, one.local, depth + 1)
      if (found) return found
    }
    for (const source of all) {
      const target = this.project.resolve(module, source)
      // Only the modules that may have it are asked: lists of lists of modules are long.
      const found = target && this.#exported.has(target, name) ? this.exported(target, name, depth + 1) : null
      if (found) return found
    }
    // What CommonJS exports as one thing has its members.
    if (replaced) return this.memberOf(replaced, name, null)
    if (name === 'default' && own.props.size > 0) return own
    return null
  }

  // --- running with a record of what is done ---

  /** Runs `work` and returns what it did, with what came back from it. `isSpent` is set where that takes more steps than there are. */
  record<T>(work: () => T, asked = usualBudget): { effects: Effect[]; result: T } {
    // Every repository comes to an end: past so many steps what is left is looked at shortly.
    const budget = this.stepsTaken > mostSteps ? Math.min(asked, stepsInShort) : asked
    const before = {
      effects: this.effects,
      budget: this.budget,
      conditions: this.running.conditions,
      branches: this.running.branches,
      calls: this.running.calls.splice(0),
      undo: this.undo,
    }
    this.effects = []
    this.undo = []
    this.budget = budget
    this.running.conditions = []
    this.running.branches = []
    try {
      const result = work()
      return { effects: this.effects, result }
    } finally {
      this.isSpent ||= this.budget <= 0
      this.stepsTaken += budget - Math.max(0, this.budget)
      for (const back of this.undo.toReversed()) back()
      this.undo = before.undo
      this.effects = before.effects
      this.budget = before.budget
      this.running.conditions = before.conditions
      this.running.branches = before.branches
      this.running.calls.push(...before.calls)
    }
  }

  emit(
    kind: string,
    value: Value,
    status: number | null,
    site: Site,
    note: Record<string, unknown> = {},
  ): void {
    // What asks by itself is asked where that comes of it.
    if (this.effects)
      for (const condition of this.running.conditions)
        if (!isPlaced(condition)) notePlace(condition, { site, from: [] })
    this.effects?.push({
      kind,
      value,
      status,
      conditions: [...this.running.conditions],
      site,
      through: [...this.running.calls],
      note,
      ...(kind === 'raise' && this.running.tried ? { names: new Map(this.running.tried.names()) } : {}),
    })
  }

  /** Calls a function and returns each value that it may come to, with when. */
  outcomes(
    fn: FuncValue,
    args: ArgValue[],
    site: Site,
  ): { value: Value; conditions: Condition[]; site: Site }[] {
    return this.calls.enter(fn, args, site)
  }

  site(span: Span, scope: Scope): Site {
    const top = this.running.stack.at(-1)
    const inside = top && top.module === scope.module ? symbolOf(top) : ''
    return { module: scope.module, start: span.start, end: span.end, symbol: inside }
  }

  raise(value: Value, site: Site, isHandedOn = false, keptAs: string | null = null): void {
    this.exceptions.raise(value, site, isHandedOn, keptAs)
  }

  panic(value: Value, site: Site): void {
    panicWith(this, value, site)
  }

  isInstance(value: Value, type: Value): boolean | null {
    return isInstance(this, value, type)
  }

  knowsError(path: string): boolean {
    return this.hooks?.knowsError(path) === true
  }

  writtenName(field: FieldDecl, scope: Scope, owner: ClassRef): string {
    return this.hooks?.writtenName(field, scope, owner) ?? field.name
  }

  /** Runs code where a condition holds. */
  within<T>(condition: Condition, work: () => T): T {
    const { conditions } = this.running
    const depth = conditions.length
    conditions.push(condition)
    try {
      return work()
    } finally {
      conditions.length = Math.min(depth, conditions.length)
    }
  }

  goesOnWhere(condition: Condition): void {
    if (this.effects !== null) this.running.conditions.push(condition)
  }

  get moment(): Moment {
    return this.running.moment
  }

  get taken(): readonly Taken[] {
    return this.running.taken
  }

  branches(): Condition[] {
    return [...this.running.branches]
  }

  conditions(): Condition[] {
    return [...this.running.conditions]
  }

  /** What holds where the code stands, and what is so since what came before let nobody else pass. */
  holding(): readonly Condition[] {
    return [...this.running.holding()]
  }

  block(stmts: readonly Stmt[], scope: Scope): boolean {
    return this.statements.block(stmts, scope)
  }

  member(of: Value, name: string, site: Site): Value {
    return this.memberOf(of, name, site) ?? symbol(`?.${name}`, `${printValue(of)}.${name}`, { of })
  }

  /** What stands under a name of a value; null where it is not there. */
  memberOf(of: Value, name: string, site: Site | null): Value | null {
    return this.members.of(of, name, site)
  }

  staticMember(ref: ClassRef, name: string): Value | null {
    return this.members.ofClass(ref, name)
  }

  /** What decorators make of a method when it is asked of its class; those that route it have done so. */
  decoratedMethod(fn: FuncValue): FuncValue {
    return this.statements.decoratedMethod(fn)
  }

  evaluate(e: Expr, scope: Scope): Value {
    return this.expressions.evaluate(e, scope)
  }

  /** As `evaluate`, with steps of its own; a value that is asked for while it is found (a field of its own name) is not known. */
  evaluateIn(e: Expr, scope: Scope): Value {
    return this.expressions.evaluateIn(e, scope)
  }

  call(callee: Value, args: ArgValue[], site: Site, isNew = false): Value {
    return this.calls.call(callee, args, site, isNew)
  }

  /** What `new C(…)` or `C(…)` gives: an object with what its constructor sets. */
  instantiate(ref: ClassRef, args: ArgValue[], site: Site): Value {
    return this.calls.instantiate(ref, args, site)
  }
}

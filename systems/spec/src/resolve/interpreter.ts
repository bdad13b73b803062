import { always } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr, Func, Module, Param, Span, Stmt, TypeRef } from '../parse/ir.ts'
import { callBuiltin } from './builtins.ts'
import { both, comparison, either, knownTruth, not, truth } from './conditions.ts'
import { BranchScope, merge } from './branches.ts'
import { knownComparison } from './comparisons.ts'
import { Exceptions, isInstance } from './exceptions.ts'
import { errorChain } from './go-errors.ts'
import { declareNarrowed, narrowed } from './narrow.ts'
import { Lookup } from './lookup.ts'
import { Members, methodOf } from './members.ts'
import type { Project } from './project.ts'
import type { Hooks, Runtime } from './runtime.ts'
import { Scope } from './values.ts'
import { begun, constant, each, joined, nothing, printValue, symbol, textOf, union } from './values.ts'
import type {
  ArgValue,
  ClassRef,
  Effect,
  FuncValue,
  ObjectValue,
  Site,
  SymbolValue,
  Value,
} from './values.ts'

interface Frame {
  returns: { value: Value; conditions: Condition[]; site: Site }[]
}

const maxDepth = 14
const maxRounds = 300
/** The part of the steps left that one call may take. */
const shareOfCall = 0.6
/** Steps for a call aside of what is followed, and for each call in it. */
const budgetsAside = [40_000, 5_000]

/** Steps that one handler, or one middleware, is followed: with 6,000, one of two refusals of a large service was not reached. */
export const usualBudget = 24_000
/** A call that does not come to its end with so many steps is long by itself; with fewer it only comes late. */
const stepsOfLong = usualBudget / 5

/** Runs code without knowing its input: both ways where a condition is not known, each loop over what is known, calls into the repository by their bodies. */
export class Interpreter implements Runtime {
  readonly project: Project
  readonly lookup: Lookup
  hooks: Hooks | null = null
  /** Where what code does is noted; null while nobody asks. */
  effects: Effect[] | null = null
  /** Steps that may still be taken before calls are no longer followed. */
  budget = 0
  /** Whether anything was left before its end. */
  isSpent = false
  /** Functions that were left before their end with many steps, the outermost of those in each other. */
  spentIn: FuncValue[] = []
  /** While it is set, calls of other functions than these, and than those that are given a router, get few steps each: what sets up a program is long. */
  followed: ReadonlyMap<Func, Module> | null = null
  /** Types that only handlers of requests are given: what sets up a program calls none of them. */
  handled: ReadonlySet<string> = new Set()
  readonly invoked = new Set<Func>()
  /** A function that is not run now, with when it would be: what it gives is not known. */
  passed: { fn: Func; when: Condition[] } | null = null
  readonly #members: Members
  readonly #exports = new Map<string, ObjectValue>()
  readonly #ran = new Set<string>()
  readonly #stack: FuncValue[] = []
  readonly #calls: Site[] = []
  readonly #evaluating = new Set<Expr>()
  /** How deep in calls aside of what is followed. */
  #aside = 0
  /** Steps that calls aside may not take. */
  #withheld = 0
  readonly #exceptions: Exceptions
  #conditions: Condition[] = []
  #frame: Frame = { returns: [] }

  constructor(project: Project) {
    this.project = project
    this.lookup = new Lookup(project, this)
    this.#exceptions = new Exceptions(this)
    this.#members = new Members(
      this,
      this.lookup,
      (of, name, site) => this.hooks?.member(of, name, site) ?? null,
    )
  }

  /** Runs the top of a module once; in a circle the scope may be half filled. */
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
    const outer = {
      frame: this.#frame,
      conditions: this.#conditions,
      stack: this.#stack.splice(0),
      effects: this.effects,
      budget: this.budget,
    }
    this.#frame = { returns: [] }
    this.#conditions = []
    this.effects = null
    this.budget = 200_000
    try {
      this.#block(module.body, scope)
    } finally {
      this.#frame = outer.frame
      this.#conditions = outer.conditions
      this.effects = outer.effects
      this.budget = outer.budget
      this.#stack.push(...outer.stack)
    }
    return scope
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
    if (replaced) {
      if (name === 'default') return replaced
      const member = this.memberOf(replaced, name, null)
      if (member) return member
    }
    for (const stmt of module.body) {
      if (stmt.k !== 'export') continue
      for (const { local, exported } of stmt.names) {
        if (exported !== name && exported !== '*') continue
        if (stmt.source === null) return scope.get(local)
        const target = this.project.resolve(module, stmt.source)
        if (!target) {
          if (exported === name) return symbol(`${stmt.source}.${local}`, local)
          continue
        }
        if (local === '*' && exported === name)
          return { t: 'module', module: target, scope: this.runModule(target) }
        const found = this.exported(target, exported === '*' ? name : local, depth + 1)
        if (found) return found
      }
    }
    if (name === 'default' && own.props.size > 0) return own
    return null
  }

  // --- running with a record of what is done ---

  /** Runs `work` and returns what it did, with what came back from it. `isSpent` is set where that takes more steps than there are. */
  record<T>(work: () => T, budget = usualBudget): { effects: Effect[]; result: T } {
    const before = {
      effects: this.effects,
      budget: this.budget,
      conditions: this.#conditions,
      calls: this.#calls.splice(0),
    }
    this.effects = []
    this.budget = budget
    this.#conditions = []
    try {
      const result = work()
      return { effects: this.effects, result }
    } finally {
      this.isSpent ||= this.budget <= 0
      this.effects = before.effects
      this.budget = before.budget
      this.#conditions = before.conditions
      this.#calls.push(...before.calls)
    }
  }

  emit(
    kind: string,
    value: Value,
    status: number | null,
    site: Site,
    note: Record<string, unknown> = {},
  ): void {
    this.effects?.push({
      kind,
      value,
      status,
      conditions: [...this.#conditions],
      site,
      through: [...this.#calls],
      note,
    })
  }

  /** Calls a function and returns each value that it may come to, with when. */
  outcomes(
    fn: FuncValue,
    args: ArgValue[],
    site: Site,
  ): { value: Value; conditions: Condition[]; site: Site }[] {
    return this.#enter(fn, args, site)
  }

  // --- statements ---

  /** True where all ways through end (a return, a throw). */
  #block(stmts: readonly Stmt[], scope: Scope): boolean {
    for (const stmt of stmts)
      if (stmt.k === 'func' && stmt.fn.name !== '' && stmt.fn.decorators.length === 0 && !stmt.fn.receiver)
        scope.declare(stmt.fn.name, this.#closure(stmt.fn, scope, null))
    const depth = this.#conditions.length
    let ends = false
    for (const stmt of stmts) {
      if (this.#statement(stmt, scope)) {
        ends = true
        break
      }
    }
    this.#conditions.length = Math.min(depth, this.#conditions.length)
    return ends
  }

  #closure(fn: Func, scope: Scope, owner: ClassRef | null): FuncValue {
    return { t: 'func', fn, scope, self: null, owner, module: scope.module, marks: [] }
  }

  site(span: Span, scope: Scope): Site {
    const top = this.#stack.at(-1)
    const inside = top && top.module === scope.module ? symbolOf(top) : ''
    return { module: scope.module, start: span.start, end: span.end, symbol: inside }
  }

  #statement(stmt: Stmt, scope: Scope): boolean {
    this.budget--
    switch (stmt.k) {
      case 'expr':
        return this.#expressionEnds(stmt.e, scope)
      case 'defer':
        this.evaluate(stmt.e, scope)
        return false
      case 'let': {
        const value = stmt.value
          ? this.evaluate(stmt.value, scope)
          : stmt.type
            ? this.#unset(stmt.type, scope, stmt.target.k === 'name' ? stmt.target.name : '?')
            : nothing
        const typed =
          stmt.type && stmt.value && value.t === 'symbol' && value.ref === null
            ? retyped(value, this.lookup.instanceOf(stmt.type, scope, value.text))
            : value
        this.#bind(stmt.target, this.#setLater(stmt, scope) ? union([typed, laterValue]) : typed, scope, true)
        return value === ended
      }
      case 'return': {
        const value = stmt.value ? this.evaluate(stmt.value, scope) : nothing
        this.#frame.returns.push({
          value,
          conditions: [...this.#conditions],
          site: this.site(stmt, scope),
        })
        return true
      }
      case 'throw': {
        const value = stmt.value
          ? this.evaluate(stmt.value, scope)
          : (scope.get('@caught') ?? symbol('?', 'error'))
        this.raise(value, this.site(stmt, scope))
        return true
      }
      case 'if':
        return this.#if(stmt, scope)
      case 'loop':
        this.#loop(stmt, scope)
        return false
      case 'try':
        return this.#exceptions.try(stmt, scope)
      case 'switch':
        return this.#switch(stmt, scope)
      case 'func': {
        if (stmt.fn.decorators.length > 0)
          scope.declare(stmt.fn.name, this.#decorated(this.#closure(stmt.fn, scope, null), scope))
        return false
      }
      case 'class': {
        const ref = this.lookup.refOf(stmt.cls, scope.module, scope, null)
        let value: Value = { t: 'class', ref }
        if (scope.module.language === 'python') this.#decorateMembers(ref, scope)
        if (stmt.cls.decorators.length > 0 && scope.module.language === 'python')
          for (const decorator of stmt.cls.decorators) {
            const found = this.evaluate(decorator, scope)
            if (found.t === 'pack' && found.apply) value = found.apply(value)
          }
        scope.declare(stmt.cls.name, value)
        return false
      }
      case 'import':
        if (scope.module.language === 'javascript' || scope.module.language === 'python') {
          const target = this.project.resolve(scope.module, stmt.source)
          if (target) this.runModule(target)
          if (scope.parent !== null)
            for (const { imported, local } of stmt.names)
              scope.declare(local, this.lookup.imported(scope.module, stmt.source, imported))
          else if (target && scope.module.language === 'python')
            for (const { imported } of stmt.names)
              if (imported) this.lookup.imported(scope.module, stmt.source, imported)
        }
        return false
      case 'export':
        if (stmt.value) {
          const value = this.evaluate(stmt.value, scope)
          this.exportsOf(scope.module).props.set('default', value)
          this.exportsOf(scope.module).props.set('=', value)
        }
        if (stmt.source) {
          const target = this.project.resolve(scope.module, stmt.source)
          if (target) this.runModule(target)
        }
        return false
      case 'block':
        return this.#block(
          stmt.body,
          scope.module.language === 'python' ? scope : new Scope(scope.module, scope),
        )
      case 'jump':
        return true
    }
  }

  #unset(type: TypeRef, scope: Scope, text: string): Value {
    const value = this.lookup.instanceOf(type, scope, text)
    return scope.module.language === 'go' ? begun(value) : value
  }

  // A variable of the module that begins as nothing, and that its functions set: what it is when they run is not known.
  #setLater({ target, value, type }: Extract<Stmt, { k: 'let' }>, scope: Scope): boolean {
    if (target.k !== 'name' || scope.parent !== null || (value ? value.k !== 'null' : type !== null))
      return false
    const { language, body, text } = scope.module
    if (language !== 'javascript' && language !== 'python') return false
    const setting = new RegExp(
      String.raw`(?<![\w$.])${target.name.replaceAll('$', String.raw`\$`)}\s*=(?![=>])`,
      'g',
    )
    const outside = body.filter(
      (stmt) => stmt.k === 'func' || stmt.k === 'class' || stmt.k === 'let' || stmt.k === 'export',
    )
    return outside.some((stmt) =>
      stmt.k !== 'let' || stmt.target !== target ? setting.test(text.slice(stmt.start, stmt.end)) : false,
    )
  }

  // Python decorates methods when the class is made: a router's decorator routes them.
  #decorateMembers(ref: ClassRef, scope: Scope): void {
    for (const fn of ref.cls.members)
      for (const decorator of fn.decorators.toReversed()) {
        if (decorator.k !== 'call') continue
        const found = this.evaluate(decorator, scope)
        if (found.t === 'pack' && found.apply) found.apply(methodOf({ fn, owner: ref }, null))
      }
  }

  // A call that never comes back (a raising helper) ends the way it is on.
  #expressionEnds(e: Expr, scope: Scope): boolean {
    return this.evaluate(e, scope) === ended
  }

  raise(value: Value, site: Site): void {
    this.#exceptions.raise(value, site)
  }

  isInstance(value: Value, type: Value): boolean | null {
    return isInstance(this, value, type)
  }

  /** Runs code where a condition holds. */
  within<T>(condition: Condition, work: () => T): T {
    this.#conditions.push(condition)
    try {
      return work()
    } finally {
      this.#conditions.pop()
    }
  }

  conditions(): Condition[] {
    return [...this.#conditions]
  }

  block(stmts: readonly Stmt[], scope: Scope): boolean {
    return this.#block(stmts, scope)
  }

  #if(stmt: Extract<Stmt, { k: 'if' }>, scope: Scope): boolean {
    const inner = stmt.before.length > 0 ? new Scope(scope.module, scope) : scope
    for (const before of stmt.before) this.#statement(before, inner)
    const { known: whole, condition } = this.#test(stmt.test, inner)
    const told = whole === null ? this.#narrowed(stmt.test, inner) : null
    const known = told?.whenTrue.length === 0 ? false : told?.whenFalse.length === 0 ? true : whole
    if (known !== null) {
      const only = this.#child(inner)
      if (told) declareNarrowed(only, told.name, known ? told.whenTrue : told.whenFalse)
      const ends = this.#block(known ? stmt.whenTrue : stmt.whenFalse, only)
      if (!ends) merge(inner, only, null)
      return ends
    }
    const saved = this.hooks?.save()
    const thenScope = this.#child(inner)
    if (told) declareNarrowed(thenScope, told.name, told.whenTrue)
    this.#conditions.push(condition)
    const thenEnds = this.#block(stmt.whenTrue, thenScope)
    this.#conditions.pop()
    const afterThen = this.hooks?.save()
    this.hooks?.restore(saved)
    const elseScope = this.#child(inner)
    if (told) declareNarrowed(elseScope, told.name, told.whenFalse)
    this.#conditions.push(not(condition))
    const elseEnds = this.#block(stmt.whenFalse, elseScope)
    this.#conditions.pop()
    if (elseEnds && !thenEnds) this.hooks?.restore(afterThen)
    merge(inner, thenEnds ? null : thenScope, elseEnds ? null : elseScope)
    if (thenEnds && !elseEnds) this.#conditions.push(not(condition))
    if (elseEnds && !thenEnds && stmt.whenFalse.length > 0) this.#conditions.push(condition)
    return thenEnds && elseEnds
  }

  #narrowed(test: Expr, scope: Scope) {
    if (this.budget <= 0) return null
    return narrowed(test, scope, (name, value) => {
      const inner = this.#child(scope)
      inner.declare(name, value)
      const { effects, budget } = this
      const depth = this.#conditions.length
      const state = this.hooks?.save()
      this.effects = null
      try {
        return this.#test(test, inner).known
      } finally {
        this.effects = effects
        this.budget = budget
        this.#conditions.length = depth
        this.hooks?.restore(state)
      }
    })
  }

  // A branch sees the names around it and keeps what it sets to itself, until both are done.
  #child(scope: Scope): Scope {
    return new BranchScope(scope.module, scope)
  }

  #test(e: Expr, scope: Scope): { known: boolean | null; condition: Condition } {
    if (e.k === 'unary' && (e.op === '!' || e.op === 'not')) {
      const inner = this.#test(e.of, scope)
      return { known: inner.known === null ? null : !inner.known, condition: not(inner.condition) }
    }
    if (e.k === 'binary' && (e.op === '&&' || e.op === '||')) {
      const left = this.#test(e.left, scope)
      const isAnd = e.op === '&&'
      if (left.known === !isAnd) return left
      this.#conditions.push(isAnd ? left.condition : not(left.condition))
      const right = this.#test(e.right, scope)
      this.#conditions.pop()
      if (left.known === isAnd) return right
      if (right.known === !isAnd) return right
      return {
        known: null,
        condition:
          right.known === isAnd
            ? left.condition
            : isAnd
              ? both(left.condition, right.condition)
              : either(left.condition, right.condition),
      }
    }
    if (e.k === 'binary' && !/^[-+*/%]$|^\?\?$|^\*\*$/.test(e.op)) {
      const left = this.evaluate(e.left, scope)
      const right = this.evaluate(e.right, scope)
      return { known: knownComparison(e.op, left, right, this), condition: comparison(e.op, left, right) }
    }
    const value = this.evaluate(e, scope)
    return { known: knownTruth(value), condition: truth(value) }
  }

  #loop(stmt: Extract<Stmt, { k: 'loop' }>, scope: Scope): void {
    const over = stmt.over ? this.evaluate(stmt.over, scope) : null
    const items =
      over?.t === 'list'
        ? over.items
        : over?.t === 'object' && !over.isOpen && over.ref === null
          ? [...over.props]
          : null
    const inner = new Scope(scope.module, scope)
    const bind = (value: Value, index: Value) => {
      const [first, second] = stmt.vars
      if (stmt.isIndexed) {
        if (first) this.#bind(first, index, inner, true)
        if (second) this.#bind(second, value, inner, true)
      } else if (first) this.#bind(first, value, inner, true)
    }
    // Of a list that may have more in it each item that is known is one.
    if (items && (items.length > 1 || !(over?.t === 'list' && over.isOpen)) && items.length <= maxRounds) {
      let round = 0
      // A copy: the body may put more into it. Without steps left one round has to do.
      for (const item of items.slice(0)) {
        if (this.budget <= 0 && round > 0) break
        if (Array.isArray(item)) bind(stmt.isIndexed ? item[1] : constant(item[0]), constant(item[0]))
        else bind(item, constant(round))
        round++
        this.#block(stmt.body, inner)
      }
      return
    }
    if (stmt.over === null && stmt.vars.length === 0) {
      // A loop that may not be gone into at all: what was before may be after.
      const once = this.#child(scope)
      this.#block(stmt.body, once)
      merge(scope, once, this.#child(scope))
      return
    }
    const known = over?.t === 'list' ? union(over.items) : null
    bind(known ?? symbol('?', over ? `${printValue(over)}[]` : 'each'), symbol('?', 'index'))
    const once = this.#child(inner)
    this.#block(stmt.body, once)
    merge(inner, once, this.#child(inner))
  }

  #switch(stmt: Extract<Stmt, { k: 'switch' }>, scope: Scope): boolean {
    const subject = stmt.subject ? this.evaluate(stmt.subject, scope) : null
    const saved = this.hooks?.save()
    let others: Condition = [[]]
    let allEnd = true
    let hasDefault = false
    const depth = this.#conditions.length
    for (const [index, { tests, body }] of stmt.cases.entries()) {
      const results = tests.map((test) => {
        if (subject === null) return this.#test(test, scope)
        const value = this.evaluate(test, scope)
        return {
          known: knownComparison('==', subject, value, this),
          condition: comparison('==', subject, value),
        }
      })
      if (tests.length === 0) hasDefault = true
      if (results.length > 0 && results.every(({ known }) => known === false)) continue
      const condition = tests.length === 0 ? others : results.map((one) => one.condition).reduce(either)
      this.hooks?.restore(saved)
      this.#conditions.push(condition)
      // An empty case goes on into the next one.
      let at = index
      while (body.length === 0 && at + 1 < stmt.cases.length && stmt.cases[at]?.body.length === 0) at++
      const inner = this.#child(scope)
      const ends = this.#block(stmt.cases[at]?.body ?? body, inner)
      const jumps = body.at(-1)?.k === 'jump'
      merge(scope, inner, null)
      this.#conditions.length = depth
      if (!ends || jumps) allEnd = false
      if (results.some(({ known }) => known === true)) return ends && !jumps
      others = both(others, not(condition))
    }
    return allEnd && hasDefault
  }

  // --- binding ---

  #bind(target: Expr, value: Value, scope: Scope, isNew: boolean): void {
    switch (target.k) {
      case 'name':
        if (isNew && scope.module.language !== 'python') scope.declare(target.name, value)
        else if (isNew) scope.declare(target.name, value)
        else scope.set(target.name, value)
        return
      case 'array':
        for (const [index, item] of target.items.entries()) {
          if (item.k === 'spread') this.#bind(item.of, { t: 'list', items: [], isOpen: true }, scope, isNew)
          else
            this.#bind(
              item,
              partAt(value, index) ??
                (index === 0 && value.t !== 'list' ? value : symbol('?', partText(value, index, item))),
              scope,
              isNew,
            )
        }
        return
      case 'object':
        for (const { key, value: into } of target.entries) {
          if (key === null) {
            this.#bind(into, value, scope, isNew)
            continue
          }
          const name = textOf(this.evaluate(key, scope))
          const inner =
            name === null
              ? symbol('?', '?')
              : (this.memberOf(value, name, this.site(key, scope)) ?? symbol('?', name))
          this.#bind(into, inner, scope, isNew)
        }
        return
      case 'assign': {
        // A default, where the value may be missing.
        const isMissing = value.t === 'const' && value.v === null
        const missing = this.evaluate(target.value, scope)
        this.#bind(target.target, isMissing ? missing : value, scope, isNew)
        return
      }
      case 'spread':
        this.#bind(target.of, value, scope, isNew)
        return
      case 'member': {
        const of = this.evaluate(target.of, scope)
        this.#setMember(of, target.name, value, target, scope)
        return
      }
      case 'index': {
        const of = this.evaluate(target.of, scope)
        const key = textOf(this.evaluate(target.at, scope))
        if (key !== null) this.#setMember(of, key, value, target, scope)
        return
      }
      default:
    }
  }

  #setMember(of: Value, name: string, value: Value, span: Span, scope: Scope): void {
    for (const one of each(of)) {
      if (one.t === 'object') {
        // module.exports = …
        const exports = one.props.get('exports')
        if (name === 'exports' && exports?.t === 'object') {
          const own = this.exportsOf(scope.module)
          own.props.set('=', value)
          own.props.set('default', value)
        }
        this.#members.holderOf(one, name).props.set(name, value)
      } else if (one.t === 'class') this.#members.setOfClass(one.ref, name, value)
      else this.hooks?.assign(one, name, value, this.site(span, scope))
    }
  }

  // --- expressions ---

  /** As `evaluate`, with steps of its own; a value that is asked for while it is found (a field of its own name) is not known. */
  evaluateIn(e: Expr, scope: Scope): Value {
    if (this.#evaluating.has(e)) return symbol('?', '?')
    const budget = this.budget
    this.budget = Math.max(budget, 2000)
    this.#evaluating.add(e)
    try {
      return this.evaluate(e, scope)
    } finally {
      this.#evaluating.delete(e)
      this.budget = budget
    }
  }

  evaluate(e: Expr, scope: Scope): Value {
    this.budget--
    switch (e.k) {
      case 'str':
        return { t: 'const', v: e.value, site: this.site(e, scope) }
      case 'num':
      case 'bool':
        return { t: 'const', v: e.value }
      case 'null':
        return nothing
      case 'regex':
        return symbol('RegExp()', `/${e.source}/`, { args: [{ name: null, value: constant(e.source) }] })
      case 'template':
        return joined(e.parts.map((part) => this.evaluate(part, scope)))
      case 'name':
        return scope.get(e.name) ?? symbol(e.name, e.name)
      case 'as': {
        const value = this.evaluate(e.of, scope)
        if (value.t !== 'symbol' || value.ref) return value
        // What is asserted tells more where the value is not known, of a framework's types above all.
        const target = this.lookup.typeTarget(e.type.name, scope)
        return typeof target === 'string' && target.includes('.')
          ? this.lookup.instanceOf(e.type, scope, value.text)
          : value
      }
      case 'member': {
        const of = this.evaluate(e.of, scope)
        return this.member(of, e.name, this.site(e, scope))
      }
      case 'index': {
        const of = this.evaluate(e.of, scope)
        // A function of Go with its types.
        if (of.t === 'func' && scope.module.language === 'go') return of
        const at = this.evaluate(e.at, scope)
        if (of.t === 'list' && at.t === 'const' && typeof at.v === 'number' && of.items[at.v])
          return of.items[at.v] ?? nothing
        const key = textOf(at)
        if (key !== null) return this.member(of, key, this.site(e, scope))
        if (of.t === 'object' && of.props.size > 0 && of.ref === null) return union([...of.props.values()])
        if (of.t === 'class') return symbol(of.ref.cls.name, of.ref.cls.name, { ref: of.ref })
        return of.t === 'symbol'
          ? {
              ...of,
              text: `${of.text}[${printValue(at)}]`,
              path: `${of.path}[]`,
              of,
              args: [{ name: null, value: at }],
            }
          : symbol('?', `${printValue(of)}[${printValue(at)}]`)
      }
      case 'call':
        return this.#call(e, scope)
      case 'func':
        return { t: 'func', fn: e.fn, scope, self: null, owner: null, module: scope.module, marks: [] }
      case 'class':
        return { t: 'class', ref: this.lookup.refOf(e.cls, scope.module, scope, null) }
      case 'array':
        return this.#list(e.items, scope)
      case 'object': {
        if (e.type) {
          const target = this.lookup.typeTarget(e.type.name, scope)
          const props = this.#entries(e.entries, scope)
          if (typeof target !== 'string') {
            // Without keys the values stand in the order of the fields.
            if (e.entries.length > 0 && e.entries.every(({ key }) => key === null))
              for (const [index, { value }] of e.entries.entries()) {
                const name = target.cls.fields[index]?.name
                if (name !== undefined) props.set(name, this.evaluate(value, scope))
              }
            return { t: 'object', props, ref: target, args: [], isOpen: false, site: this.site(e, scope) }
          }
          if (e.type.name !== 'map' && e.type.name !== 'object')
            return {
              ...symbol(`${target}()`, `${e.type.name}{}`),
              args: [...props].map(([name, value]) => ({ name, value })),
              typed: { type: e.type, scope },
              site: this.site(e, scope),
            }
          return { t: 'object', props, ref: null, args: [], isOpen: false, site: this.site(e, scope) }
        }
        const props = this.#entries(e.entries, scope)
        const isOpen = e.entries.some(({ key }) => key === null)
        return { t: 'object', props, ref: null, args: [], isOpen, site: this.site(e, scope) }
      }
      case 'binary':
        return this.#binary(e, scope)
      case 'unary': {
        const of = this.evaluate(e.of, scope)
        if (e.op === '-' && of.t === 'const' && typeof of.v === 'number') return constant(-of.v)
        if (e.op === '!') {
          const known = knownTruth(of)
          return known === null ? symbol('!', `!${printValue(of)}`) : constant(!known)
        }
        return e.op === 'typeof'
          ? symbol('typeof', `typeof ${printValue(of)}`)
          : symbol('?', `${e.op}${printValue(of)}`)
      }
      case 'cond': {
        const { known, condition } = this.#test(e.test, scope)
        if (known !== null) return this.evaluate(known ? e.whenTrue : e.whenFalse, scope)
        const told = this.#narrowed(e.test, scope)
        const [thenScope, elseScope] = told ? [this.#child(scope), this.#child(scope)] : [scope, scope]
        if (told) {
          if (told.whenTrue.length === 0) return this.evaluate(e.whenFalse, scope)
          if (told.whenFalse.length === 0) return this.evaluate(e.whenTrue, scope)
          declareNarrowed(thenScope, told.name, told.whenTrue)
          declareNarrowed(elseScope, told.name, told.whenFalse)
        }
        this.#conditions.push(condition)
        const then = this.evaluate(e.whenTrue, thenScope)
        this.#conditions.pop()
        this.#conditions.push(not(condition))
        const otherwise = this.evaluate(e.whenFalse, elseScope)
        this.#conditions.pop()
        return then === ended ? otherwise : otherwise === ended ? then : union([then, otherwise])
      }
      case 'spread':
        return this.evaluate(e.of, scope)
      case 'each': {
        const over = this.evaluate(e.over, scope)
        const items = over.t === 'list' && !over.isOpen ? over.items : null
        const inner = new Scope(scope.module, scope)
        const made = (items ?? [symbol('?', `${printValue(over)}[]`)]).slice(0, maxRounds).map((item) => {
          this.#bind(e.vars, item, inner, true)
          return this.evaluate(e.body, inner)
        })
        return { t: 'list', items: made, isOpen: items === null }
      }
      case 'assign': {
        const value = this.evaluate(e.value, scope)
        if (e.op === '=' || e.op === '||=' || e.op === '??=') {
          if (e.target.k === 'name') scope.set(e.target.name, value)
          else this.#bind(e.target, value, scope, false)
        } else if (e.op === '+=') {
          const before = this.evaluate(e.target, scope)
          const lists = each(before).filter((one) => one.t === 'list')
          const added = value.t === 'list' ? value : null
          for (const list of lists) {
            list.items.push(...(added?.items ?? []))
            list.isOpen ||= added?.isOpen ?? true
          }
          if (lists.length > 0) return before
          const sum = joined([before, value])
          this.#bind(e.target, sum, scope, false)
          return sum
        } else if (e.op === 'default') return value
        return value
      }
      case 'other':
        for (const part of e.parts) this.evaluate(part, scope)
        return symbol('?', '?')
    }
  }

  #list(items: readonly Expr[], scope: Scope): Value {
    const values: Value[] = []
    let isOpen = false
    for (const item of items) {
      const value = this.evaluate(item, scope)
      if (item.k !== 'spread') values.push(value)
      else if (value.t === 'list') {
        values.push(...value.items)
        isOpen ||= value.isOpen
      } else isOpen = true
    }
    return { t: 'list', items: values, isOpen }
  }

  #entries(entries: { key: Expr | null; value: Expr }[], scope: Scope): Map<string, Value> {
    const props = new Map<string, Value>()
    for (const { key, value } of entries) {
      const found = this.evaluate(value, scope)
      if (key === null) {
        if (found.t === 'object') for (const [name, one] of found.props) props.set(name, one)
        continue
      }
      const name = textOf(this.evaluate(key, scope))
      if (name !== null) props.set(name, found)
    }
    return props
  }

  #binary(e: Extract<Expr, { k: 'binary' }>, scope: Scope): Value {
    if (e.op === '&&' || e.op === '||' || e.op === '??') {
      const left = this.evaluate(e.left, scope)
      const known = e.op === '??' ? (left.t === 'const' ? left.v !== null : null) : knownTruth(left)
      if (known !== null && known === (e.op === '&&'))
        return e.op === '&&' ? this.evaluate(e.right, scope) : this.evaluateOr(left, e, scope)
      if (known !== null) return e.op === '&&' ? left : known ? left : this.evaluate(e.right, scope)
      const condition = truth(left)
      this.#conditions.push(e.op === '&&' ? condition : not(condition))
      const right = this.evaluate(e.right, scope)
      this.#conditions.pop()
      if (right === ended) return left
      return e.op === '&&'
        ? right.t === 'pack' || right.t === 'func'
          ? right
          : union([left, right])
        : union([left, right])
    }
    const left = this.evaluate(e.left, scope)
    const right = this.evaluate(e.right, scope)
    if (e.op === '+') {
      if (left.t === 'list' && right.t === 'list')
        return { t: 'list', items: [...left.items, ...right.items], isOpen: left.isOpen || right.isOpen }
      if (left.t === 'list') return { ...left, isOpen: true }
      if (
        left.t === 'const' &&
        right.t === 'const' &&
        typeof left.v === 'number' &&
        typeof right.v === 'number'
      )
        return constant(left.v + right.v)
      return joined([left, right])
    }
    if (e.op === '%' && left.t === 'const' && typeof left.v === 'string') {
      const values = right.t === 'list' ? [...right.items] : [right]
      return joined(
        left.v
          .split(/(%[sdr])/)
          .map((part) => (/^%[sdr]$/.test(part) ? (values.shift() ?? nothing) : constant(part))),
      )
    }
    if (
      left.t === 'const' &&
      right.t === 'const' &&
      typeof left.v === 'number' &&
      typeof right.v === 'number'
    ) {
      if (e.op === '*') return constant(left.v * right.v)
      if (e.op === '-') return constant(left.v - right.v)
      if (e.op === '<<') return constant(left.v << right.v)
    }
    // Path('a') / 'b' is of no interest; a union of types, flags and querysets is both.
    if (e.op === '|' || e.op === '&') return union([left, right])
    const known = knownComparison(e.op, left, right, this)
    return known === null
      ? symbol('?', `${printValue(left)} ${e.op} ${printValue(right)}`, {
          args: [
            { name: null, value: left },
            { name: null, value: right },
          ],
        })
      : constant(known)
  }

  private evaluateOr(left: Value, e: Extract<Expr, { k: 'binary' }>, scope: Scope): Value {
    return knownTruth(left) ? left : this.evaluate(e.right, scope)
  }

  // --- members ---

  member(of: Value, name: string, site: Site): Value {
    return this.memberOf(of, name, site) ?? symbol(`?.${name}`, `${printValue(of)}.${name}`, { of })
  }

  /** What stands under a name of a value; null where it is not there. */
  memberOf(of: Value, name: string, site: Site | null): Value | null {
    return this.#members.of(of, name, site)
  }

  staticMember(ref: ClassRef, name: string): Value | null {
    return this.#members.ofClass(ref, name)
  }

  // --- calls ---

  #call(e: Extract<Expr, { k: 'call' }>, scope: Scope): Value {
    const site = this.site(e, scope)
    // Java: a bare name is a method of the class around it.
    let callee: Value
    if (e.callee.k === 'name' && scope.module.language === 'java' && !e.isNew) {
      const self = scope.get('this')
      const ref =
        self && self.t !== 'class'
          ? self.t === 'object' || self.t === 'symbol'
            ? self.ref
            : null
          : self?.t === 'class'
            ? self.ref
            : null
      const own =
        self &&
        ref &&
        (this.lookup.method(ref, e.callee.name) || this.lookup.implementations(ref, e.callee.name).length > 0)
      callee =
        (own ? this.memberOf(self, e.callee.name, null) : null) ??
        scope.get(e.callee.name) ??
        (self ? this.memberOf(self, e.callee.name, null) : null) ??
        symbol(e.callee.name)
    } else {
      const settled = this.#exceptions.settled(e, scope, site)
      if (settled) return settled
      callee = this.evaluate(e.callee, scope)
    }
    const args: ArgValue[] = []
    for (const { name, value } of e.args) {
      const found = this.evaluate(value, scope)
      if (value.k === 'spread' && found.t === 'list')
        args.push(...found.items.map((item) => ({ name: null, value: item })))
      else if (value.k === 'spread' && found.t === 'object')
        args.push(...[...found.props].map(([key, one]) => ({ name: key, value: one })))
      else args.push({ name, value: found })
    }
    if (callee.t === 'symbol' && callee.path === 'errors.As') return this.#errorAs(e, args, scope)
    // Overloads are told apart by how many values they are given.
    if (
      callee.t === 'func' &&
      callee.owner &&
      callee.fn.params.length !== args.length &&
      scope.module.language === 'java'
    ) {
      const other = this.lookup.method(callee.owner, callee.fn.name, 0, args.length)
      if (other)
        callee = {
          ...callee,
          fn: other.fn,
          owner: other.owner,
          scope: other.owner.scope,
          module: other.owner.module,
        }
    }
    const result = this.#isOwnCall(e, callee)
      ? this.#share(callee, () => this.call(callee, args, site, e.isNew))
      : this.call(callee, args, site, e.isNew)
    if (e.types?.[0] && result.t === 'symbol' && !result.typed)
      return { ...result, typed: { type: e.types[0], scope } }
    return result
  }

  // A function that is called by its own name, not as what was handed in (the handler behind a middleware).
  #isOwnCall({ callee: by }: Extract<Expr, { k: 'call' }>, callee: Value): callee is FuncValue {
    const name = by.k === 'name' || by.k === 'member' ? by.name : null
    return this.effects !== null && callee.t === 'func' && name !== null && callee.fn.name === name
  }

  // One call takes no more than its part of the steps that are left, so that what comes after it is reached.
  #share<T>(callee: FuncValue, work: () => T): T {
    const kept = Math.floor(this.budget * (1 - shareOfCall))
    const before = this.spentIn.length
    this.budget -= kept
    const given = this.budget
    try {
      return work()
    } finally {
      this.isSpent ||= this.budget <= 0
      if (this.budget <= 0 && given >= stepsOfLong) this.spentIn.splice(before, Infinity, callee)
      this.budget = Math.max(0, this.budget) + kept
    }
  }

  // Go's `errors.As(err, &target)`: the target is what is found of its type.
  #errorAs(e: Extract<Expr, { k: 'call' }>, [error, target]: ArgValue[], scope: Scope): Value {
    // A second time it holds what was found before.
    const [type] = target ? each(target.value) : []
    if (!error || !type) return symbol('?', 'errors.As')
    const wanted: Value =
      type.t === 'symbol' && type.ref
        ? { t: 'class', ref: type.ref }
        : type.t === 'object' && type.ref
          ? { t: 'class', ref: type.ref }
          : type.t === 'symbol'
            ? symbol(type.path.replace(/\(\)$/, ''))
            : type
    const chain = errorChain(error.value)
    const answers = chain.map((one) => (one.t === 'const' ? false : this.isInstance(one, wanted)))
    const found = chain.filter((_, index) => answers[index] === true)
    const into = e.args[1]?.value
    if (found.length > 0 && into?.k === 'name') scope.set(into.name, union(found))
    if (answers.every((one) => one === false)) return constant(false)
    const alone = each(error.value).length === 1
    return alone && found.length > 0
      ? constant(true)
      : symbol('?', `${printValue(error.value)} is ${printValue(wanted)}`)
  }

  call(callee: Value, args: ArgValue[], site: Site, isNew = false): Value {
    const own = this.hooks?.call(callee, args, site, isNew)
    if (own) return own
    switch (callee.t) {
      case 'func': {
        const outcomes = this.#enter(callee, args, site)
        return outcomes === neverReturns ? ended : union(outcomes.map(({ value }) => value))
      }
      case 'class':
        return this.#converted(callee.ref, args) ?? this.instantiate(callee.ref, args, site)
      case 'pack': {
        const [given] = args
        return callee.apply && given
          ? callee.apply(given.value)
          : symbol('?', 'router()', { of: callee, args, site })
      }
      case 'union': {
        const results = callee.of
          .map((one) => this.call(one, args, site, isNew))
          .filter((one) => one !== ended)
        return results.length === 0 ? ended : union(results)
      }
      case 'symbol': {
        if (callee.path.includes('super:')) return this.#callSuper(callee, args, site)
        const builtin = callBuiltin(this, callee, args, site)
        if (builtin) return builtin
        // Code outside may call what it is given.
        for (const { value } of args)
          for (const one of each(value)) if (one.t === 'func') this.#callBack(one, callee, site)
        const text = `${callee.text}(${args.map(({ value }) => printValue(value)).join(', ')})`
        return symbol(`${callee.path}()`, text, { of: callee, args, site })
      }
      default:
        return symbol('?', `${printValue(callee)}()`, { of: callee, args, site })
    }
  }

  // Go: a function as a named type of functions is served by that type's method, where it has one.
  #converted(ref: ClassRef, args: readonly ArgValue[]): Value | null {
    const [given] = args
    if (ref.module.language !== 'go' || ref.cls.kind !== 'alias' || args.length !== 1 || !given) return null
    const method = given.value.t === 'func' ? this.lookup.method(ref, 'ServeHTTP') : null
    return method ? methodOf(method, given.value) : given.value
  }

  // `super(…)`, `super().__init__(…)`: of a class outside, the arguments are what is known of it.
  #callSuper(callee: SymbolValue, args: ArgValue[], site: Site): Value {
    const isPython = site.module.language === 'python'
    if (isPython && !callee.path.includes('.__init__')) return callee
    // A method of a class outside gives what is not known, never nothing.
    if (!isPython && callee.of?.t === 'symbol' && callee.of.path.includes('super:'))
      return symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site })
    const holder = callee.path.startsWith(':super:') || !isPython ? callee : callee.of
    const self = holder?.t === 'symbol' ? holder.of : null
    if (callee.ref && !isPython) {
      const method = this.lookup.method(callee.ref, 'constructor', 0, args.length)
      if (method) this.#enter({ ...emptyCall(method.owner), fn: method.fn, self }, args, site)
      else if (self?.t === 'object') self.args = args
    } else if (self?.t === 'object') self.args = args
    return nothing
  }

  #isWithinFollowed({ fn, module }: FuncValue): boolean {
    for (const [outer, of] of this.followed ?? [])
      if (of === module && outer.start <= fn.start && fn.end <= outer.end) return true
    return false
  }

  #isOfRequest({ type }: Param, scope: Scope): boolean {
    const target = type && this.lookup.typeTarget(type.name, scope)
    return typeof target === 'string' && this.handled.has(target)
  }

  #callBack(fn: FuncValue, callee: SymbolValue, site: Site): void {
    if (this.budget <= 0 || this.#stack.some((one) => one.fn === fn.fn)) return
    if (this.followed !== null && fn.fn.params.some((param) => this.#isOfRequest(param, fn.scope))) return
    const isThen =
      callee.path.endsWith('.then') || callee.path.endsWith('.map') || callee.path.endsWith('.flatMap')
    const given = isThen && callee.of ? [{ name: null, value: callee.of }] : []
    this.outcomes(fn, given, site)
  }

  /** What `new C(…)` or `C(…)` gives: an object with what its constructor sets. */
  instantiate(ref: ClassRef, args: ArgValue[], site: Site): Value {
    const made: ObjectValue = { t: 'object', props: new Map(), ref, args, isOpen: true, site }
    if (this.budget <= 0) return made
    const chain = [ref]
    for (let at = 0; at < chain.length && at < 6; at++) {
      const one = chain[at]
      if (one)
        chain.push(
          ...this.lookup
            .basesOf(one)
            .slice(0, 1)
            .filter((base) => !chain.includes(base)),
        )
    }
    for (const one of chain.toReversed())
      if (one.module.language === 'javascript' || one.module.language === 'java') {
        const inner = new Scope(one.module, one.scope)
        inner.declare('this', made)
        for (const field of one.cls.fields)
          if (field.value && !field.isStatic) made.props.set(field.name, this.evaluate(field.value, inner))
      }
    const init = ref.module.language === 'python' ? '__init__' : 'constructor'
    const method = this.lookup.method(ref, init, 0, args.length)
    if (method)
      this.#enter(
        {
          t: 'func',
          fn: method.fn,
          scope: method.owner.scope,
          self: made,
          owner: method.owner,
          module: method.owner.module,
          marks: [],
        },
        args,
        site,
      )
    else for (const { name, value } of args) if (name !== null) made.props.set(name, value)
    if (ref.cls.kind === 'record')
      for (const [index, field] of ref.cls.fields.entries()) {
        const given = args[index]
        if (given) made.props.set(field.name, given.value)
      }
    return made
  }

  #enter(
    fn: FuncValue,
    args: ArgValue[],
    site: Site,
  ): { value: Value; conditions: Condition[]; site: Site }[] {
    if (fn.fn === this.passed?.fn) {
      this.passed.when.push(this.#conditions.reduce(both, always))
      return [{ value: symbol('@passed', 'handled'), conditions: [], site }]
    }
    const isRunning = (one: Func) => this.#stack.some((running) => running.fn === one)
    // A helper that runs what it is given (a container of services) may come again in that.
    const isBusy =
      isRunning(fn.fn) &&
      !args.some(({ value }) => value.t === 'func' && value.fn.name === '' && !isRunning(value.fn))
    if (isBusy || this.#stack.length >= maxDepth || this.budget <= 0 || !fn.fn.hasBody)
      return [
        {
          value: fn.fn.returns
            ? this.lookup.instanceOf(fn.fn.returns, fn.scope, `${fn.fn.name}()`)
            : symbol('?', `${fn.fn.name}(${args.map(({ value }) => printValue(value)).join(', ')})`),
          conditions: [],
          site,
        },
      ]
    this.invoked.add(fn.fn)
    const isAside =
      this.followed !== null &&
      fn.fn.name !== '' &&
      !this.followed.has(fn.fn) &&
      !args.some(({ value }) => holdsPack(value))
    // What is written in a function that is followed goes on with what that one has left.
    const lent =
      this.followed !== null && fn.fn.name === '' && this.#isWithinFollowed(fn) ? this.#withheld : 0
    const aside0 = this.#aside
    this.budget += lent
    this.#withheld -= lent
    if (lent > 0) this.#aside = 0
    const limit = isAside ? (budgetsAside[this.#aside] ?? this.budget) : this.budget
    const aside = Math.max(0, this.budget - limit)
    this.budget -= aside
    this.#withheld += aside
    if (isAside) this.#aside++
    const scope = new Scope(fn.module, fn.scope)
    this.#bindSelf(fn, scope)
    this.#bindParams(fn, args, scope)
    const outer = this.#frame
    const depth = this.#conditions.length
    this.#frame = { returns: [] }
    this.#stack.push(fn)
    this.#calls.push(site)
    try {
      const ends = this.#block(fn.fn.body, scope)
      const { returns } = this.#frame
      if (!ends)
        returns.push({
          value: nothing,
          conditions: this.#conditions.slice(depth),
          site: this.site(fn.fn, fn.scope),
        })
      if (returns.length === 0) return neverReturns
      for (const one of returns) one.conditions = one.conditions.slice(depth)
      return returns
    } finally {
      this.#frame = outer
      // What was left before its end may be run by itself.
      if (this.followed !== null && this.budget <= 0) this.invoked.delete(fn.fn)
      this.budget += aside - lent
      this.#withheld += lent - aside
      this.#aside = aside0
      this.#stack.pop()
      this.#calls.pop()
      this.#conditions.length = depth
    }
  }

  #bindSelf(fn: FuncValue, scope: Scope): void {
    if (fn.fn.receiver) {
      if (fn.self) scope.declare(fn.fn.receiver.name, fn.self)
      else
        scope.declare(
          fn.fn.receiver.name,
          this.lookup.instanceOf(fn.fn.receiver.type, fn.scope, fn.fn.receiver.name),
        )
      return
    }
    const self: Value | null =
      fn.self ??
      (fn.owner ? symbol(`:${fn.owner.module.path}:${fn.owner.cls.name}()`, 'this', { ref: fn.owner }) : null)
    if (!self) return
    if (fn.module.language === 'java') {
      // Fields by their bare name.
      const owner = fn.owner
      const fields = new Scope(fn.module, null, (name) =>
        owner &&
        (this.lookup.field(owner, name) !== null ||
          owner.cls.inner.some((one) => one.name === name) ||
          owner.cls.constants.some((one) => one.name === name))
          ? (this.memberOf(self, name, null) ?? this.staticMember(owner, name))
          : null,
      )
      adopt(scope, fields)
    }
    scope.declare('this', self)
    if (fn.owner) scope.declare('super', superOf(fn.owner, self, this))
  }

  #bindParams(fn: FuncValue, args: ArgValue[], scope: Scope): void {
    const positional = args.filter(({ name }) => name === null).map(({ value }) => value)
    const named = new Map(args.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const])))
    let params: Param[] = fn.fn.params
    if (fn.module.language === 'python' && fn.owner && !fn.fn.isStatic && params[0]) {
      const isClassMethod = fn.fn.decorators.some((one) => one.k === 'name' && one.name === 'classmethod')
      const self = fn.self ?? symbol('?', 'self', { ref: fn.owner })
      const own: Value = isClassMethod ? { t: 'class', ref: fn.owner } : self
      scope.declare(params[0].name, own)
      params = params.slice(1)
    }
    for (const [index, param] of params.entries()) {
      if (param.isRest) {
        const rest = positional.slice(index)
        const isGiven = index > 0 && positional.length >= index
        scope.declare(param.name, { t: 'list', items: rest, isOpen: rest.length === 0 && !isGiven })
        continue
      }
      const given = named.get(param.name) ?? positional[index]
      let value: Value
      const isNull = given?.t === 'const' && given.v === null
      const typed = isNull && param.type ? this.lookup.instanceOf(param.type, fn.scope, param.name) : null
      // A service that is left out where it is wired is of its type all the same.
      if (typed?.t === 'symbol' && typed.ref && fn.module.language === 'go') value = typed
      else if (given && !(isNull && param.default))
        value =
          given.t === 'symbol' && isUntold(given, fn.module) && param.type
            ? retyped(given, this.lookup.instanceOf(param.type, fn.scope, given.text))
            : given
      else if (param.default) value = this.evaluate(param.default, scope)
      else
        value = param.type
          ? this.lookup.instanceOf(param.type, fn.scope, param.name)
          : symbol('?', param.name)
      if (param.pattern) this.#bind(param.pattern, value, scope, true)
      else scope.declare(param.name, value)
    }
  }

  #decorated(fn: FuncValue, scope: Scope): Value {
    let value: Value = fn
    for (const decorator of fn.fn.decorators.toReversed()) {
      const found = this.evaluate(decorator, scope)
      const site = this.site(decorator, scope)
      if (found.t === 'pack' && found.apply) value = found.apply(value)
      else if (value.t === 'func') value = this.hooks?.decorate(value, found, site) ?? value
    }
    return value
  }
}

// Of a type that says nothing: none, or a type parameter of Go.
const isUntold = ({ path, ref }: SymbolValue, { language }: Module) =>
  path === '?' || (language === 'go' && ref === null && /^\w+\(\)$/.test(path))

const holdsPack = (value: Value): boolean =>
  each(value).some(
    (one) =>
      one.t === 'pack' || (one.t === 'object' && [...one.props.values()].some(({ t }) => t === 'pack')),
  )

function emptyCall(owner: ClassRef): FuncValue {
  const [fn] = owner.cls.members
  if (!fn) throw new Error('A class with a constructor has members.')
  return { t: 'func', fn, scope: owner.scope, self: null, owner, module: owner.module, marks: [] }
}

/** Marks that a call never returns. */
export const ended: Value = symbol('!never', 'never')
const laterValue = symbol('?', 'set later')
const neverReturns: { value: Value; conditions: Condition[]; site: Site }[] = []

function adopt(scope: Scope, fields: Scope): void {
  scope.setFallback((name) => fields.get(name))
}

function superOf(owner: ClassRef, self: Value, interpreter: Interpreter): Value {
  const [base] = interpreter.lookup.basesOf(owner)
  if (base) return symbol(`:super:${base.cls.name}`, 'super', { ref: base, of: self })
  const outside = owner.cls.bases[0]
  const target = outside ? interpreter.lookup.typeTarget(outside.name, owner.scope) : 'super'
  return symbol(`super:${typeof target === 'string' ? target : ''}`, 'super', { of: self })
}

// What stands at a place of a list, or of each of the lists that a call may give.
function partAt(value: Value, index: number): Value | null {
  const lists = each(value)
  const parts = lists.flatMap((one) => (one.t === 'list' ? (one.items[index] ?? []) : []))
  return lists.length > 0 && parts.length === lists.length ? union(parts) : null
}

function partText(value: Value, index: number, item: Expr): string {
  if (item.k === 'name' && item.name === 'err') return `${printValue(value)} failed`
  return item.k === 'name' ? item.name : `${printValue(value)}[${index}]`
}

function retyped(value: SymbolValue, typed: Value): Value {
  if (typed.t !== 'symbol') return typed
  return {
    ...value,
    ref: typed.ref,
    typed: typed.typed,
    path: /^(?:\?|\w+\(\))$/.test(value.path) ? typed.path : value.path,
  }
}

export function symbolOf(fn: FuncValue): string {
  const owner = fn.owner?.cls.name ?? fn.fn.receiver?.type?.name ?? ''
  return owner === '' ? fn.fn.name : `${owner}.${fn.fn.name}`
}

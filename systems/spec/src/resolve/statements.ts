import { isLeftToCaller } from './tried.ts'
import { inOneLine, whole as wholeOf } from '../facts/expression.ts'
import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr, Func, Language, Module, Span, Stmt, TypeRef } from '../parse/ir.ts'
import { always } from '../facts/condition.ts'
import { retyped } from './calls.ts'
import { isSetOfModule } from './set-later.ts'
import { settingsOf } from './settings-of.ts'
import { asError, bind } from './binding.ts'
import { asserted, givenTo, lookedUp } from './go-assertion.ts'
import { BranchScope, joinParts, merge, mergeWays, takeBack } from './branches.ts'
import type { BranchWay } from './branches.ts'
import { knownComparison } from './comparisons.ts'
import { allOf, both, called, comparison, either, knownTruth, not, truth, truthOf } from './conditions.ts'
import { asSpare, impliedBy, joinedOf, tell, untold } from './told.ts'
import { isErrorName } from './go-errors.ts'
import { runDecorators } from './class-decorators.ts'
import { methodOf } from './members.ts'
import { namesIn, noteGiven, notePlace, placeOf, saidOf, sourceOf } from './places.ts'
import { isMap, memberOf } from './membership.ts'
import { asksMethod, isAskedMethod, isVerb } from './asked-methods.ts'
import { underError } from './keyed-entries.ts'
import { labelled } from './java-cases.ts'
import { asCheck, mayBeCheck, mayBeCheckOfCaller } from './java-checks.ts'
import { declareNarrowed, narrowed } from './narrow.ts'
import { Loops, inputsOf, jumps } from './loops.ts'
import { twoWays } from './sometimes.ts'
import { Scope } from './values.ts'
import { isThrown } from './caught.ts'
import { isPerhapsEmpty } from './lists.ts'
import { truthOfCollected } from './collected.ts'
import { noteUnset } from './filled-arrays.ts'
import { plainType } from './go-plain-types.ts'
import { askedFilled, isFilled, isKey } from './filled.ts'
import { begun, constant, each, ended, nothing, symbol, textOf, union } from './values.ts'
import type { ClassRef, FuncValue, Site, Taken, Value } from './values.ts'
import { stillPossible } from './still-possible.ts'
import { leaveAlone, unawaited } from './unawaited.ts'
import { areToldApart, comparedWays, trueWays, unionOfBranches, unionOfWays } from './when.ts'
import type { Machine, Tested } from './machine.ts'
/** Ways through branches that were left in part, past which what holds after them is not told. */
const maxAfter = 4

const isPlainPart = (k: Expr['k']): boolean => /^(?:str|num|bool|null|name|member)$/.test(k)

const setting =
  /(?:conf(?:ig)?|cfg|settings?|env(?:iron)?|options?|opts|flags?|features?)(?:\(\))?[.[]|getenv\(|(?:en|dis)abled?$/i

const isOfSetting = (condition: Condition): boolean =>
  condition.length > 0 && condition.flat().every(({ subject }) => setting.test(wholeOf(subject)))

const leavesWithNothing = (body: readonly Stmt[]): boolean => {
  const last = body.at(-1)
  return last?.k === 'return' && (last.value === null || last.value.k === 'null')
}

/** Statements run one after the other: branches both ways where a condition is not known, loops over what is known, what is bound to names. */
export class Statements {
  readonly #run: Machine
  readonly #loops: Loops
  /** Of the branch whose test is asked, all up to the end of the test. */
  #head: (Span & { module: Module }) | null = null

  constructor(run: Machine) {
    this.#run = run
    this.#loops = new Loops(run, this)
  }

  // --- statements ---

  /** True where all ways through end (a return, a throw). */
  /** `goesOn`: what comes after it comes after no other way, so what holds at its end holds there. */
  block(stmts: readonly Stmt[], scope: Scope, goesOn = false): boolean {
    for (const stmt of stmts)
      if (stmt.k === 'func' && stmt.fn.name !== '' && stmt.fn.decorators.length === 0 && !stmt.fn.receiver)
        scope.declare(stmt.fn.name, this.#closure(stmt.fn, scope, null))
    const { conditions, branches, asserted } = this.#run.running
    const [depth, within, sure] = [conditions.length, branches.length, asserted.length]
    const ends = this.sequence(stmts, scope)
    if (!goesOn) asserted.length = Math.min(sure, asserted.length)
    if (goesOn && !ends) return ends
    conditions.length = Math.min(depth, conditions.length)
    branches.length = Math.min(within, branches.length)
    return ends
  }

  /** Statements in the scope that they are given. */
  sequence(stmts: readonly Stmt[], scope: Scope): boolean {
    const { running } = this.#run
    return stmts.some((stmt) => {
      const [depth, done] = [running.conditions.length, this.#run.effects?.length ?? 0]
      const sure = running.asserted.length
      const ends = this.#statement(stmt, scope)
      if (!ends) running.conditions.push(...running.asserted.slice(sure))
      if (!ends && running.caughtAround > 0) this.#unlessThrown(depth, done)
      return ends
    })
  }

  // What comes after something that throws, where it does not: what takes it may go on and answer nothing.
  #unlessThrown(depth: number, done: number): void {
    const { running, effects } = this.#run
    const thrown = (effects ?? []).slice(done).filter(isThrown)
    const whens: Condition[] = []
    for (const { conditions } of thrown) {
      const when = allOf(conditions.slice(depth))
      if (when.some((row) => row.includes(unsaid))) return
      whens.push(when)
    }
    if (whens.length === 0) return
    const kept = untold(whens.reduce(either))
    running.conditions.push(kept.length > maxAfter ? [[unsaid]] : kept)
  }

  #closure(fn: Func, scope: Scope, owner: ClassRef | null): FuncValue {
    return { t: 'func', fn, scope, self: null, owner, module: scope.module, marks: [] }
  }

  #statement(stmt: Stmt, scope: Scope): boolean {
    this.#run.budget--
    switch (stmt.k) {
      case 'expr':
        return this.#expressionEnds(stmt.e, scope)
      case 'defer':
        this.#run.expressions.evaluate(stmt.e, scope)
        return false
      case 'let': {
        const asked =
          this.#keyAsked(stmt.target, stmt.value, scope) ??
          asserted(this.#run, stmt.target, stmt.value, scope) ??
          lookedUp(this.#run, stmt.target, stmt.value, scope)
        const value = asked
          ? asked
          : stmt.value
            ? givenTo(this.#run, stmt.target, stmt.value, scope)
            : stmt.type
              ? this.#unset(stmt.type, scope, stmt.target.k === 'name' ? stmt.target.name : '?')
              : nothing
        // `var` of Java is what its value was declared to be.
        const type = stmt.type
          ? { type: stmt.type, scope }
          : scope.module.language === 'java' && value.t === 'symbol'
            ? value.typed
            : null
        const typed =
          type && stmt.value && value.t === 'symbol' && value.ref === null
            ? retyped(value, this.#run.lookup.instanceOf(type.type, type.scope, value.text))
            : this.#run.lookup.ofNamed(value, stmt.type, scope)
        const named = this.#run.effects === null ? keptBy(stmt.target, stmt.value, typed) : typed
        this.bind(stmt.target, this.#setLater(stmt, scope) ? union([named, laterValue]) : named, scope, true)
        if (stmt.value) this.noteSet(stmt.target, stmt, stmt.value, scope, value)
        if (stmt.isOfBlock && scope instanceof BranchScope) scope.hide(stmt.target)
        return value === ended && !this.#surelyStarts()
      }
      case 'return': {
        const given =
          stmt.value && this.#run.effects !== null ? this.#leftOver(stmt.value, scope) : stmt.value
        // What a function of one expression is.
        if (given && scope.module.language === 'java' && mayBeCheckOfCaller(given))
          return this.#expressionEnds(given, scope)
        const isAsked = given?.k === 'binary' && this.#run.running.stack.at(-1)?.fn === this.#run.asksTruth
        if (given && this.#run.effects !== null && (isAsked || isQuestion(given, scope.module.language))) {
          const { known, condition } = this.test(given, scope)
          const site = this.#run.site(stmt, scope)
          for (const [answer, when] of [
            [true, condition],
            [false, untold(condition)],
          ] as const)
            if (known === null || known === answer)
              this.#run.running.frame.returns.push({
                value: constant(answer),
                conditions: [...this.#run.running.conditions, ...(known === null ? [when] : [])],
                site,
                state: this.#run.hooks?.save(),
              })
          return true
        }
        const before = this.#run.effects?.length ?? 0
        const value = given ? this.#run.expressions.evaluate(given, scope) : nothing
        const { effects, running } = this.#run
        if (effects && given && isLeftToCaller(given, running.called, scope.module))
          for (const { kind, note } of effects.slice(before))
            if (kind === 'raise') note['leaves'] = running.stack.at(-1)?.fn
        // What never comes back gives nothing to return.
        if (value === ended) return true
        if (given && this.#run.effects !== null)
          noteGiven(value, placeOf(this.#run.site(stmt, scope), given, scope, [value]))
        const isError = this.#run.running.stack.at(-1)?.fn.returns?.name === 'error'
        this.#run.running.frame.returns.push({
          value: isError ? asError(value, scope) : (this.#run.hooks?.returned(value) ?? value),
          conditions: [...this.#run.running.conditions],
          site: this.#run.site(stmt, scope),
          state: this.#run.hooks?.save(),
        })
        return true
      }
      case 'throw': {
        const value = stmt.value
          ? this.#run.expressions.evaluate(stmt.value, scope)
          : (scope.get('@caught') ?? symbol('?', 'error'))
        this.#run.raise(value, this.#run.site(stmt, scope))
        return true
      }
      case 'if':
        return this.#if(stmt, scope)
      case 'loop':
        return this.#loops.run(stmt, scope)
      case 'try':
        return this.#run.exceptions.try(stmt, scope)
      case 'switch': {
        // What leaves it there leaves no loop around it.
        const { frame } = this.#run.running
        const { left } = frame
        frame.left = undefined
        const ends = this.#switch(stmt, scope)
        frame.left = left
        return ends
      }
      case 'func': {
        if (stmt.fn.decorators.length > 0)
          scope.declare(stmt.fn.name, this.#decorated(this.#closure(stmt.fn, scope, null), scope))
        return false
      }
      case 'class': {
        const ref = this.#run.lookup.refOf(stmt.cls, scope.module, scope, null)
        let value: Value = { t: 'class', ref }
        if (scope.module.language === 'python') this.#decorateMembers(ref, scope)
        if (stmt.cls.decorators.length > 0 && scope.module.language === 'python')
          for (const decorator of stmt.cls.decorators) {
            const found = this.#run.expressions.evaluate(decorator, scope)
            if (found.t === 'pack' && found.apply) value = found.apply(value)
          }
        scope.declare(stmt.cls.name, value)
        if (scope.module.language === 'javascript') runDecorators(this.#run, ref, scope)
        return false
      }
      case 'import':
        if (scope.module.language === 'javascript' || scope.module.language === 'python') {
          const target = this.#run.project.resolve(scope.module, stmt.source)
          if (target) this.#run.runModule(target)
          if (scope.parent !== null)
            for (const { imported, local } of stmt.names)
              scope.declare(local, this.#run.lookup.imported(scope.module, stmt.source, imported))
          else if (target && scope.module.language === 'python')
            for (const { imported } of stmt.names)
              if (imported) this.#run.lookup.imported(scope.module, stmt.source, imported)
        }
        return false
      case 'export':
        if (stmt.value) {
          const value = this.#run.expressions.evaluate(stmt.value, scope)
          this.#run.exportsOf(scope.module).props.set('default', value)
          this.#run.exportsOf(scope.module).props.set('=', value)
        }
        if (stmt.source) {
          const target = this.#run.project.resolve(scope.module, stmt.source)
          if (target) this.#run.runModule(target)
        }
        return false
      case 'block':
        if (stmt.managers !== undefined) return this.#with(stmt, stmt.managers, scope)
        return this.block(
          stmt.body,
          scope.module.language === 'python' ? scope : new Scope(scope.module, scope),
          true,
        )
      case 'jump':
        this.#run.running.frame.left?.push(...scope.names())
        if (stmt.label !== undefined) this.#loops.leave(stmt.label)
        if (stmt.isBreak)
          this.#run.running.frame.broken?.push(this.#run.running.conditions.reduce(both, always))
        return true
    }
  }

  // Go's `value, ok := m[key]` of a map that is known.
  #keyAsked(target: Expr, value: Expr | null, scope: Scope): Value | null {
    if (target.k !== 'array' || target.items.length !== 2 || value?.k !== 'index') return null
    if (scope.module.language !== 'go') return null
    const of = this.#run.expressions.evaluate(value.of, scope)
    if (of.t !== 'object' || !isMap(of)) return null
    const at = this.#run.expressions.evaluate(value.at, scope)
    const key = textOf(at)
    const asked = `${scope.module.text.slice(value.of.start, value.of.end)}["${key}"]`
    const isThere = key === null ? null : isKey(of, key, this.#run.running.conditions, asked)
    if (key !== null && isThere)
      return {
        t: 'list',
        items: [of.props.get(key) ?? (isThere.t === 'symbol' ? symbol('?', asked) : nothing), isThere],
        isOpen: false,
      }
    const keyed = key === null && !of.isOpen && of.props.size === 0 ? underError(of, at) : null
    if (keyed) return keyed
    if (of.isOpen || of.props.size === 0 || key !== null) return null
    return { t: 'list', items: [union([...of.props.values()]), memberOf(of, at)], isOpen: false }
  }

  #unset(type: TypeRef, scope: Scope, text: string): Value {
    const { language } = scope.module
    // JavaScript: it is nothing until it is set.
    if (language === 'javascript' && this.#run.effects !== null) return nothing
    const value = this.#run.lookup.instanceOf(type, scope, text)
    if (language !== 'go') return value
    if (this.#run.effects !== null && plainType(type) !== null) noteUnset(value)
    return begun(value)
  }

  // A variable of the module that begins as nothing, and that its functions set: what it is when they run is not known.
  #setLater({ target, value, type }: Extract<Stmt, { k: 'let' }>, scope: Scope): boolean {
    if (target.k !== 'name' || scope.parent !== null || (value ? value.k !== 'null' : type !== null))
      return false
    const { language, body, text } = scope.module
    if (language !== 'javascript' && language !== 'python') return false
    if (language === 'python' && isSetOfModule(this.#run.project.modules, scope.module, target.name))
      return true
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

  // Python's `with`: what fails in it is told to those that it opened (PEP 343), which may raise something else.
  #with({ body }: Extract<Stmt, { k: 'block' }>, count: number, scope: Scope): boolean {
    const exits = body.slice(0, count).flatMap((stmt): { exit: FuncValue; site: Site }[] => {
      const value = stmt.k === 'let' || stmt.k === 'expr' ? (stmt.k === 'let' ? stmt.value : stmt.e) : null
      const made = value ? this.#run.expressions.evaluate(value, scope) : null
      if (stmt.k === 'let' && made) this.bind(stmt.target, made, scope, false)
      const ref = made?.t === 'object' ? made.ref : null
      const found = ref ? this.#run.lookup.method(ref, '__exit__') : null
      const site = this.#run.site(stmt, scope)
      return made && found ? [{ exit: methodOf(found, made), site }] : []
    })
    const ends = this.block(body.slice(count), scope, true)
    // What code outside fails with is known by what is asked of it alone.
    const failed: Condition = [[{ subject: 'raised error', op: 'true' }, unsaid]]
    if (this.#run.effects !== null)
      for (const { exit, site } of exits.toReversed())
        this.#run.within(failed, () => {
          const given = ['error type', 'error', 'traceback'].map((text) => ({
            name: null,
            value: symbol('?', text, { isThere: true }),
          }))
          this.#run.outcomes(exit, given, site)
        })
    return ends
  }

  // Python decorates methods when the class is made: a router's decorator routes them.
  #decorateMembers(ref: ClassRef, scope: Scope): void {
    for (const fn of ref.cls.members)
      for (const decorator of fn.decorators.toReversed()) {
        if (decorator.k !== 'call') continue
        const found = this.#run.expressions.evaluate(decorator, scope)
        if (found.t === 'pack' && found.apply) found.apply(methodOf({ fn, owner: ref }, null))
      }
  }

  // A call that never comes back (a raising helper) ends the way it is on.
  // Of `a || b` what is left to say where it is known that `a` is not so, and of `a && b` where it is.
  #leftOver(e: Expr, scope: Scope): Expr {
    if (e.k !== 'binary' || (e.op !== '||' && e.op !== '&&')) return e
    // A call is not made twice.
    if (scope.module.text.slice(e.left.start, e.left.end).includes('(')) return e
    const { known } = this.test(e.left, scope)
    return known === (e.op === '&&') ? this.#leftOver(e.right, scope) : e
  }

  #expressionEnds(e: Expr, scope: Scope): boolean {
    const check =
      scope.module.language === 'java' && mayBeCheck(e)
        ? asCheck(e, this.#run.expressions.evaluate(e.callee, scope))
        : null
    if (check) return this.#if(check, scope)
    const { effects, running } = this.#run
    const alone = effects && unawaited(e, scope)
    const since = effects?.length ?? 0
    const { unfollowed } = running
    const value = this.#run.expressions.evaluate(e, scope)
    if (alone) {
      const callee = alone.links.length === 0 ? running.called : this.#plainly(alone.call.callee, scope)
      if (leaveAlone(alone, callee, effects, since, running, scope)) {
        // It fails at nothing that a `try` around it takes.
        if (alone.call.args.every(({ value: { k } }) => isPlainPart(k))) running.unfollowed = unfollowed
        return false
      }
    }
    return value === ended && !this.#surelyStarts()
  }

  // What stands under a name, or under names of that.
  #plainly(e: Expr, scope: Scope): Value | null {
    let of = e
    while (of.k === 'member') of = of.of
    return of.k === 'name' ? this.#run.expressions.evaluate(e, scope) : null
  }

  // A program that serves has begun: what it always calls on the way did not end it, though a check of settings may seem to.
  #surelyStarts(): boolean {
    return this.#run.effects === null && this.#run.running.branches.length === 0
  }

  #if(stmt: Extract<Stmt, { k: 'if' }>, scope: Scope): boolean {
    const inner = stmt.before.length > 0 ? new Scope(scope.module, scope) : scope
    for (const before of stmt.before) this.#statement(before, inner)
    // A name that is only passed over is told apart, and what stands under it is not read.
    const isPassed =
      stmt.isPassed ?? (stmt.whenTrue.length > 0 && stmt.whenTrue.every(({ k }) => k === 'jump'))
    const around = this.#head
    this.#head = { module: scope.module, start: stmt.start, end: stmt.test.end }
    const { known: whole, condition } = this.test(stmt.test, inner, !isPassed)
    this.#head = around
    const told = whole === null ? this.narrowed(stmt.test, inner) : null
    const known = told?.whenTrue === null ? false : told?.whenFalse === null ? true : whole
    if (known !== null) {
      if (asksMethod(scope.module.text.slice(stmt.test.start, stmt.test.end))) this.#run.running.byMethod++
      else this.#run.running.settled++
      const only = this.child(inner)
      if (told) declareNarrowed(only, told.name, known ? told.whenTrue : told.whenFalse)
      const ends = this.block(known ? stmt.whenTrue : stmt.whenFalse, only, true)
      if (!ends) merge(inner, only, null)
      return ends
    }
    const saved = this.#run.hooks?.save()
    const thenScope = this.child(inner)
    if (told) declareNarrowed(thenScope, told.name, told.whenTrue)
    const { running } = this.#run
    const returned = running.frame.returns.length
    const outer = running.parts
    const isJoined = this.#run.effects !== null
    running.parts = isJoined ? new Map() : null
    const [one, other] = twoWays()
    const then = this.#branch(condition, stmt.whenTrue, thenScope, one)
    const thenEnds = then.ends
    const thenParts = running.parts && !thenEnds ? takeBack(running.parts) : null
    const afterThen = this.#run.hooks?.save()
    this.#run.hooks?.restore(saved)
    const elseScope = this.child(inner)
    if (told) declareNarrowed(elseScope, told.name, told.whenFalse)
    running.parts = isJoined ? new Map() : null
    const otherwise = this.#branch(untold(condition), stmt.whenFalse, elseScope, other)
    const elseEnds = otherwise.ends
    one.isOnly = elseEnds
    other.isOnly = thenEnds
    // What a branch that ended made of things it may have given away.
    const elseParts = running.parts && !elseEnds ? takeBack(running.parts) : null
    running.parts = outer
    joinParts(thenParts, elseParts, outer, (values) => unionOfBranches(...values, condition))
    if (elseEnds && !thenEnds) this.#run.hooks?.restore(afterThen)
    else if (!elseEnds && !thenEnds)
      this.#run.hooks?.join([
        { state: afterThen, when: () => condition },
        { state: this.#run.hooks.save(), when: () => untold(condition) },
      ])
    merge(
      inner,
      thenEnds ? null : thenScope,
      elseEnds ? null : elseScope,
      (this.#run.effects === null && !(scope.module.language === 'python' && isOfSetting(condition))) ||
        thenEnds ||
        elseEnds
        ? undefined
        : ([value, other]) => unionOfBranches(value, other, condition),
    )
    // What comes after it comes where the branch that goes on was not left. Of middleware that hands on inside of a branch that is all that says when it refuses.
    // Of Go and Java a function that answers a question says so only when it is not answered before: errors that came first are told by themselves.
    const keepsBoth =
      /^(?:javascript|python)$/.test(scope.module.language) ||
      running.frame.returns
        .slice(returned)
        .some(({ value }) => value.t === 'const' && typeof value.v === 'boolean')
    const { conditions, branches } = this.#run.running
    if (thenEnds && !elseEnds) conditions.push(untold(condition), ...otherwise.held)
    else if (elseEnds && !thenEnds && stmt.whenFalse.length > 0) conditions.push(condition, ...then.held)
    else if (keepsBoth && !thenEnds && !elseEnds && then.held.length + otherwise.held.length > 0) {
      const after = either(
        [condition, ...then.held].reduce(both),
        [untold(condition), ...otherwise.held].reduce(both),
      )
      if (after.length <= maxAfter && !after.some((row) => row.includes(unsaid)))
        conditions.push(running.frame.returns.length > returned || jumps(stmt) ? after : asSpare(after))
    }
    // While a program begins, what comes after a setting left a function is there where that is set otherwise.
    if (
      this.#run.effects === null &&
      thenEnds &&
      !elseEnds &&
      isOfSetting(condition) &&
      leavesWithNothing(stmt.whenTrue)
    )
      branches.push(untold(condition))
    return thenEnds && elseEnds
  }

  // The call that a variable of Python was set to, where it was set once and that is short.
  #setTo(e: Expr, scope: Scope): string | null {
    const fn = this.#run.running.stack.at(-1)
    if (e.k !== 'name' || this.#run.effects === null || scope.module.language !== 'python') return null
    const [set, ...others] = fn && fn.module === scope.module ? settingsOf(e, fn.fn) : []
    if (set?.k !== 'let' || set.value?.k !== 'call' || others.length > 0) return null
    const text = inOneLine(scope.module.text.slice(set.value.start, set.value.end))
    return text.length <= maxCall && !/\(\*|, \*/.test(text) ? text : null
  }

  // `held`: what holds at its end beyond that it was taken.
  #branch(
    condition: Condition,
    body: readonly Stmt[],
    scope: Scope,
    way: Taken = twoWays()[0],
  ): { ends: boolean; held: readonly Condition[] } {
    const { conditions, branches, taken, asserted: sure } = this.#run.running
    const before = sure.length
    conditions.push(condition)
    branches.push(condition)
    taken.push(way)
    const [depth, within] = [conditions.length, branches.length]
    try {
      const ends = this.block(body, scope, true)
      // What is asserted in a branch that ends holds nowhere after it.
      if (ends) sure.length = Math.min(before, sure.length)
      return { ends, held: ends ? [] : conditions.slice(depth) }
    } finally {
      branches.length = Math.min(branches.length, within - 1)
      taken.pop()
      conditions.length = Math.min(conditions.length, depth - 1)
    }
  }

  narrowed(test: Expr, scope: Scope) {
    if (this.#run.budget <= 0) return null
    return narrowed(test, scope, (name, value) => {
      const inner = this.child(scope)
      inner.declare(name, value)
      const { effects, budget } = this.#run
      const depth = this.#run.running.conditions.length
      const state = this.#run.hooks?.save()
      this.#run.effects = null
      try {
        return this.test(test, inner).known
      } finally {
        this.#run.effects = effects
        this.#run.budget = budget
        this.#run.running.conditions.length = depth
        this.#run.hooks?.restore(state)
      }
    })
  }

  // A branch sees the names around it and keeps what it sets to itself, until both are done.
  child(scope: Scope): Scope {
    return new BranchScope(scope.module, scope)
  }

  test(e: Expr, scope: Scope, isRead = true): Tested {
    const found = this.#tested(e, scope, isRead)
    if (found.known === null && found.of) this.asked(found.condition, e, scope, found.of)
    return found
  }

  // `of`: what is asked, where it is not of parts that are asked by themselves.
  #tested(e: Expr, scope: Scope, isRead: boolean): Tested & { of?: readonly Value[] } {
    if (e.k === 'unary' && (e.op === '!' || e.op === 'not')) {
      const inner = this.test(e.of, scope, isRead)
      return { known: inner.known === null ? null : !inner.known, condition: untold(inner.condition) }
    }
    if (e.k === 'binary' && (e.op === '&&' || e.op === '||')) {
      const left = this.test(e.left, scope, isRead)
      const isAnd = e.op === '&&'
      if (left.known === !isAnd) return left
      const right = this.#run.within(isAnd ? left.condition : untold(left.condition), () =>
        this.test(e.right, left.known === null ? this.#after(e, scope) : scope, isRead),
      )
      if (left.known === isAnd) return right
      if (right.known === !isAnd) return right
      return {
        known: null,
        condition:
          right.known === isAnd
            ? left.condition
            : isAnd
              ? joinedOf(both(left.condition, right.condition), true, [left.condition, right.condition])
              : joinedOf(either(left.condition, right.condition), false, [left.condition, right.condition]),
      }
    }
    if (e.k === 'binary' && !/^[-+*/%]$|^\?\?$|^\*\*$/.test(e.op)) {
      const left = this.#run.expressions.evaluate(e.left, scope)
      const right = this.#run.expressions.evaluate(e.right, scope)
      if (isRead && (e.op === '==' || e.op === '===')) this.#readNamed(left, right, e, scope)
      const filled = this.filled(e, left, right, scope)
      if (filled) return { ...filled, of: [left] }
      // Whether the request has a part of a name: that reads it.
      const part = e.op === 'in' || e.op === 'not in' ? this.#part(left, right, e, scope) : null
      if (part) {
        const condition = truth(part)
        return { known: null, condition: e.op === 'in' ? condition : untold(condition), of: [part] }
      }
      const known = knownComparison(e.op, left, right, this.#run)
      const asWritten = () => this.#compared(e.op, left, right, e, scope)
      const ways = known === null ? comparedWays(e.op, left, right, this.#run, asWritten) : null
      const told = ways
        ? { known: null, condition: ways }
        : this.#asked(known, tell(asWritten(), [left, right]))
      return { ...told, of: [left, right] }
    }
    const value = stillPossible(this.#run.expressions.evaluate(e, scope), this.#run.running.holding())
    const asked =
      truthOfCollected(value, scope.module.language) ??
      (value.t === 'list' && isPerhapsEmpty(value) ? { of: value, isFilled: true } : null)
    const filled = asked && this.#isSo(asked, e, scope)
    if (filled) return { ...filled, of: [value] }
    const known = knownTruth(value)
    const asWritten = () => truthOf(value, e, scope, this.#setTo(e, scope))
    const ways =
      known === null ? trueWays(value, not, /^(?:java|go)$/.test(scope.module.language), asWritten) : null
    const told = ways
      ? { known: ways === always ? true : null, condition: ways }
      : this.#asked(known, tell(asWritten(), [value]))
    return { ...told, of: [value] }
  }

  // What a name stands for on the right of `name != null && …`, and of `name == null || …`.
  #after(e: Extract<Expr, { k: 'binary' }>, scope: Scope): Scope {
    const sets = /(?<![=!<>])=(?![=>])|\+\+|--/.test(scope.module.text.slice(e.right.start, e.right.end))
    const told = sets ? null : this.narrowed(e.left, scope)
    const value = e.op === '&&' ? told?.whenTrue : told?.whenFalse
    if (!told || !value) return scope
    const inner = this.child(scope)
    declareNarrowed(inner, told.name, value)
    return inner
  }

  /** Whether errors were collected; null of any other comparison. */
  filled(
    e: Extract<Expr, { k: 'binary' }>,
    left: Value,
    right: Value,
    scope: Scope,
  ): { known: boolean | null; condition: Condition } | null {
    const asked = askedFilled(e.op, left, right)
    return asked && this.#isSo(asked, e.left, scope)
  }

  #isSo(
    asked: { of: Value; isFilled: boolean },
    { start, end }: Span,
    { module }: Scope,
  ): { known: boolean | null; condition: Condition } | null {
    const value = isFilled(asked.of, this.#run.running.conditions, module.text.slice(start, end))
    if (!value) return null
    const known = knownTruth(value)
    const condition = trueWays(value, not) ?? truth(value)
    return asked.isFilled
      ? { known, condition }
      : { known: known === null ? null : !known, condition: untold(condition) }
  }

  #part(name: Value, of: Value, e: Expr, scope: Scope): Value | null {
    const text = scope.module.language === 'python' && inputsOf(of) !== null ? textOf(name) : null
    return text === null ? null : this.#run.memberOf(of, text, this.#run.site(e, scope))
  }

  // Inputs that are gone through by their names: one that is told apart by its name is read.
  #readNamed(subject: Value, value: Value, span: Span, scope: Scope): void {
    const place = subject.t === 'symbol' ? (subject.note as { namesOf?: string } | null)?.namesOf : undefined
    const name = place ? textOf(value) : null
    if (name !== null)
      this.#run.emit('read', value, null, this.#run.site(span, scope), { in: place, name, isRequired: false })
  }

  #compared(
    op: string,
    left: Value,
    right: Value,
    e: Extract<Expr, { k: 'binary' }>,
    scope: Scope,
  ): Condition {
    return comparison(
      op,
      called(left, e.left, scope, this.#setTo(e.left, scope)),
      called(right, e.right, scope, this.#setTo(e.right, scope)),
    )
  }

  // What was asked before, and is the same, is not asked again.
  #asked(known: boolean | null, condition: Condition): { known: boolean | null; condition: Condition } {
    return { known: known ?? impliedBy(this.#run.running.holding(), condition), condition }
  }

  #switch(stmt: Extract<Stmt, { k: 'switch' }>, scope: Scope): boolean {
    const subject = stmt.subject ? this.#run.expressions.evaluate(stmt.subject, scope) : null
    if (subject && isAskedMethod(subject)) this.#noteMethods(stmt, subject, scope)
    const saved = this.#run.hooks?.save()
    let others: Condition = [[]]
    let hasEnded = false
    let hasDefault = false
    const ways: (BranchWay & { state: unknown })[] = []
    const depth = this.#run.running.conditions.length
    for (const [index, { tests, body }] of stmt.cases.entries()) {
      const results = tests.map((test) => {
        if (subject === null) return this.test(test, scope)
        const value = labelled(this.#run, subject, test, this.#run.expressions.evaluate(test, scope), scope)
        this.#readNamed(subject, value, test, scope)
        // Of a thing that is one of several each is compared by itself.
        const isParted = areToldApart(subject)
        const parted = isParted ? comparedWays('==', subject, value, this.#run) : null
        const is =
          parted ?? comparison('==', stmt.subject ? called(subject, stmt.subject, scope) : subject, value)
        const { known, condition } = this.#asked(
          isParted && each(subject).every((one) => knownComparison('==', one, value, this.#run) === false)
            ? false
            : knownComparison('==', subject, value, this.#run),
          tell(is, [subject, value]),
        )
        return {
          known,
          condition: this.asked(this.asked(condition, test, scope), stmt.subject ?? test, scope),
        }
      })
      if (tests.length === 0) hasDefault = true
      if (results.length > 0 && results.every(({ known }) => known === false)) continue
      const mayBe = results.filter(({ known }) => known !== false)
      // One that surely fits comes where none before it did.
      const isRest = tests.length === 0 || mayBe.some(({ known }) => known === true)
      const own = mayBe.map((one) => one.condition)
      const condition = isRest ? others : subject ? own.reduce(either) : both(others, own.reduce(either))
      this.#run.hooks?.restore(saved)
      this.#run.running.conditions.push(condition)
      // An empty case goes on into the next one.
      let at = index
      while (body.length === 0 && at + 1 < stmt.cases.length && stmt.cases[at]?.body.length === 0) at++
      const inner = this.child(scope)
      const run = reached(stmt.cases[at]?.body ?? body)
      const goesOn = !this.block(run, inner) || run.some(isLeft)
      const isOnly = results.some(({ known }) => known === true)
      this.#run.running.conditions.length = depth
      if (goesOn) {
        ways.push({ scope: inner, condition, state: this.#run.hooks?.save() })
      } else hasEnded = true
      if (isOnly) {
        hasDefault = true
        break
      }
      const left = untold(condition)
      others = joinedOf(both(others, left), true, [others, left])
    }
    this.#run.hooks?.restore(saved)
    if (!hasDefault) ways.push({ scope: null, condition: others, state: saved })
    this.#run.hooks?.join(ways.map(({ state, condition }) => ({ state, when: () => condition })))
    if (ways.length === 0) return true
    // As a program begins a name stands for any of what cases made of it.
    mergeWays(
      scope,
      ways,
      this.#run.effects === null ? (all) => union(all.map(({ value }) => value)) : unionOfWays,
    )
    if (this.#run.effects === null) return false
    // What comes after it comes on one of the ways that go on.
    const left = ways.map((one) => one.condition).reduce(either)
    if (hasEnded && left.length <= maxAfter) this.#run.running.conditions.push(left)
    return false
  }

  // The methods that cases are for, however much there is before them.
  #noteMethods({ cases, start, end }: Extract<Stmt, { k: 'switch' }>, subject: Value, scope: Scope): void {
    const methods = cases.flatMap(({ tests }) =>
      tests.flatMap((test) => (test.k === 'str' ? [test.value] : [])),
    )
    if (methods.every(isVerb))
      this.#run.emit('method-cases', subject, null, this.#run.site({ start, end }, scope), { methods })
  }

  /** Notes where names are set, while what code does is. */
  noteSet(target: Expr, span: Span, e: Expr, scope: Scope, value: Value): void {
    if (this.#run.effects === null) return
    const place = placeOf(this.#run.site(span, scope), e, scope, [value])
    const gives = sourceOf(e, scope.module)
    const is = target.k === 'name' ? saidOf(value) : null
    const [first] = namesIn(target)
    for (const name of namesIn(target))
      // Of several results the first is what was asked for; an error says that it failed.
      scope.notePlace(
        name,
        gives !== null && (name === first || isErrorName(name)) && target.k !== 'object'
          ? { ...place, gives, ...(is === null ? {} : { is }) }
          : place,
      )
  }

  /** A condition that is asked at an expression: in the test of a branch the branch shows it. */
  asked(condition: Condition, e: Expr, scope: Scope, values: readonly Value[] = []): Condition {
    const head = this.#head
    const isInHead =
      head !== null && head.module === scope.module && head.start <= e.start && e.end <= head.end
    return notePlace(condition, placeOf(this.#run.site(isInHead ? head : e, scope), e, scope, values))
  }

  bind(target: Expr, value: Value, scope: Scope, isNew: boolean): void {
    bind(this.#run, target, value, scope, isNew)
  }

  decoratedMethod(fn: FuncValue): FuncValue {
    let value = fn
    for (const decorator of fn.fn.decorators.toReversed()) {
      const found = this.#run.evaluateIn(decorator, fn.scope)
      const made =
        found.t === 'pack'
          ? null
          : this.#run.hooks?.decorate(value, found, this.#run.site(decorator, fn.scope))
      if (made?.t === 'func') value = made
    }
    return value
  }

  #decorated(fn: FuncValue, scope: Scope): Value {
    let value: Value = fn
    for (const decorator of fn.fn.decorators.toReversed()) {
      const found = this.#run.expressions.evaluate(decorator, scope)
      const site = this.#run.site(decorator, scope)
      if (found.t === 'pack' && found.apply) value = found.apply(value)
      else if (value.t === 'func') value = this.#run.hooks?.decorate(value, found, site) ?? value
    }
    return value
  }
}

// Whether a case of a switch may be left for what comes after it.
function isLeft(stmt: Stmt): boolean {
  switch (stmt.k) {
    case 'jump':
      return true
    case 'if':
      return stmt.whenTrue.some(isLeft) || stmt.whenFalse.some(isLeft)
    case 'block':
      return stmt.body.some(isLeft)
    case 'try':
      return [stmt.body, stmt.finally, ...stmt.handlers.map(({ body }) => body)].flat().some(isLeft)
    default:
      return false
  }
}

// What comes after a `return` never runs: a `break` there leaves nothing.
function reached(body: readonly Stmt[]): readonly Stmt[] {
  const last = body.findIndex(({ k }) => k === 'return' || k === 'throw')
  const [only] = body
  if (body.length === 1 && only?.k === 'block') return [{ ...only, body: [...reached(only.body)] }]
  return last < 0 ? body : body.slice(0, last + 1)
}

/** Characters of a call that stands for what it gave. */
const maxCall = 80

// What is true or false: of JavaScript and Python `&&` and `||` give one of their sides.
function isQuestion(e: Expr, language: Language): boolean {
  if (e.k === 'unary') return e.op === '!' || e.op === 'not'
  if (e.k !== 'binary') return false
  if (e.op === '&&' || e.op === '||')
    return (
      language === 'go' ||
      language === 'java' ||
      (isQuestion(e.left, language) && isQuestion(e.right, language))
    )
  return /^(?:[=!]==?|[<>]=?|in|not in|instanceof|isinstance)$/.test(e.op)
}

const laterValue = symbol('?', 'set later')

// What code outside makes while the program is set up is called by the name that keeps it: `loans` of `const loans = new Map()`.
const keptBy = (target: Expr, e: Expr | null, value: Value): Value =>
  target.k === 'name' &&
  e?.k === 'call' &&
  (e.isNew || (e.callee.k === 'name' && /^[A-Z]\w*[a-z]/.test(e.callee.name))) &&
  value.t === 'symbol' &&
  value.ref === null &&
  value.path.endsWith('()')
    ? { ...value, text: target.name }
    : value

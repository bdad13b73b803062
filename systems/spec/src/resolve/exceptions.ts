import { stillPossible } from './still-possible.ts'
import { isOfPlain } from './go-plain-types.ts'
import { isMadeError, mayBeError } from './go-errors.ts'
import { outsideError } from './go-library-errors.ts'
import { inOneLine } from '../facts/expression.ts'
import { always, unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import type { Expr, Handler, Span, Stmt } from '../parse/ir.ts'
import { BranchScope, merge, mergeWays } from './branches.ts'
import { allOf, both, either } from './conditions.ts'
import { notePlace } from './places.ts'
import { caughtValue, isThrown, maxCaught, rejoined, thrownBefore } from './caught.ts'
import { recovered } from './java-async.ts'
import { replacedFails } from './java-bindings.ts'
import { isExact } from './java-builtins.ts'
import { isKnownJava, javaParents } from './java-classes.ts'
import { failed, isOfLanguage } from './java-tried.ts'
import { noteCaught, unknownError } from './caught-errors.ts'
import { byLibrary } from './library-codes.ts'
import type { Lookup } from './lookup.ts'
import { isNamedError } from './members.ts'
import type { Passed } from './passed.ts'
import type { Running } from './running.ts'
import type { Hooks, Runtime } from './runtime.ts'
import { untold } from './told.ts'
import { isOfAllErrors, isOfPackage, isOtherOfName } from './unrelated-errors.ts'
import { missingKeys } from './missing-keys.ts'
import { comeAfter, isSeenCall, throwsNone, whenTried } from './tried.ts'
import { leftToTake } from './taken-before.ts'
import type { GoesOn } from './tried.ts'
import { isOwnOfPython } from './python-errors.ts'
import { isPlainCode } from './plain-code.ts'
import { unionOfWays, waysOf } from './when.ts'
import type { Effect, Scope, Site, Value, Way } from './values.ts'
import { each, ended, printValue, symbol, textOf, union } from './values.ts'

/** What runs the code around. */
interface Machine extends Runtime {
  readonly budget: number
  readonly passed: Passed | null
  effects: Effect[] | null
  readonly running: Running
  readonly hooks: Hooks | null
  readonly lookup: Lookup
  evaluate(e: Expr, scope: Scope): Value
  block(stmts: readonly Stmt[], scope: Scope): boolean
  conditions(): Condition[]
  emit(kind: string, value: Value, status: number | null, site: Site, note?: Record<string, unknown>): void
  site(span: Span, scope: Scope): Site
}

// What the function raises that a decorator wraps is given to its handlers one by one; nothing else raises errors of the repository's own.
const takesWrapped = ({ error }: Passed, types: readonly Value[]): boolean =>
  error !== undefined || (types.length > 0 && types.every(({ t }) => t === 'class'))

/** What is thrown, and what takes it: `try`, and promises that are settled by functions. */
export class Exceptions {
  readonly #run: Machine

  constructor(run: Machine) {
    this.#run = run
  }

  /**
   * Notes that a value is thrown, or handed on to the handlers of errors: that no `catch` takes. `keptAs`: the name under which it is kept for middleware that
   * answers it.
   */
  raise(value: Value, site: Site, isHandedOn = false, keptAs: string | null = null): void {
    const run = this.#run
    // As the program begins it ends what starts it, where nothing around takes it.
    if (run.effects === null && run.running.caughtAround === 0) run.running.stops.push(run.conditions())
    if (this.#isAnswered()) return
    // Go: each of several errors comes when it is that one, of those that what was asked before leaves.
    const isGo = site.module.language === 'go'
    const left = isGo ? stillPossible(value, run.running.holding()) : value
    const ways = isGo ? waysOf(left) : []
    for (const raised of each(left)) {
      // Python makes a thing of a class that is raised.
      const one =
        raised.t === 'class' && raised.ref.module.language === 'python'
          ? run.instantiate(raised.ref, [], site)
          : raised
      // `throw refuse()`: what it calls has thrown already.
      if (one === ended || (keptAs !== null && one.t === 'const')) continue
      const note = keptAs === null ? { isHandedOn } : { isHandedOn, keptAs }
      // Caught and thrown again: where it came from counts.
      const again = thrownBefore(one)
      const when = ways.flatMap((way) => (way.value === one ? [way.conditions.reduce(both, always)] : []))
      const emit = () => run.emit('raise', one, null, site, note)
      if (again)
        run.effects?.push({
          ...again,
          conditions: [...new Set([...run.conditions(), ...again.conditions])],
          note: { ...again.note, ...note },
        })
      else if (when.length > 0) run.within(when.reduce(either), emit)
      else emit()
    }
  }

  // Whether the function that runs has sent an answer on its way here: nothing that is thrown then is answered again.
  #isAnswered(): boolean {
    const { stack, calls, conditions } = this.#run.running
    const fn = stack.at(-1)?.fn
    return (
      this.#run.effects?.some(
        ({ note, site, through, conditions: when }) =>
          note['isSent'] === true &&
          fn !== undefined &&
          fn.start <= site.start &&
          site.end <= fn.end &&
          through.length === calls.length &&
          through.every((call, at) => call === calls[at]) &&
          when.every((condition, at) => condition === conditions[at]),
      ) === true
    )
  }

  try(stmt: Extract<Stmt, { k: 'try' }>, scope: Scope): boolean {
    const run = this.#run
    const outer = run.effects
    const own: Effect[] = []
    run.effects = outer ? own : null
    const saved = run.hooks?.save()
    const passed = run.hooks?.passedOn() ?? 0
    const wrapped = run.passed?.when.length ?? 0
    const bodyScope = new BranchScope(scope.module, scope)
    const held = run.running.conditions.length
    const isCaughtAround = stmt.handlers.some(({ body }) => !/^(?:return|throw)$/.test(body.at(-1)?.k ?? ''))
    if (isCaughtAround) run.running.caughtAround++
    const { unfollowed, replaceable } = run.running
    const around = run.running.tried
    const isOutermost = run.running.followed === null
    run.running.followed ??= new Map()
    run.running.tried = bodyScope
    const bodyEnds = run.block(stmt.body, bodyScope)
    run.running.tried = around
    const isFollowed = outer !== null && run.running.unfollowed === unfollowed && run.budget > 0
    // What fails in it is taken here.
    const takesAll = scope.module.language === 'javascript' && stmt.handlers.length > 0
    if (takesAll && stmt.handlers.every((one) => throwsNone(one, scope.module)))
      run.running.unfollowed = unfollowed
    const isReplaceable = run.running.replaceable > replaceable
    if (isCaughtAround) run.running.caughtAround--
    const after = run.hooks?.save()
    run.effects = outer
    // A decorator's own `try` around the function that it wraps.
    const wraps = run.passed && run.passed.when.length > wrapped ? run.passed : null
    if (wraps && stmt.handlers.length > 0) wraps.isTried = true
    // What fails in it may fail before it answers.
    for (const { note } of own) delete note['isSent']
    // While the program is set up what is tried is taken to work.
    if (!outer) merge(scope, bodyScope, null)
    const fn = run.running.stack.at(-1)?.fn
    const isCatchable = (effect: Effect) =>
      isThrown(effect) && (fn === undefined || effect.note['leaves'] !== fn)
    let raised = own.filter(isCatchable)
    outer?.push(...own.filter((effect) => !isCatchable(effect)))
    let allEnd = bodyEnds
    // Where what is tried ends by itself, what comes after it comes of what is caught.
    const goesOn: GoesOn[] = []
    for (const handler of stmt.handlers) {
      const types = handler.types.map((type) => run.evaluate(type, scope))
      const isTaken = ({ value }: Effect) =>
        types.length === 0 || types.some((type) => run.isInstance(value, type) !== false)
      // Around all that comes after, what nothing was seen to throw is no answer of this operation.
      const isAround = (run.hooks?.passedOn() ?? 0) > passed || (wraps !== null && takesWrapped(wraps, types))
      // What a call is documented to fail with is told of the handler itself, but of one around all that is there for that error.
      const isFor =
        isAround && scope.module.language === 'python' && types.length > 0 && !types.some(takesAny)
      const documented = isFor ? [] : raised.filter((effect) => isDocumented(effect) && isTaken(effect))
      raised = raised.filter((effect) => !documented.includes(effect))
      if (scope.module.language === 'javascript')
        this.#handedOn(documented, (value) => {
          const inner = new BranchScope(scope.module, scope)
          inner.declare(handler.name ?? '@caught', value)
          run.block(handler.body, inner)
        })
      const caught = raised.filter(isTaken)
      // What is surely of the type stays with this handler.
      raised = raised.filter(
        (effect) =>
          !(types.length === 0 || types.some((type) => run.isInstance(effect.value, type) === true)),
      )
      run.hooks?.restore(saved)
      const tried = {
        body: stmt.body,
        scope: outer ? bodyScope : null,
        isFollowed,
        isReplaceable,
        own,
        documented,
      }
      const ends = this.#handle(handler, caught, types, scope, isAround, tried, goesOn)
      if (!ends) allEnd = false
    }
    if (isOutermost) run.running.followed = null
    const left = around ? new Map(around.names()) : null
    if (outer) for (const effect of raised) outer.push(left ? { ...effect, names: left } : effect)
    const isCaught = goesOn.map(({ condition }) => condition)
    const unasked = own.filter((one) => one.conditions.length <= held)
    comeAfter(goesOn, unasked, stmt, scope)
    const works = isCaught.length === 0 ? always : untold(isCaught.reduce(either))
    run.hooks?.join([
      ...(bodyEnds && stmt.handlers.length > 0 ? [] : [{ state: after, when: () => works }]),
      ...goesOn.map(({ state, condition }) => ({ state, when: () => condition })),
    ])
    if (outer)
      mergeWays(
        scope,
        [...(bodyEnds ? [] : [{ scope: bodyScope, condition: works }]), ...goesOn],
        unionOfWays,
      )
    const finallyEnds = run.block(stmt.finally, scope)
    if (bodyEnds && !allEnd && goesOn.length > 0 && outer)
      run.running.conditions.push(isCaught.reduce(either))
    return allEnd || finallyEnds
  }

  // What a library documents that a call fails with, where what takes it hands it on: all else that it does is told of any error.
  #handedOn(documented: readonly Effect[], work: (value: Value) => void): void {
    const run = this.#run
    const outer = run.effects
    if (!outer) return
    for (const effect of documented.slice(0, maxCaught)) {
      const own: Effect[] = []
      run.effects = own
      const saved = run.hooks?.save()
      work(caughtValue(effect))
      run.hooks?.restore(saved)
      outer.push(...own.filter(isDocumented))
    }
    run.effects = outer
  }

  #handle(
    handler: Handler,
    caught: Effect[],
    types: Value[],
    scope: Scope,
    isAround: boolean,
    {
      body: tried,
      scope: set,
      isFollowed,
      isReplaceable,
      own: done,
      documented,
    }: {
      body: readonly Stmt[]
      scope: Scope | null
      isFollowed: boolean
      isReplaceable: boolean
      own: readonly Effect[]
      documented: readonly Effect[]
    },
    goesOn: GoesOn[],
  ): boolean {
    const run = this.#run
    const inner = new BranchScope(scope.module, scope)
    // It may have failed before a name was set, or after.
    for (const [own, value] of set?.names() ?? [])
      inner.declare(own, union([scope.get(own), value].filter((one) => one !== null)))
    const name = handler.name ?? '@caught'
    // Thrown by code outside the repository: known by its type alone.
    const stranger: Value =
      types.length > 0
        ? union(
            types.map((type) =>
              type.t === 'class'
                ? symbol(`:${type.ref.cls.name}()`, name, { ref: type.ref })
                : symbol(`${type.t === 'symbol' ? type.path : '?'}()`, name),
            ),
          )
        : unknownError(name)
    const subject = types.length > 0 ? types.map(printValue).join(' | ') : 'error'
    let ends = true
    if (isAround && caught.length === 0) return false
    const isAny = types.length === 0 && scope.module.language === 'javascript'
    const {
      condition,
      at,
      calls = [],
    }: ReturnType<typeof whenTried> = isAny
      ? whenTried(
          tried,
          scope.module,
          handler.body,
          scope,
          (one) => run.hooks?.isSeen(one) === true,
          run.running.followed,
        )
      : scope.module.language === 'java'
        ? failed(tried, types, scope)
        : { condition: [[{ subject: `raised ${subject}`, op: 'true' }]], at: null }
    const isNever =
      (types.length > 0 && this.#neverRaises(tried, types, scope)) ||
      (scope.module.language === 'python' && caught.length > 0 && isPlainCode(tried))
    const isAllSeen = isFollowed && (isAny || (scope.module.language === 'java' && !types.some(isOfLanguage)))
    // All that is here fails at nothing; what may stand there instead does as it likes.
    const when =
      scope.module.language === 'python'
        ? leftToTake(run, goesOn, types, this.#failing(tried, types, subject, scope, done))
        : [isAllSeen && isReplaceable ? [[replacedFails, unsaid]] : condition]
    if (at) notePlace(condition, { site: run.site(at, scope), from: [] })
    for (const [index, call] of calls.entries())
      notePlace(condition.slice(index, index + 1), { site: run.site(call, scope), from: [] })
    const { text } = scope.module
    const [line = ''] = text.slice(handler.start, handler.end).split(/\n|(?<=\{)/)
    const head = run.site({ start: handler.start, end: handler.start + line.trimEnd().length }, scope)
    for (const one of when) notePlace(one, { site: head, from: [] })
    const isSure = ({ value }: Effect) =>
      types.length === 0 || types.some((type) => run.isInstance(value, type) === true)
    // Python: where what throws it asks for nothing, at least what is tried fails.
    const isBare = ({ conditions }: Effect) =>
      scope.module.language === 'python' &&
      when.length > 0 &&
      at === null &&
      conditions.slice(run.running.conditions.length).every((one) => one.some((row) => row.length === 0))
    const values = caught.slice(0, isAround ? undefined : maxCaught).map((effect) => ({
      value: caughtValue(effect),
      names: effect.names,
      // What was seen to be thrown comes when it was; what may be of the type or of another, when it is.
      when: [...new Set([...effect.conditions, ...(isSure(effect) && !isBare(effect) ? [] : when)])],
    }))
    // Only code of the repository throws what is its own: where it was seen to, nothing else does.
    const isOwn = types.length > 0 && types.every(({ t }) => t === 'class') && caught.some(isSure)
    const before = run.hooks?.save()
    // What the one call fails with is known.
    const isKnown = caught.some(
      ({ site }) =>
        at !== null && site.module === scope.module && at.start <= site.start && site.end <= at.end,
    )
    // Where all that was called is here, what it throws was seen.
    for (const one of isAround || isOwn || isKnown || isNever || (isAllSeen && !isReplaceable)
      ? values
      : [...values, { value: stranger, when, names: undefined }]) {
      const own = new BranchScope(scope.module, inner)
      if (one.names && set)
        for (const [changed] of set.names()) {
          const value = one.names.get(changed) ?? scope.get(changed)
          if (value) own.declare(changed, value)
        }
      if (scope.module.language === 'javascript') noteCaught(one.value)
      inner.declare(name, one.value)
      inner.declare('@caught', one.value)
      const from = run.effects?.length ?? 0
      run.hooks?.restore(before)
      const isLeft = this.#withinAll(one.when, () => run.block(handler.body, own))
      run.effects?.push(...rejoined(run.effects.splice(from)))
      if (one.value === stranger && isAny && run.effects)
        run.effects.push(...byLibrary(run.effects.splice(from), { name, condition, at, documented }))
      if (isLeft) continue
      ends = false
      goesOn.push({
        scope: own,
        condition: allOf(one.when),
        failsAt: one.value === stranger ? at : null,
        state: run.hooks?.save(),
      })
    }
    return ends
  }

  // Whether the one call that is tried is known to raise none of these.
  #neverRaises(tried: readonly Stmt[], types: readonly Value[], scope: Scope): boolean {
    const call = onlyCallIn(tried)
    if (call?.k !== 'call' || call.args.length > 0) return false
    const callee = this.#run.evaluate(call.callee, scope)
    return types.flatMap(each).every((type) => this.#run.hooks?.neverRaises(callee, type) === true)
  }

  /** That something which was not seen to be thrown is caught: what fails, where that is one call, and else what nobody can tell. */
  #failing(
    tried: readonly Stmt[],
    types: readonly Value[],
    subject: string,
    scope: Scope,
    done: readonly Effect[],
  ): Condition[] {
    const missing = missingKeys(tried, types, done, scope.module)
    if (missing) return [missing]
    const caught: Atom = { subject: `raised ${subject}`, op: 'true' }
    // Code outside raises nothing of the repository's own.
    const ofOwn = types.length > 0 && types.every(({ t }) => t === 'class') ? ownCallsIn(tried, scope) : []
    const call = ofOwn.length === 1 ? (ofOwn[0] ?? null) : onlyCallIn(tried)
    const only = call ?? tried.find((stmt) => callIn(stmt) !== null)
    const text = call ? saidCall(call, scope.module.text) : null
    if (!only || text === null) return [[[caught, unsaid]]]
    const atom: Atom = {
      subject: `${text} failed == ${subject.replaceAll(' | ', ' or ')}`,
      op: 'true',
    }
    return [notePlace([[atom]], { site: this.#run.site(only, scope), from: [] })]
  }

  #withinAll<T>(all: readonly Condition[], work: () => T): T {
    const { conditions } = this.#run.running
    const depth = conditions.length
    conditions.push(...all)
    try {
      return work()
    } finally {
      conditions.length = Math.min(depth, conditions.length)
    }
  }

  /**
   * `promise.then(use, fail)` and `promise.catch(fail)` of JavaScript: `fail` is given what the promise was seen to throw, and what code outside may
   * throw. Null where a call is neither; a class of the repository may have methods of these names. Of Java what takes errors of what comes later.
   */
  settled(e: Extract<Expr, { k: 'call' }>, scope: Scope, site: Site): Value | null {
    const { callee, args } = e
    if (scope.module.language === 'java') return recovered(this.#run, e, scope, site)
    if (callee.k !== 'member' || scope.module.language !== 'javascript') return null
    const [first, second] = args
    const isThen = callee.name === 'then' && first !== undefined && args.length <= 2
    if (!isThen && !(callee.name === 'catch' && args.length === 1)) return null
    const run = this.#run
    const depth = run.running.conditions.length
    const outer = run.effects
    const own: Effect[] = []
    run.effects = outer ? own : null
    const { unfollowed } = run.running
    const promise = run.evaluate(callee.of, scope)
    run.effects = outer
    const taker = isThen ? second : first
    if (taker && throwsNone(taker.value, scope.module)) run.running.unfollowed = unfollowed
    const method = run.memberOf(promise, callee.name, site)
    const failing = taker ? each(run.evaluate(taker.value, scope)) : []
    const isOther = method?.t === 'func' || method?.t === 'pack'
    const all = failing.length === 0 || isOther ? [] : own.filter(isThrown)
    const caught = all.filter((effect) => !isDocumented(effect))
    outer?.push(...own.filter((effect) => !all.includes(effect)))
    this.#handedOn(all.filter(isDocumented), (value) => {
      for (const one of failing) if (isCallable(one)) run.call(one, [{ name: null, value }], site)
    })
    if (isOther)
      return run.call(
        method,
        args.map(({ name, value }) => ({ name, value: run.evaluate(value, scope) })),
        site,
      )
    const given = (value: Value) => [{ name: null, value }]
    const using = isThen && first ? each(run.evaluate(first.value, scope)) : []
    const made = using.map((one) => (isCallable(one) ? run.call(one, given(promise), site) : promise))
    const failed = caught
      .slice(0, maxCaught)
      .map((effect) => ({ value: caughtValue(effect), when: effect.conditions.slice(depth) }))
    const { start, end } = callee.of
    const tried = whenTried([{ k: 'expr', start, end, e: ofPromise(callee.of) }], scope.module)
    const when = [tried.condition]
    if (tried.at) notePlace(tried.condition, { site: run.site(tried.at, scope), from: [] })
    for (const { value } of failed) noteCaught(value)
    const others = isSeenCall(callee.of, scope) ? [] : [{ value: unknownError('error'), when }]
    const ways: Way[] = []
    // What answers where it fails has answered nothing where it did not.
    const before = isThen || outer === null ? undefined : run.hooks?.save()
    const states = [{ state: before, when: () => always }]
    for (const error of [...failed, ...others])
      for (const one of failing.filter(isCallable)) {
        const value = this.#withinAll(error.when, () => run.call(one, given(error.value), site))
        made.push(value)
        if (!isNever(value)) ways.push({ value, conditions: error.when })
        if (before === undefined) continue
        if (!isNever(value))
          states.push({ state: run.hooks?.save(), when: () => error.when.reduce(both, always) })
        run.hooks?.restore(before)
      }
    if (before !== undefined) run.hooks?.join(states)
    const kept = made.filter((one) => !isNever(one))
    if (isThen || outer === null) return union(isThen ? kept : [promise, ...kept])
    // Which of them it is: what the promise gives where nothing failed.
    const well = [...failed, ...others].map((one) => untold(one.when.reduce(both, always)))
    return unionOfWays([{ value: promise, conditions: well }, ...ways])
  }
}

// What a promise may fail with: what its call is given throws before there is one.
const ofPromise = (e: Expr): Expr =>
  e.k === 'member'
    ? { ...e, of: ofPromise(e.of) }
    : e.k === 'call'
      ? { ...e, callee: ofPromise(e.callee), args: [] }
      : e

const isNever = (value: Value): boolean => value.t === 'symbol' && value.path === '!never'

const isDocumented = ({ kind, note }: Effect) => kind === 'raise' && note['isDocumented'] === true

// The one call that is tried; null where there are more.
function onlyCallIn(tried: readonly Stmt[]): Expr | null {
  const [only, ...others] = tried.flatMap((stmt) => callIn(stmt) ?? [])
  return others.length === 0 ? (only ?? null) : null
}

// Calls that may come to code of the repository: not those of what is imported from outside, of the language, or of what is written there.
function ownCallsIn(tried: readonly Stmt[], scope: Scope): Expr[] {
  const calls: Expr[] = []
  const rootOf = (e: Expr): Expr =>
    e.k === 'member' || e.k === 'index' ? rootOf(e.of) : e.k === 'call' ? rootOf(e.callee) : e
  const isOwn = (e: Expr): boolean => {
    const root = rootOf(e)
    if (root.k !== 'name') return false
    const value = scope.get(root.name)
    return (
      value !== null &&
      value.t !== 'const' &&
      !(value.t === 'symbol' && value.ref === null && value.typed === null && /^[a-z_]/i.test(value.path))
    )
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const e = node as Expr
    if (e.k === 'func') return
    if (e.k === 'call' && isOwn(e.callee)) calls.push(e)
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value)
  }
  visit(tried)
  return calls
}

// The call that a statement makes and that may fail: not one that only writes to a log.
function callIn(stmt: Stmt): Expr | null {
  if (stmt.k === 'jump' || stmt.k === 'import') return null
  if (stmt.k !== 'expr' && stmt.k !== 'let' && stmt.k !== 'return')
    return { k: 'null', start: stmt.start, end: stmt.end }
  const e = stmt.k === 'expr' ? stmt.e : stmt.value
  if (!e || /^(?:str|num|bool|null|name)$/.test(e.k)) return null
  const isLog =
    e.k === 'call' && e.callee.k === 'member' && e.callee.of.k === 'name' && logs.test(e.callee.of.name)
  return isLog ? null : e
}
const logs = /^_?(?:log|logger|logging)$/i

/** Characters of a call that is told with what it is given. */
const maxCall = 80

// A call as code has it, without what it is given where that is long.
function saidCall(e: Expr, text: string): string | null {
  // What a decorator wraps is told by what it answers itself.
  if (e.k !== 'call' || e.args.some(({ value }) => value.k === 'spread')) return null
  const all = inOneLine(text.slice(e.start, e.end))
  if (all.length <= maxCall) return all
  const callee = inOneLine(text.slice(e.callee.start, e.callee.end))
  return callee.length <= maxCall && !callee.includes('(') ? `${callee}(…)` : null
}

const isCallable = ({ t }: Value) => t === 'func' || t === 'symbol' || t === 'pack'

/** `ValueError`, of no package. */
const isOfPython = /^[A-Z][A-Za-z]*(?:Error|Exception|Iteration|Interrupt|Exit)$/

// Java: two classes with one name, of packages outside, one of them known. What moved to Jakarta is the same; a class of Java's own may be taken for one of a
// package of which all is imported.
function areOfOtherPackages(name: string, type: Value): boolean {
  if (!packaged.test(name) || !isKnownJava(name)) return false
  if (type.t === 'class') return type.ref.module.language === 'java'
  const [one, other] = [name, type.t === 'symbol' ? type.path : ''].map((path) =>
    path.replace(/^javax\./, 'jakarta.').replace(/\.class$/, ''),
  )
  // A class of Java's own without an import is known by a package that another import names.
  if (other?.startsWith('java.') && !isKnownJava(other)) return false
  return packaged.test(other ?? '') && one !== other
}
const packaged = /^(?:javax?|jakarta|com|org|io|net)(?:\.\w+)+\.[A-Z]\w*$/

// Of Java's errors it is known what they extend, up to what is declared outside and not known. A thing that others made may be of a class that extends its own.
function javaInstance(
  run: Machine,
  value: Value,
  own: string,
  all: readonly string[],
  type: Value,
): boolean | null {
  // What is only declared to be of a class may be of one that extends it.
  if (value.t === 'symbol' && (value.ref !== null || !isExact(value))) {
    const above =
      type.t === 'class'
        ? run.lookup.ancestry(type.ref)
        : type.t === 'symbol'
          ? [type.path, ...javaParents(type.path)]
          : []
    const isBelow = [...above, ...above.flatMap(javaParents)].some(
      (name) => name === own || name === value.ref?.cls.name,
    )
    if (isBelow) return null
  }
  const isKnown = all.some((name) => name === 'java.lang.Throwable')
  return isKnown || type.t === 'class' ? false : null
}

// Go: whether a constant, or a text, is of a type of the language or of one that is made of such.
function isOfGoType(run: Machine, value: Value, type: Value): boolean | null {
  const isBasic = type.t === 'symbol' && basicOfGo.test(type.path)
  const isAlias = type.t === 'class' && type.ref.module.language === 'go' && type.ref.cls.kind === 'alias'
  if (!isBasic && !isAlias) return null
  if (value.t === 'symbol' && /^net\/http\.Status[A-Z]/.test(value.path))
    return isBasic && type.path === 'int'
  // An error is none of these, unless it is asked whether it is one.
  const isError = type.t === 'symbol' && type.path === 'error'
  if (isError && value.t === 'object' && value.ref?.module.language === 'go')
    return run.lookup.method(value.ref, 'Error') !== null
  // Nothing that stands where an error may is kept as one all the same.
  // What a call of the repository failed with may be of a type of its own.
  if (value.t === 'symbol' && mayBeError(value))
    return isAlias && value.path !== outsideError && !isMadeError(value) ? null : isError
  if (value.t !== 'text' && (value.t !== 'const' || value.v === null)) return null
  const named = value.t === 'const' ? value.named : undefined
  if (type.t === 'class') return named?.cls === type.ref.cls
  if (named || type.t !== 'symbol') return false
  const written = value.t === 'text' ? 'string' : typeof value.v
  const own = written === 'boolean' ? 'bool' : written === 'number' ? 'int' : written
  // A number with a fraction is none of the others.
  return (
    type.path ===
    (value.t === 'const' && typeof value.v === 'number' && !Number.isInteger(value.v) ? 'float64' : own)
  )
}
const basicOfGo = /^(?:bool|string|error|u?int(?:8|16|32|64)?|float(?:32|64)|byte|rune)$/

/** What a package of Go has that is not Go's own: `github.com/gofiber/fiber/v2.Error`. */
const inPackageOfGo = /^[\w-]+(?:\.[\w-]+)+\/[^()]*\.\w+(?:\(\))?$/

/** Whether a thrown value is of a class; null where that can't be said. */
export function isInstance(run: Machine, value: Value, type: Value): boolean | null {
  const wanted =
    type.t === 'class' ? type.ref.cls.name : type.t === 'symbol' ? (type.path.split('.').at(-1) ?? '') : ''
  const ofGo = isOfPlain(value, type) ?? isOfGoType(run, value, type)
  if (ofGo !== null) return ofGo
  // What is no error is of no class of errors: a text, an object that is written out.
  if (value.t === 'const' || (value.t === 'object' && value.ref === null && !value.props.has('@error')))
    return false
  // A class that a call outside made: `const Missing = createError(…)`.
  if (
    value.t === 'symbol' &&
    type.t === 'symbol' &&
    value.path === `${type.path}()` &&
    type.path.endsWith('()')
  )
    return (
      value.of?.t === 'symbol' &&
      value.of.site?.start === type.site?.start &&
      value.of.site?.module === type.site?.module
    )
  // Boom's functions make errors of its one class.
  if (value.t === 'symbol' && type.t === 'class' && /^(?:@hapi\/)?boom\.\w+\(\)$/.test(value.path))
    return false
  const isOfJava = type.t === 'symbol' && type.path === `java.lang.${wanted}`
  // Go has no class of all errors: an `Error` is one package's, and no struct of another is one.
  const isOfGo = [value, type].some((one) =>
    one.t === 'symbol'
      ? inPackageOfGo.test(one.path)
      : (one.t === 'class' || one.t === 'object') && one.ref?.module.language === 'go',
  )
  if (isOfJava ? /^(?:Exception|Throwable)$/.test(wanted) : !isOfGo && isOfAllErrors(type)) return true
  // Jersey's filters are given its own request.
  if (
    type.t === 'symbol' &&
    type.path === 'org.glassfish.jersey.server.ContainerRequest' &&
    value.t === 'symbol' &&
    value.path.endsWith('.ContainerRequestContext()')
  )
    return true
  const names =
    value.t === 'object' && value.ref
      ? run.lookup.ancestry(value.ref)
      : value.t === 'object' && value.props.has('@error')
        ? [textOf(value.props.get('@error')) ?? 'Error']
        : value.t === 'class'
          ? run.lookup.ancestry(value.ref)
          : value.t === 'symbol' && value.path !== '?'
            ? value.ref
              ? run.lookup.ancestry(value.ref)
              : [value.path.replace(/\(\)$/, '')]
            : null
  if (names === null) return null
  const all = [...names, ...names.flatMap((name) => run.hooks?.basesOf(name) ?? [])]
  const knows = (path: string) => run.hooks?.knowsError(path) === true
  const areDocumented = names.some(knows) && type.t === 'symbol' && knows(type.path)
  const isSame = (name: string) =>
    !isOtherOfName(name, type, areDocumented) &&
    (name === wanted || (name.split(/[./]/).at(-1) === wanted && !areOfOtherPackages(name, type)))
  if (all.some(isSame)) return true
  const [own] = names
  const ofJava = [value, type].some(
    (one) =>
      (one.t === 'object' || one.t === 'class' || one.t === 'symbol') && one.ref?.module.language === 'java',
  )
  // Of one whose class is known for sure all that it is of is known.
  const isSure = own !== undefined && value.t === 'symbol' && isExact(value) && isKnownJava(own)
  const isTypeKnown = isSure || (type.t === 'symbol' && isKnownJava(type.path))
  if (own !== undefined && (ofJava || isOfJava || isTypeKnown))
    return javaInstance(run, value, own, all, type)
  // Python's own errors are of no class of a package.
  if (own !== undefined && isOfPython.test(own) && type.t === 'symbol' && type.path.includes('.'))
    return false
  if (
    value.t === 'symbol' &&
    type.t === 'class' &&
    type.ref.module.language === 'python' &&
    isOwnOfPython(value)
  )
    return false
  // Of two classes that a framework documents it is known which extends which; none extends one of the repository.
  if (
    own !== undefined &&
    value.t === 'symbol' &&
    value.ref === null &&
    run.hooks?.knowsError(own) === true &&
    (type.t === 'class' || (type.t === 'symbol' && run.hooks.knowsError(type.path)))
  )
    return false
  // Nor is one of a framework one of Python's own that none of its documented classes extends.
  if (
    value.t === 'symbol' &&
    value.ref === null &&
    type.t === 'symbol' &&
    isOfPython.test(type.path) &&
    names.some((name) => name.includes('.')) &&
    all.length > names.length &&
    run.hooks?.knowsError(own ?? '') === true
  )
    return false
  // What has an interface's methods is of it.
  if (isOfGo && type.t === 'class' && type.ref.cls.kind === 'interface')
    return value.t === 'object' && value.ref ? run.lookup.hasMethodsOf(value.ref, type.ref) : null
  const isRaised = value.t === 'symbol' && value.ref === null
  const isKnown = !isRaised || isNamedError(value) || all.length > names.length || names.some(knows)
  const ofPackage = isOfPackage(all, type, isKnown)
  if (ofPackage !== undefined) return ofPackage
  // A class outside extends none of the repository's, nor one of a package that its own has nothing to do with.
  if (!isRaised) return false
  if (type.t === 'class' || (isKnown && type.t === 'symbol' && isNamedError(type)))
    return isKnown ? false : null
  return null
}

const takesAny = (type: Value): boolean => type.t === 'symbol' && /^(?:Base)?Exception$/.test(type.path)

import { givesOneByOne, keepYielded, noneYet, yieldedBy } from './yielded.ts'
import { lombokFields } from './lombok.ts'
import { foundClass, givesItself, isSurelyFound } from './python-found.ts'
import { ofOptional } from './java-optionals.ts'
import { ofEachResult, onlyOr } from './told-results.ts'
import { neverFailing } from './never-failing.ts'
import { mayFail } from './tried.ts'
import type { Condition } from '../facts/condition.ts'
import { always, failing, unsaid } from '../facts/condition.ts'
import type { Expr, Func, Module, Param, TypeRef } from '../parse/ir.ts'
import { asError, bind } from './binding.ts'
import { callBuiltin } from './builtins.ts'
import { allOf, both, truth } from './conditions.ts'
import { isPrimitive } from './comparisons.ts'
import { flagGiven } from './go-defaults.ts'
import { errorChain, isOfOther, mayBeError } from './go-errors.ts'
import { isDocumentedAs, ofStatement } from './go-library-errors.ts'
import { isOfStatusType } from './go-status-errors.ts'
import { withTypes } from './go-type-parameters.ts'
import { asksForType } from './go-wrapped-errors.ts'
import { writtenJson } from './go-json.ts'
import { ofPlainType } from './go-plain-types.ts'
import { unchecked } from './go-unchecked.ts'
import { filledBefore } from './java-fluent.ts'
import { givesItem, handedThrough, hasFailed, itemOf } from './java-async.ts'
import { noteUnfollowed } from './java-bindings.ts'
import { fieldAround, methodAround } from './java-outer.ts'
import { askedForSame, returnedBy, whenTaken } from './java-calls.ts'
import { overloadOf } from './java-overloads.ts'
import { streamedBy } from './java-streams.ts'
import { afterCall } from './java-thrown.ts'
import { setUp } from './lists.ts'
import { methodOf } from './members.ts'
import { javaDatabaseErrors } from './java-database-errors.ts'
import { databaseErrors } from './node-database-errors.ts'
import { neededCalls } from './needed-calls.ts'
import { holdsPack, leads } from './leads.ts'
import { usualBudget } from './running.ts'
import { isBeginning, isSetLater } from './set-later.ts'
import { mayFill, toldByCall } from './filled-arrays.ts'
import { taken } from './go-copies.ts'
import { isGivenOut } from './go-zero-values.ts'
import { fillFields } from './go-filled-fields.ts'
import { setPointed } from './go-pointed.ts'
import { isReplayed, recordedBy } from './go-recorders.ts'
import { inOneLine, isReadable, namedAs, shown } from '../facts/expression.ts'
import type { Outcome } from './running.ts'
import { impliedBy, tell, toldToBe } from './told.ts'
import { isErrorOfPython } from './python-errors.ts'
import { Given, passedMark } from './passed.ts'
import { foundError } from './still-possible.ts'
import { Scope } from './values.ts'
import {
  calledWith,
  constant,
  each,
  ended,
  keptAs,
  notDefined,
  nothing,
  printArgument,
  printValue,
  symbol,
  symbolOf,
  textOf,
  union,
  writtenAt,
} from './values.ts'
import type { ArgValue, ClassRef, FuncValue, ObjectValue, Site, SymbolValue, Value } from './values.ts'
import type { Machine } from './machine.ts'
import { isFoundAgain } from './found-again.ts'
import { givenByChosen, ofEachChosen } from './ended-ways.ts'
import { fieldBeside } from './java-fields.ts'
import { asKeys, collectByCall, collectingOf, collects, giveAway } from './collected.ts'
import { handOut } from './filled.ts'
import {
  answerOfParts,
  answerTo,
  areToldApart,
  partsWhere,
  unionOfOutcomes,
  unionOfParts,
  waysOf,
  writtenAs,
} from './when.ts'

// What is made of texts is written where those are.
function keepWritten(made: Value | null, { of }: SymbolValue, args: readonly ArgValue[]): Value | null {
  if (made?.t !== 'const' || typeof made.v !== 'string' || made.site) return made
  const from = [...new Set([...(made.from ?? []), ...writtenAt([of, ...args.map(({ value }) => value)])])]
  return from.length > 0 ? { ...made, from } : made
}

const maxDepth = 14
/** How often a function that is given a router may be in itself while a program is set up. */
const maxWalk = 5
/** How often what the same code makes may be in itself. */
const maxAround = 3
/** The same while a program begins: links of a chain of middleware. */
const maxAlong = 10
/** Errors of which one may be any, that a function is asked with one by one. */
const maxErrors = 6
/** The same of a function that only says whether it is one that is sought. */
const maxAsked = 16
/** Characters of a call that is told as it is written. */
const maxWritten = 60
/** The part of the steps left that one call may take. */
const shareOfCall = 0.6
/** Characters of a function that unwraps errors, and how often it does that. */
const [maxUnwrapping, maxWrapped] = [800, 3]
/** Steps for a call aside of what is followed, and for each call in it. */
const budgetsAside = [40_000, 5_000]
/** The part of the steps left for a call that gives what is followed something. */
const shareOfNeeded = 0.5
/** Of what is left, the part that a call may take of what leads to no router. */
const shareBeside = 0.1
/** Steps for a function that code outside is given while a program is set up, where it leads to no router: what is done once something happens. */
const stepsOfLater = 5000
/** Steps that a function which is looked into by itself is followed for what it gives. */
const stepsOfPassed = 6000
/** A call that does not come to its end with so many steps is long by itself; with fewer it only comes late. */
const stepsOfLong = usualBudget / 5
/** Steps of a function that returns where it begins: a test, and what comes of it. */
const stepsAtOnce = 4
/** Functions of Python that are given functions and call none: they copy names, look at them, answer a question about them, or ask for them later. */
const neverCalls =
  /^(?:functools\.(?:wraps|update_wrapper|partial)|inspect\.\w+|callable|id|type|getattr|setattr|hasattr)$|\.(?:is|has)_\w+$|\.\w*(?:memoized|cache_(?:clear|delete|version))$|^(?:asyncio|inspect|typing)\.(?:is[a-z]+|get_\w+|cast)$|(?:^|\.)(?:Depends|Security)$/

/** What a class of pydantic makes of something: a thing of it, or an error (docs.pydantic.dev, "Validating data"). */
const makesModel = /\.(?:model_validate(?:_json|_strings)?|model_construct|parse_obj|parse_raw|from_orm)$/

/** Code outside that runs what it is given beside the request: threads, timers and tasks that nobody waits for. */
/** Node.js ("Event: 'finish'", "Event: 'close'"), on-finished: whether what is given is called once an answer was sent. */
const isAfterAnswer = ({ path }: SymbolValue, [event]: readonly ArgValue[]): boolean =>
  path === 'on-finished' ||
  (/\.(?:on|once|addListener|prependListener)$/.test(path) &&
    /^(?:finish|close)$/.test(textOf(event?.value) ?? ''))
const detaches =
  /(?:^|\.)(?:Thread|Timer|startVirtualThread|start_new_thread|runAsync|add_task|setTimeout|setImmediate|setInterval|nextTick|queueMicrotask)(?:\(\))?$|(?:[eE]xecutor\w*|[tT]hreadPool\w*|[sS]cheduler)(?:\(\))?\.(?:execute|submit|schedule\w*)$/

/** A conversion, which calls nothing (pkg.go.dev/net/http, `HandlerFunc`). */
const convertsHandler = 'net/http.HandlerFunc'
/** What a handler of Go's own server is given. */
const isThingOfGo = /^net\/http\.(?:Request|ResponseWriter)\(\)$/

/** Calls of what the repository has code for, by their bodies; of the rest, by what built-in functions and packs say. */
export class Calls {
  readonly #run: Machine

  /** How deep in calls aside of what is followed. */
  #aside = 0
  /** Steps that calls aside may not take. */
  #withheld = 0
  /** Whether what runs sets up what is given to what is followed. */
  #needed = false
  /** JavaScript: whether what runs leads to no router. */
  #isBeside = false
  /** What is about to be called, where code gives it nothing. */
  #givenNone: Func | null = null

  constructor(run: Machine) {
    this.#run = run
  }

  // --- calls ---

  expression(e: Extract<Expr, { k: 'call' }>, scope: Scope): Value {
    const { conditions, asserted } = this.#run.running
    const [depth, before] = [conditions.length, asserted.length]
    const { unfollowed } = this.#run.running
    const value = this.#expression(e, scope)
    const { followed } = this.#run.running
    if (followed && followed.get(e) !== false) followed.set(e, this.#run.running.unfollowed === unfollowed)
    if (asserted.length > before) conditions.length = Math.min(depth, conditions.length)
    return value
  }

  #isSeen(callee: Value): boolean {
    const { hooks } = this.#run
    return hooks !== null && each(callee).every((one) => one.t === 'const' || hooks.isSeen(one))
  }

  #expression(e: Extract<Expr, { k: 'call' }>, scope: Scope): Value {
    const site = this.#run.site(e, scope)
    const same = scope.module.language === 'java' ? askedForSame(e) : null
    if (same) return this.#run.expressions.evaluate(same, scope)
    const answer = this.#answered(e, scope)
    if (answer) return answer
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
        (this.#run.lookup.method(ref, e.callee.name) ||
          this.#run.lookup.implementations(ref, e.callee.name).length > 0)
      callee =
        (own ? this.#run.members.called(self, e.callee.name, null) : null) ??
        (ref ? methodAround(this.#run, ref, e.callee.name) : null) ??
        (/^(?:super|this)$/.test(e.callee.name) ? scope.get(e.callee.name) : scope.method(e.callee.name)) ??
        (self ? this.#run.memberOf(self, e.callee.name, null) : null) ??
        symbol(e.callee.name)
    } else {
      const settled = this.#run.exceptions.settled(e, scope, site)
      if (settled) return settled
      if (e.callee.k === 'member' && scope.module.language === 'java' && !e.isNew) {
        const { name } = e.callee
        const of = this.#run.expressions.evaluate(e.callee.of, scope)
        // What a record is asked for by a method of its own making.
        const held = e.args.length === 0 ? this.#heldByRecord(of, name) : null
        if (held) return held
        callee =
          this.#run.members.called(of, name, this.#run.site(e.callee, scope)) ??
          symbol(`?.${name}`, `${printValue(of)}.${name}`, { of })
      } else callee = this.#run.expressions.evaluate(e.callee, scope)
    }
    if (
      scope.module.language === 'javascript' &&
      !(callee.t === 'class' || each(callee).every(({ t }) => t === 'func')) &&
      mayFail(e, scope.module.text, neverFailing(callee) || this.#isSeen(callee))
    )
      this.#run.running.unfollowed++
    if (scope.module.language === 'java' && this.#run.effects) noteUnfollowed(this.#run, callee, e, scope)
    const args: ArgValue[] = []
    let isOpen = false
    const before = this.#run.effects?.length ?? 0
    const { conditions, asserted } = this.#run.running
    const sure = asserted.length
    for (const [index, { name, value }] of e.args.entries()) {
      const when =
        this.#run.effects && scope.module.language === 'java' && callee.t === 'symbol' && value.k !== 'func'
          ? whenTaken(callee, index, site)
          : null
      const evaluate = () => this.#run.expressions.evaluate(value, scope)
      const found = when ? this.#run.within(when, evaluate) : evaluate()
      if (value.k === 'spread' && found.t === 'list') isOpen ||= found.isOpen
      if (value.k === 'spread' && found.t === 'list')
        args.push(
          ...found.items.slice(value.skips ?? 0).map((item) => ({
            name: null,
            value: item,
            ...(found.isOpen ? { isOfOpen: true as const } : {}),
          })),
        )
      else if (value.k === 'spread' && found.t === 'object')
        args.push(...[...found.props].map(([key, one]) => ({ name: key, value: one })))
      else {
        if (isWhole(value, found, scope)) found.isWhole = true
        args.push({ name, value: found, ...(value.k === 'spread' ? { isSpread: true } : {}) })
      }
    }
    conditions.push(...asserted.slice(sure))
    if ((callee.t === 'symbol' && asksForType(callee.path)) || (callee.t === 'func' && isErrorAs(callee)))
      return this.#errorAs(e, args, scope)
    const given = scope.module.language === 'go' ? flagGiven(callee, args) : null
    if (given && e.args[0]) {
      bind(this.#run, e.args[0].value, given, scope, false)
      return nothing
    }
    const parsed = scope.module.language === 'go' ? this.#parsedAs(e, callee, scope) : null
    if (parsed) return parsed
    // Java: `this(…)` is another constructor of the same class.
    if (
      e.callee.k === 'name' &&
      e.callee.name === 'this' &&
      scope.module.language === 'java' &&
      callee.t === 'object' &&
      callee.ref
    ) {
      const within = this.#run.running.stack.at(-1)
      const owner = within?.owner ?? callee.ref
      const other = this.#constructorOf(owner, args)
      if (other && other.fn !== within?.fn)
        this.enter({ ...emptyCall(other.owner), fn: other.fn, self: callee }, args, site)
      return nothing
    }
    // Overloads are told apart by how many values they are given.
    if (
      callee.t === 'func' &&
      callee.owner &&
      callee.fn.params.length !== args.length &&
      scope.module.language === 'java'
    ) {
      const other = this.#run.lookup.method(callee.owner, callee.fn.name, 0, args.length)
      if (other)
        callee = {
          ...callee,
          fn: other.fn,
          owner: other.owner,
          scope: other.owner.scope,
          module: other.owner.module,
        }
    }
    if (
      callee.t === 'func' &&
      callee.owner &&
      scope.module.language === 'java' &&
      args.length === e.args.length
    ) {
      const given = e.args.map(({ value }, at) => ({ e: value, value: args[at]?.value ?? nothing }))
      const fn = overloadOf(callee.fn, callee.owner, given, this.#run.running.stack.at(-1)?.fn, (ref) =>
        this.#run.lookup.ancestry(ref),
      )
      if (fn !== callee.fn) callee = { ...callee, fn }
    }
    // Python: a method that is asked of its class is given what it is called on.
    const of = e.callee.k === 'member' && e.callee.of.k === 'name' ? scope.get(e.callee.of.name) : null
    if (
      callee.t === 'func' &&
      (callee.self === null || callee.self.t === 'class') &&
      callee.owner &&
      !callee.fn.isStatic &&
      scope.module.language === 'python' &&
      of?.t === 'class' &&
      args[0]?.name === null &&
      !callee.fn.decorators.some((one) => one.k === 'name' && one.name === 'classmethod')
    ) {
      callee = { ...callee, self: args[0].value }
      args.shift()
    }
    if (callee.t === 'func' && callee.fn.typeParams)
      callee = withTypes(this.#run.lookup, callee, e.typeArgs ?? [], scope, args)
    if (scope.module.language === 'javascript' && !e.args.some(({ value }) => value.k === 'spread'))
      args.push(...this.#leftOut(callee, args.length))
    if (this.#run.effects) this.#run.ownCalls.note(scope.module, e.end, callee)
    const [read, left] = [this.#run.effects?.length ?? 0, this.#run.budget]
    // One that code outside calls may be given anything.
    this.#givenNone = callee.t === 'func' && args.length === 0 && !isOpen ? callee.fn : null
    if (this.#run.effects && isReplayed(this.#run, e, callee, scope)) return constant(null)
    const result = this.#isOwnCall(e, callee)
      ? this.#share(callee, () => this.call(callee, args, site, e.isNew))
      : this.call(callee, args, site, e.isNew)
    this.#givenNone = null
    this.#run.running.called = callee
    if (this.#run.effects && callee.t === 'symbol' && scope.module.language === 'go')
      fillFields(this.#run, e, result, scope)
    if (callee.t === 'func') setPointed(this.#run, e, callee, scope)
    // What is only given to a function that comes back at once, with nothing, is not asked for.
    if (
      read > before &&
      callee.t === 'func' &&
      result.t === 'const' &&
      result.v === null &&
      isAsked(callee.fn) &&
      this.#run.effects?.length === read &&
      left - this.#run.budget <= stepsAtOnce
    )
      this.#run.effects.splice(
        before,
        read - before,
        ...this.#run.effects
          .slice(before, read)
          .filter(({ kind }) => !/^(?:read|body|body-field)$/.test(kind)),
      )
    if (e.types?.[0] && result.t === 'symbol' && !result.typed)
      return { ...result, typed: { type: e.types[0], scope } }
    if (e.types?.[0] && callee.t === 'symbol' && callee.path === 'make' && result.t === 'object')
      result.typed = { type: e.types[0], scope }
    return result
  }

  // What a thing of Java holds under the name of a method that nobody wrote; of one of several each its own.
  #heldByRecord(of: Value, name: string): Value | null {
    const held = (one: Value): Value | null =>
      one.t === 'object' && one.ref && !this.#run.lookup.method(one.ref, name)
        ? (one.props.get(name) ?? null)
        : null
    const all = each(of).map(held)
    if (all.includes(null)) return null
    return of.t === 'union' && (of.when || of.ways)
      ? partsWhere(of, held)
      : union(all.filter((one) => one !== null))
  }

  // A list that was made is one of what it was made for, whatever a parameter takes.
  #told(given: SymbolValue, type: TypeRef, scope: Scope): Value {
    const made = given.typed?.type.name === '[]' ? given.typed : { type, scope }
    return retyped(given, this.#run.lookup.instanceOf(made.type, made.scope, given.text))
  }

  // What a call does not give to parameters is not defined.
  #leftOut(callee: Value, given: number): ArgValue[] {
    const fn =
      callee.t === 'class'
        ? this.#run.lookup.method(callee.ref, 'constructor')?.fn
        : callee.t === 'func'
          ? callee.fn
          : null
    const rest = fn?.params.slice((callee.t === 'func' ? (callee.bound?.length ?? 0) : 0) + given) ?? []
    const end = rest.findIndex((param) => param.isRest || param.default !== null)
    return rest.slice(0, end < 0 ? undefined : end).map(() => ({ name: null, value: notDefined }))
  }

  // JavaScript's `Boolean(…)` of a question is whether it holds.
  #answered({ callee, args: [asked, ...more] }: Extract<Expr, { k: 'call' }>, scope: Scope): Value | null {
    if (scope.module.language !== 'javascript' || this.#run.effects === null || !asked || more.length > 0)
      return null
    if (callee.k !== 'name' || callee.name !== 'Boolean' || asked.value.k !== 'binary') return null
    const { start, end } = asked.value
    const { known, condition } = this.#run.statements.test(asked.value, scope)
    const text = scope.module.text.slice(start, end).replaceAll(/\s+/g, ' ')
    return known === null ? answerTo(condition, text) : constant(known)
  }

  // A function that is called by its own name, not as what was handed in (the handler behind a middleware).
  #isOwnCall({ callee: by }: Extract<Expr, { k: 'call' }>, callee: Value): callee is FuncValue {
    const name = by.k === 'name' || by.k === 'member' ? by.name : null
    return this.#run.effects !== null && callee.t === 'func' && name !== null && callee.fn.name === name
  }

  // One call takes no more than its part of the steps that are left, so that what comes after it is reached.
  #share<T>(callee: FuncValue, work: () => T): T {
    const kept = Math.floor(this.#run.budget * (1 - shareOfCall))
    const before = this.#run.spentIn.length
    this.#run.budget -= kept
    const given = this.#run.budget
    try {
      return work()
    } finally {
      this.#run.isSpent ||= this.#run.budget <= 0
      if (this.#run.budget <= 0 && given >= stepsOfLong) this.#run.spentIn.splice(before, Infinity, callee)
      this.#run.budget = Math.max(0, this.#run.budget) + kept
    }
  }

  // Go: a struct that a call makes of the type that it is written with, and fills by its tags: `env.ParseAs[Config]()`.
  #parsedAs(e: Expr, callee: Value, scope: Scope): Value | null {
    if (callee.t !== 'symbol' || !/\/env(?:\/v\d+)?\.ParseAs/.test(callee.path)) return null
    const [, name] = /\[\s*\*?([\w.]+)\s*\]/.exec(scope.module.text.slice(e.start, e.end)) ?? []
    const ref = name === undefined ? '' : this.#run.lookup.typeTarget(name, scope)
    if (typeof ref === 'string') return null
    const site = this.#run.site(e, scope)
    const made: Value = { t: 'object', props: new Map(), ref, args: [], isOpen: false, site }
    this.#run.call(symbol(callee.path.replace('ParseAs', 'Parse')), [{ name: null, value: made }], site)
    return { t: 'list', items: [made, nothing], isOpen: false }
  }

  /** Calls of `errors.As`: the type that each asks for, and what was found of it. */
  readonly #askedAs = new WeakMap<Expr, { wanted: Value; found: WeakSet<Value> }>()

  // Go's `errors.As(err, &target)`: the target is what is found of its type.
  #errorAs(e: Extract<Expr, { k: 'call' }>, [error, target]: ArgValue[], scope: Scope): Value {
    const [type] = target ? each(target.value) : []
    if (!error || !target || !type) return symbol('?', 'errors.As')
    // Asked again, it holds what was found before: the type is the one that it was declared with.
    const before = this.#askedAs.get(e)
    const wanted: Value = before?.found.has(target.value)
      ? before.wanted
      : type.t === 'symbol' && type.ref
        ? { t: 'class', ref: type.ref }
        : type.t === 'object' && type.ref
          ? { t: 'class', ref: type.ref }
          : type.t === 'symbol'
            ? symbol(type.path.replace(/\(\)$/, ''))
            : type
    const asked = before?.wanted === wanted ? before : { wanted, found: new WeakSet<Value>() }
    this.#askedAs.set(e, asked)
    // Of each error that it may be, what is of the type: itself or what it wraps.
    const isOf = (one: Value) =>
      isDocumentedAs(one, wanted) ||
      isOfStatusType(one, wanted) ||
      (one.t === 'const' || isOfOther(one, wanted) ? false : this.#run.isInstance(one, wanted))
    const foundIn = (one: Value) => errorChain(one).find((part) => isOf(part) === true)
    const found = partsWhere(error.value, foundIn)
    const into = e.args[1]?.value
    const read = !found && type.t === 'symbol' ? ofStatement(error.value, type) : null
    if ((found ?? read) && into?.k === 'name') {
      scope.set(into.name, found ?? read ?? type)
      asked.found.add(found ?? read ?? type)
    }
    const known = (one: Value) =>
      foundIn(one) ? true : errorChain(one).every((part) => isOf(part) === false) ? false : null
    const answers = each(error.value).map(known)
    const [answer] = answers
    if (answer !== undefined && answer !== null && answers.every((one) => one === answer))
      return constant(answer)
    const printed = printValue(error.value)
    const written = inOneLine(scope.module.text.slice(e.start, e.end))
    return answerOfParts(
      error.value,
      known,
      (one) => symbol('?', `${printValue(one)} is ${printValue(wanted)}`),
      namedAs(written, printed),
    )
  }

  call(callee: Value, args: ArgValue[], site: Site, isNew = false): Value {
    const [bound, ...given] =
      callee.t === 'symbol' && callee.path === 'functools.partial()' ? callee.args : []
    if (bound?.name === null) return this.call(bound.value, withBound(given, args), site, isNew)
    if (callee.t === 'symbol' && callee.path.includes('.'))
      for (const { value } of args) {
        handOut(value, site.module.language === 'python')
        if (this.#run.effects !== null) mayFill(callee, value)
        giveAway(value, callee.path)
        isGivenOut(value)
      }
    if (callee.t === 'symbol') collectByCall(callee, args, this.#run.running.moment)
    const own = this.#run.hooks?.call(callee, args, site, isNew)
    const { lookup, project } = this.#run
    const written = writtenJson(lookup, callee, args) ?? unchecked(lookup, project, callee, args)
    if (own) return written ?? own
    if (written) return written
    switch (callee.t) {
      case 'func': {
        if (isNew && callee.owner === null && site.module.language === 'javascript')
          return this.#constructed(callee, args, site)
        if (site.module.language === 'python' && givesItself(callee))
          return symbol('?', callText(callee, args), { of: callee, args, site })
        if (isAsync(callee)) {
          this.#detached(() => this.enter(callee, args, site))
          return symbol('?', `${callee.fn.name}()`)
        }
        const done = this.#run.effects?.length ?? 0
        const outcomes = this.#byError(callee, args, site) ?? this.enter(callee, this.#asTold(args), site)
        if (outcomes === neverReturns) return ended
        const recorded =
          this.#run.effects && site.module.language === 'go' ? recordedBy(this.#run, callee, site) : null
        if (recorded) this.call(recorded, args, site)
        if (this.#run.effects !== null && callee.module.language === 'java')
          this.#run.running.conditions.push(...afterCall(outcomes, this.#run.effects.slice(done)))
        if (givesOneByOne(callee) && outcomes.every(({ value }) => value.t === 'const' && value.v === null)) {
          const [last] = outcomes.flatMap((one) => yieldedBy(one) ?? [])
          return keepYielded(symbol('?', callText(callee, args)), last)
        }
        // Which of several functions it gives, as middleware that a setting turns off.
        if (
          this.#run.effects === null &&
          callee.module.language === 'go' &&
          outcomes.length > 1 &&
          outcomes.every(({ value }) => value.t === 'func')
        )
          return unionOfOutcomes(outcomes, () => callText(callee, args))
        return this.#run.effects === null
          ? union(withoutFailed(outcomes.map(({ value }) => value)))
          : readableAs(
              unionOfOutcomes(
                outcomes
                  .map(asThere)
                  .map((one) => ({ ...one, value: toldByCall(one.value, () => callText(callee, args)) })),
                () => writtenText(callText(callee, args), site),
              ),
              args,
              () => writtenText(callText(callee, args), site),
            )
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
        // Which of several types a thing of an interface is of is only known when it runs.
        const isOneOf =
          site.module.language === 'java'
            ? callee.of.filter(({ t }) => t === 'func').length > 1
            : site.module.language === 'javascript'
              ? callee.of.filter(isMethodOfType).length > 1
              : callee.of.length > 1 && callee.of.every(isGoMethod) && !areToldApart(callee)
        const one = (of: Value) => this.call(of, args, site, isNew)
        // Methods of Go of things of which it is known when which comes: each gives its own then.
        if (site.module.language === 'go' && areToldApart(callee)) {
          const given = new Map(callee.of.map((of) => [of, one(of)]))
          if (![...given.values()].includes(ended))
            return writtenAs(
              unionOfParts(callee, (of) => given.get(of) ?? one(of)),
              site,
            )
        }
        const ofOne = ofOptional(
          callee,
          (of, when) => this.#run.within(when, () => one(of)),
          (where) => this.#run.goesOnWhere(where),
          site,
        )
        if (ofOne) return ofOne
        const given =
          site.module.language === 'javascript' && !isOneOf ? givenByChosen(this.#run, callee, one) : null
        if (given) return given
        const results = (
          ofEachResult(callee, (of, when) => this.#run.within(when, () => one(of)), site) ??
          (site.module.language === 'javascript' && !isOneOf ? ofEachChosen(this.#run, callee, one) : null) ??
          callee.of.map((of) => (isOneOf ? this.#run.within([[unsaid]], () => one(of)) : one(of)))
        ).filter((one) => one !== ended)
        return results.length === 0 ? ended : onlyOr(results)
      }
      case 'symbol': {
        if (callee.path.includes('super:')) return this.#callSuper(callee, args, site)
        const isJava = site.module.language === 'java'
        if (site.module.language === 'javascript' && this.#run.effects !== null && !isNew)
          for (const { error, when } of databaseErrors(this.#run.project, callee, site))
            this.#run.within(when, () => this.#run.emit('raise', error, null, site, { isDocumented: true }))
        if (isJava && this.#run.effects !== null && !isNew)
          for (const { error, when } of javaDatabaseErrors(this.#run.project, callee, args))
            this.#run.within(when, () => this.#run.emit('raise', error, null, site, { isDocumented: true }))
        const typed =
          isJava && !isNew
            ? (returnedBy(this.#run.lookup, callee, args.length) ??
              (this.#run.effects === null ? null : streamedBy(this.#run, callee, args, site)))
            : null
        const builtin = keepWritten(callBuiltin(this.#run, callee, args, site), callee, args)
        if (builtin && this.#run.effects !== null)
          collectingOf(callee, args.length, builtin, this.#run.running.moment)
        if (builtin)
          return builtin.t === 'symbol' && !builtin.typed && typed ? { ...builtin, typed } : builtin
        const filled = isJava ? filledBefore(callee, args) : null
        if (filled) return filled
        const through = isJava ? handedThrough(callee, args) : null
        if (through && through === callee.of && hasFailed(through)) return through
        // Code outside may call what it is given.
        if (
          !this.#isRouting() &&
          !(callee.path === convertsHandler && this.#run.effects !== null) &&
          (site.module.language !== 'python' || !neverCalls.test(callee.path))
        )
          for (const [index, { value }] of args.entries())
            for (const one of each(value))
              // What comes after middleware is called as a function that it was given would be.
              if (one.t === 'symbol' && one.of === null && one.path.endsWith(':next'))
                this.#run.hooks?.call(one, [], site, false)
              else {
                const fn = this.#calledBack(one, site)
                if (!fn) continue
                const when =
                  this.#run.effects === null
                    ? null
                    : isJava
                      ? whenTaken(callee, index, site)
                      : whenEmitted(callee, args)
                if (when) this.#run.within(when, () => this.#callBack(fn, callee, args, site))
                else this.#callBack(fn, callee, args, site)
              }
        if (through) return through
        const text = `${callee.text}(${args.map(({ value }) => printArgument(value)).join(', ')})`
        const isThere =
          isNew ||
          (site.module.language === 'javascript' && isFoundAgain(callee, args)) ||
          (site.module.language === 'python' &&
            (makesModel.test(callee.path) ||
              isSurelyFound(callee, args) ||
              (callee.path.endsWith('.split') && args.length > 0)))
        return symbol(`${callee.path}()`, text, {
          of: callee,
          args,
          site,
          typed,
          ...(isThere ? { isThere } : {}),
          ...(this.#run.effects === null ? {} : collects(callee, args.length, this.#run.running.moment)),
          ...refOf(site.module.language === 'python' ? foundClass(callee, args) : null),
        })
      }
      case 'object': {
        // Python: a thing that is called like a function.
        const method =
          callee.ref?.module.language === 'python' ? this.#run.lookup.method(callee.ref, '__call__') : null
        if (method) return this.call(methodOf(method, callee), args, site)
        return symbol('?', `${printValue(callee)}()`, { of: callee, args, site })
      }
      case 'const':
        if (callee.v === null && site.module.language === 'javascript' && this.#run.effects !== null)
          return nothing
        return symbol('?', `${printValue(callee)}()`, { of: callee, args, site })
      default:
        return symbol('?', `${printValue(callee)}()`, { of: callee, args, site })
    }
  }

  // Go: what tells errors apart is asked with each that one may be.
  #byError(callee: FuncValue, args: ArgValue[], site: Site): Outcome[] | null {
    if (this.#run.effects === null || callee.module.language !== 'go') return null
    const at = callee.fn.params.findIndex(({ type }) => type?.name === 'error')
    const error = args[at]?.value
    if (error?.t !== 'union') return null
    const ways = waysOf(error)
    const most = callee.fn.returns?.name === 'bool' ? maxAsked : maxErrors
    if (ways.length < 2 || ways.length > most || !ways.every(({ value }) => isErrorOrNone(value))) return null
    const outcomes = ways.flatMap(({ value, conditions }) => {
      const given = args.map((arg, index) => (index === at ? { ...arg, value } : arg))
      const own = this.#run.within(conditions.reduce(both, always), () =>
        this.enter(callee, this.#asTold(given), site),
      )
      return own.map((one) => ({ ...one, conditions: [...conditions, ...one.conditions] }))
    })
    return outcomes.length === 0 ? neverReturns : outcomes
  }

  // What was found to be one text before it is handed on is that text.
  #asTold(args: ArgValue[]): ArgValue[] {
    const conditions = this.#run.running.holding()
    if (conditions.length === 0) return args
    return args.map((arg) => {
      const value = toldToBe(conditions, arg.value)
      return value ? { ...arg, value } : arg
    })
  }

  // A function that makes what it is called `new` with: what it sets on `this`, or what it gives instead.
  #constructed(callee: FuncValue, args: ArgValue[], site: Site): Value {
    const made: ObjectValue = { t: 'object', props: new Map(), ref: null, args, isOpen: true, site }
    const outcomes = this.enter({ ...callee, self: made }, args, site)
    const given = outcomes.map(({ value }) => value).filter(({ t }) => t === 'object' || t === 'pack')
    return given.length > 0 ? union(given) : made
  }

  // Go: a function as a named type of functions is served by that type's method, where it has one.
  #converted(ref: ClassRef, args: readonly ArgValue[]): Value | null {
    const [given] = args
    if (ref.module.language !== 'go' || ref.cls.kind !== 'alias' || args.length !== 1 || !given) return null
    const method = given.value.t === 'func' ? this.#run.lookup.method(ref, 'ServeHTTP') : null
    // What is of that type already stays what it is.
    const isOne = given.value.t === 'func' && given.value.fn === method?.fn
    if (method && !isOne) return methodOf(method, given.value)
    // The same thing with the methods of another type: `(*BerthsService)(&c.common)`.
    if (given.value.t === 'object' && given.value.ref !== null && given.value.ref !== ref)
      return { ...given.value, ref }
    return given.value.t === 'const' && given.value.v !== null ? { ...given.value, named: ref } : given.value
  }

  // `super(…)`, `super().__init__(…)`: of a class outside, the arguments are what is known of it.
  #callSuper(callee: SymbolValue, args: ArgValue[], site: Site): Value {
    const isPython = site.module.language === 'python'
    if (isPython && !callee.path.includes('.__init__'))
      return this.#run.hooks?.call(callee, args, site, false) ?? callee
    // A method of a class outside gives what is not known, never nothing.
    if (!isPython && callee.of?.t === 'symbol' && callee.of.path.includes('super:'))
      return (
        this.#run.hooks?.ofBase(callee, args, site) ??
        symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site })
      )
    const holder = isPython ? callee.of : callee
    const self = holder?.t === 'symbol' ? holder.of : null
    if (callee.ref && !isPython) {
      const method = this.#constructorOf(callee.ref, args)
      if (method) this.enter({ ...emptyCall(method.owner), fn: method.fn, self }, args, site)
      else if (self?.t === 'object') self.args = args
    } else if (self?.t === 'object') {
      self.args = args
      const base = isPython && holder?.t === 'symbol' ? holder.ref : null
      if (base) this.#fill(self, base, args, site)
    }
    return nothing
  }

  // Python: what a class without a constructor is made with, by name, else by the order of its fields, and what it does then.
  #fill(made: ObjectValue, ref: ClassRef, args: readonly ArgValue[], site: Site): void {
    // A class of errors takes any arguments, and what stands in a class without a type is no field of it.
    const isError = ref.cls.decorators.length === 0 && isErrorOfPython(this.#run.lookup.ancestry(ref))
    const fields = isError ? [] : ref.cls.fields.filter(({ type }) => type !== null)
    for (const [index, { name, value, isSpread }] of args.entries()) {
      const field = name ?? (isSpread ? undefined : fields[index]?.name)
      if (field !== undefined) made.props.set(field, value)
    }
    const after = this.#run.lookup.method(ref, '__post_init__')
    if (after) this.enter(methodOf(after, made), [], site)
  }

  // JavaScript: what a program does besides as it starts, or once something happens.
  #leadsAway(value: FuncValue, args: readonly ArgValue[]): boolean {
    const { leading, effects, lookup, running } = this.#run
    const { fn, module } = value
    return (
      leading !== null &&
      effects === null &&
      module.language === 'javascript' &&
      (fn.name === '' ? running.callbacks > 0 && !leads(value, leading, lookup) : !leading.has(fn)) &&
      !args.some(({ value }) => holdsPack(value) || (value.t === 'func' && leads(value, leading, lookup)))
    )
  }

  #isWithinFollowed({ fn, module }: FuncValue): boolean {
    for (const [outer, of] of this.#run.followed ?? [])
      if (of === module && outer.start <= fn.start && fn.end <= outer.end) return true
    return false
  }

  // Whether what a call gives goes to what is followed, as far as the function shows in which it stands.
  #isNeeded({ start }: Site): boolean {
    const caller = this.#run.running.stack.at(-1)?.fn
    const { followed } = this.#run
    if (!caller || followed === null || !(this.#needed || followed.has(caller))) return false
    return neededCalls(caller, new Set([...followed.keys()].map(({ name }) => name))).has(start)
  }

  #isOfRequest({ type }: Param, scope: Scope): boolean {
    const target = type && this.#run.lookup.typeTarget(type.name, scope)
    return typeof target === 'string' && this.#run.handled.has(target)
  }

  // A function, and in Go a thing that serves requests: code outside that is given one hands them on to it.
  #calledBack(value: Value, site: Site): FuncValue | null {
    if (value.t === 'func') return value
    const [converted] = value.t === 'symbol' && value.path === `${convertsHandler}()` ? value.args : []
    if (converted?.value.t === 'func' && this.#run.effects !== null) return converted.value
    if (site.module.language !== 'go' || this.#run.effects === null || value.t !== 'object' || !value.ref)
      return null
    const method = this.#run.lookup.method(value.ref, 'ServeHTTP')
    return method ? methodOf(method, value) : null
  }

  #callBack(fn: FuncValue, callee: SymbolValue, args: readonly ArgValue[], site: Site): void {
    if (this.#run.budget <= 0 || this.#run.running.stack.some((one) => one.fn === fn.fn)) return
    if (this.#run.followed !== null && fn.fn.params.some((param) => this.#isOfRequest(param, fn.scope)))
      return
    const item = givesItem.test(callee.path) ? itemOf(callee.of) : null
    // Go: with the writer and the request that are given beside it (`httpsnoop.CaptureMetrics(next, w, r)`).
    const things = args.filter(({ value }) => value.t === 'symbol' && isThingOfGo.test(value.path))
    const given = item ? [{ name: null, value: item }] : things.length === fn.fn.params.length ? things : []
    this.#run.running.callbacks++
    if (isAfterAnswer(callee, args)) this.#detached(() => this.#run.outcomes(fn, given, site), true)
    else if (detaches.test(callee.path)) this.#detached(() => this.#run.outcomes(fn, given, site))
    else this.#run.outcomes(fn, given, site)
    this.#run.running.callbacks--
  }

  // Go: a handler that has the routes of its program made anew runs none of what these are given.
  #isRouting(): boolean {
    const { effects, running, makers } = this.#run
    const inside = running.stack.at(-1)
    return effects !== null && inside?.module.language === 'go' && makers.has(inside.fn)
  }

  // What runs beside the request answers nothing of it, and what is thrown there nobody who asked sees. What runs after it asks nothing of it either.
  #detached<T>(work: () => T, isAfter = false): T {
    const { effects } = this.#run
    const before = effects?.length ?? 0
    const made = work()
    if (effects) {
      const own = effects.splice(before)
      const left = own.filter(({ kind }) => !/^(?:raise|respond|answer-error|set-status)$/.test(kind))
      effects.push(...left.filter(({ kind }) => !isAfter || !/^(?:read|body|body-field)$/.test(kind)))
    }
    return made
  }

  // Of several constructors the one that takes what is given.
  #constructorOf(ref: ClassRef, args: readonly ArgValue[]): { fn: Func; owner: ClassRef } | null {
    const method = this.#run.lookup.method(ref, 'constructor', 0, args.length)
    if (!method || ref.module.language !== 'java') return method
    const given = args.map(({ value }) => ({ e: null, value }))
    return {
      ...method,
      fn: overloadOf(method.fn, method.owner, given, undefined, (one) => this.#run.lookup.ancestry(one)),
    }
  }

  /** What `new C(…)` or `C(…)` gives: an object with what its constructor sets. */
  instantiate(ref: ClassRef, args: ArgValue[], site: Site): Value {
    const made: ObjectValue = { t: 'object', props: new Map(), ref, args, isOpen: true, site }
    if (this.#run.effects === null) setUp(made)
    if (this.#run.budget <= 0) return made
    const chain = [ref]
    for (let at = 0; at < chain.length && at < 6; at++) {
      const one = chain[at]
      if (one)
        chain.push(
          ...this.#run.lookup
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
          if (field.value && !field.isStatic)
            made.props.set(field.name, this.#run.expressions.evaluate(field.value, inner))
      }
    const written = ref.module.language === 'java' ? lombokFields(ref.cls, ref.module, args.length) : null
    const method = written
      ? null
      : ref.module.language === 'python'
        ? this.#run.lookup.method(ref, '__init__', 0, args.length)
        : this.#constructorOf(ref, args)
    for (const [index, { name }] of (written ?? []).entries()) {
      const given = args[index]
      if (given) made.props.set(name, given.value)
    }
    if (method) {
      const given = this.enter(
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
      // What a constructor of JavaScript returns is what is made, where it is a thing.
      const others = given.map(({ value }) => value)
      if (ref.module.language === 'javascript' && others.length > 0 && others.every(isThing))
        return union(others)
    } else for (const { name, value } of args) if (name !== null) made.props.set(name, value)
    // What a program holds may have changed until a request comes.
    if (this.#run.effects === null)
      for (const [name, value] of made.props)
        if (isBeginning(value) && chain.some((one) => isSetLater(one, name)))
          made.props.set(name, symbol('?', `${ref.cls.name}.${name}`))
    const spread = method ? undefined : args.find(({ isSpread }) => isSpread)
    // What is handed on may hold any field: a default is only what comes where it does not.
    if (spread)
      for (const { name, type } of chain.flatMap(({ cls }) => cls.fields))
        if (!made.props.has(name))
          made.props.set(
            name,
            symbol('?', `${printValue(spread.value)}.${name}`, {
              typed: type ? { type, scope: ref.scope } : null,
            }),
          )
    if (ref.cls.kind === 'record')
      for (const [index, field] of ref.cls.fields.entries()) {
        const given = args[index]
        if (given) made.props.set(field.name, given.value)
      }
    return made
  }

  // What a function that is looked into by itself comes to: it is run aside, and what it does is left there.
  #givenBy(fn: FuncValue, args: ArgValue[], site: Site): Value[] {
    const run = this.#run
    const { passed, isSpent, hooks } = run
    const kept = hooks?.save()
    run.passed = null
    const { result } = run.record(() => this.enter(fn, args, site), stepsOfPassed)
    if (kept !== undefined) hooks?.restore(kept)
    run.passed = passed
    const isWhole = !run.isSpent || isSpent
    run.isSpent = isSpent
    return isWhole ? result.map(({ value }) => value) : []
  }

  enter(fn: FuncValue, given: ArgValue[], site: Site): Outcome[] {
    const args = fn.bound ? [...fn.bound, ...given] : given
    if (this.#run.effects) this.#run.ownCalls.reached.set(fn.fn, fn)
    if (fn.fn === this.#run.passed?.fn) {
      const { passed } = this.#run
      passed.when.push(this.#run.running.conditions.reduce(both, always))
      if (passed.error) this.#run.exceptions.raise(passed.error, site)
      if (passed.error !== undefined) return []
      const note = new Given((passed.gives ??= this.#givenBy(fn, given, site)))
      return [{ value: symbol(passedMark, passedMark, { note }), conditions: [], site }]
    }
    const isRunning = (one: Func) => this.#run.running.stack.some((running) => running.fn === one)
    // A helper that runs what it is given (a container of services) may come again in that.
    // What walks a tree of a program's own to route it comes again for each part.
    const isWalk =
      this.#run.effects === null &&
      (fn.module.language === 'go'
        ? args.some(({ value }) => value.t === 'func' || holdsPack(value))
        : fn.module.language === 'javascript'
          ? args.some(({ value }) => isTree(value))
          : fn.module.language === 'python' &&
            (args.some(({ value }) => isTree(value) || holdsPack(value)) || this.#isOtherThing(fn))) &&
      this.#run.running.stack.filter((one) => one.fn === fn.fn).length < maxWalk
    const isBusy =
      isRunning(fn.fn) &&
      !isWalk &&
      !this.#isOther(fn) &&
      !this.#unwraps(fn, args) &&
      !args.some(({ value }) => value.t === 'func' && value.fn.name === '' && !isRunning(value.fn))
    if (isBusy || this.#run.running.stack.length >= maxDepth || this.#run.budget <= 0 || !fn.fn.hasBody) {
      this.#run.running.unfollowed++
      for (const { value } of args) giveAway(value, '')
      for (const value of [fn.self, ...args.map((one) => one.value)]) if (value) isGivenOut(value)
      return [
        {
          value: fn.fn.returns
            ? this.#run.lookup.instanceOf(fn.fn.returns, fn.scope, `${fn.fn.name}()`)
            : symbol('?', `${fn.fn.name}(${args.map(({ value }) => printArgument(value)).join(', ')})`),
          conditions: [],
          site,
        },
      ]
    }
    this.#run.invoked.add(fn.fn)
    const isAside =
      this.#run.followed !== null &&
      fn.fn.name !== '' &&
      !this.#run.followed.has(fn.fn) &&
      !args.some(({ value }) => holdsPack(value))
    // What is followed, and what is written in such a function, goes on with what is left of all, also behind a call aside.
    const isFollowed =
      this.#run.followed?.has(fn.fn) === true || (fn.fn.name === '' && this.#isWithinFollowed(fn))
    const lent = isFollowed ? this.#withheld : 0
    const aside0 = this.#aside
    this.#run.budget += lent
    this.#withheld -= lent
    if (lent > 0) this.#aside = 0
    const isNeeded = isAside && this.#isNeeded(site)
    const needed0 = this.#needed
    this.#needed = isNeeded
    const isBeside = !this.#isBeside && this.#leadsAway(fn, args)
    this.#isBeside ||= isBeside
    const isLater = isBeside && fn.fn.name === ''
    const limit = isBeside
      ? Math.min(this.#run.budget * shareBeside, isLater ? stepsOfLater : Infinity)
      : isNeeded
        ? this.#run.budget * shareOfNeeded
        : isAside
          ? (budgetsAside[this.#aside] ?? this.#run.budget)
          : this.#run.budget
    const aside = Math.max(0, this.#run.budget - limit)
    this.#run.budget -= aside
    this.#withheld += aside
    if (isAside && !isNeeded) this.#aside++
    const scope = new Scope(fn.module, fn.scope)
    this.#bindSelf(fn, scope)
    this.#bindParams(fn, args, scope)
    // What a handler is given is declared where it is.
    if (this.#run.effects !== null && this.#run.running.stack.length === 0)
      for (const param of fn.fn.params)
        scope.notePlace(param.name, { site: { ...param, module: fn.module, symbol: symbolOf(fn) }, from: [] })
    const outer = this.#run.running.frame
    const depth = this.#run.running.conditions.length
    const within = this.#run.running.branches.length
    const kept = this.#run.hooks?.kept() ?? 0
    this.#run.running.frame = {
      returns: [],
      ...(isGenerator(fn) ? { yields: noneYet(this.#run.effects === null) } : {}),
    }
    this.#run.running.stack.push(fn)
    this.#run.running.calls.push(site)
    try {
      const ends = this.#run.statements.block(fn.fn.body, scope, true)
      const { returns, yields: items } = this.#run.running.frame
      if (!ends) {
        const isListed = items && items.items.length > 0 && this.#run.effects === null
        const outcome: Outcome = {
          value: isListed ? items : nothing,
          conditions: this.#run.running.conditions.slice(depth),
          site: this.#run.site(fn.fn, fn.scope),
          state: this.#run.hooks?.save(),
        }
        returns.push(keepYielded(outcome, items))
      }
      if (returns.length === 0) return neverReturns
      this.#run.hooks?.cameBack(kept, returns, depth)
      for (const one of returns) one.conditions = one.conditions.slice(depth)
      // What the handler itself set on any way is told of what it answers.
      if (this.#run.effects !== null && this.#run.running.stack.length > 1)
        this.#run.hooks?.join(
          returns.map(({ state, conditions }) => ({ state, when: () => allOf(conditions) })),
          // Middleware of Go calls what comes next, which gives nothing back.
          fn.module.language !== 'go' || fn.fn.returns !== null,
        )
      return returns
    } finally {
      this.#run.running.frame = outer
      // What was left before its end may be run by itself.
      const isGivenRouter = this.#run.effects === null && args.some(({ value }) => holdsPack(value))
      if ((this.#run.followed !== null || isGivenRouter) && this.#run.budget <= 0)
        this.#run.invoked.delete(fn.fn)
      this.#run.budget += aside - lent
      this.#withheld += lent - aside
      this.#aside = aside0
      this.#needed = needed0
      if (isBeside) this.#isBeside = false
      this.#run.running.stack.pop()
      this.#run.running.calls.pop()
      this.#run.running.conditions.length = depth
      this.#run.running.branches.length = within
    }
  }

  // What was made by the same code once more, around another one: middleware that is put around itself, a writer that holds a writer.
  #isOther({ fn, scope, self }: FuncValue): boolean {
    const same = this.#run.running.stack.filter((one) => one.fn === fn)
    if (same.length >= (this.#run.effects === null ? maxAlong : maxAround)) return false
    if (fn.name === '') return same.every((one) => one.scope !== scope)
    if (scope.module.language !== 'go') return false
    // A type of functions that has a method (`http.HandlerFunc` of the repository's own): each function is another one.
    if (self?.t === 'func')
      return same.every(
        (one) => one.self?.t === 'func' && (one.self.fn !== self.fn || one.self.scope !== self.scope),
      )
    return self?.t === 'object' && same.every((one) => one.self?.t === 'object' && one.self !== self)
  }

  // A method of another thing of its class: what holds parts of its own kind asks each of these.
  #isOtherThing({ fn, self }: FuncValue): boolean {
    return self?.t === 'object' && this.#run.running.stack.every((one) => one.fn !== fn || one.self !== self)
  }

  // Go: a short function that asks of an error and then of what that wraps comes again, a few times.
  #unwraps({ fn, module }: FuncValue, args: readonly ArgValue[]): boolean {
    return (
      module.language === 'go' &&
      fn.end - fn.start <= maxUnwrapping &&
      fn.params.some(({ type }, at) => type?.name === 'error' && args[at] !== undefined) &&
      this.#run.running.stack.filter((running) => running.fn === fn).length <= maxWrapped
    )
  }

  #bindSelf(fn: FuncValue, scope: Scope): void {
    if (fn.fn.receiver) {
      if (fn.self) scope.declare(fn.fn.receiver.name, taken(this.#run, fn.self, fn.fn.receiver, fn))
      else
        scope.declare(
          fn.fn.receiver.name,
          this.#run.lookup.instanceOf(fn.fn.receiver.type, fn.scope, fn.fn.receiver.name),
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
      const fields = new Scope(fn.module, null, (name) => {
        if (!owner) return null
        if (owner.cls.inner.some((one) => one.name === name)) return this.#run.staticMember(owner, name)
        const isOwn =
          this.#run.lookup.field(owner, name) !== null || owner.cls.constants.some((one) => one.name === name)
        const value = isOwn
          ? (this.#run.memberOf(self, name, null) ?? this.#run.staticMember(owner, name))
          : null
        return fieldBeside(this.#run, self, name, value) ?? value ?? fieldAround(this.#run, owner, name)
      })
      adopt(scope, fields)
    }
    scope.declare('this', self)
    if (fn.owner) scope.declare('super', superOf(fn.owner, self, this.#run))
  }

  #bindParams(fn: FuncValue, args: ArgValue[], scope: Scope): void {
    const positional = args.filter(({ name }) => name === null).map(({ value }) => value)
    const named = new Map(args.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const])))
    let params: Param[] = fn.fn.params
    if (fn.module.language === 'python' && fn.owner && !fn.fn.isStatic && params[0]) {
      const isClassMethod = fn.fn.decorators.some((one) => one.k === 'name' && one.name === 'classmethod')
      const self = fn.self ?? symbol('?', 'self', { ref: fn.owner })
      // Of a class below it is that class's own.
      const ref = classOf(fn.self) ?? fn.owner
      const own: Value = isClassMethod ? { t: 'class', ref } : self
      scope.declare(params[0].name, own)
      params = params.slice(1)
    }
    const isGivenNone = this.#givenNone === fn.fn
    this.#givenNone = null
    let isPastRest = false
    for (const [index, param] of params.entries()) {
      if (param.isNamedRest) {
        scope.declare(param.name, namedRest(args, named, params))
        continue
      }
      if (param.isRest) {
        isPastRest = fn.module.language === 'python'
        const rest = positional.slice(index)
        const isGiven = isGivenNone || (index > 0 && positional.length >= index)
        const all: Value = givenArray(param, rest, fn) ?? {
          t: 'list',
          items: rest,
          isOpen: rest.length === 0 && !isGiven,
          ...(fn.module.language === 'go' && !args.some(({ isSpread, isOfOpen }) => isSpread ?? isOfOpen)
            ? { isCounted: true }
            : {}),
        }
        if (param.pattern) this.#run.statements.bind(param.pattern, all, scope, true)
        else scope.declare(param.name, all)
        continue
      }
      const given = named.get(param.name) ?? (isPastRest ? undefined : positional[index])
      let value: Value
      if (
        given?.t === 'symbol' &&
        param.type &&
        this.#run.effects === null &&
        isGivenOutside(given, fn.module)
      ) {
        const target = this.#run.lookup.typeTarget(param.type.name, fn.scope)
        if (typeof target === 'string') this.#run.hooks?.taken(given, target)
      }
      const isNull = given?.t === 'const' && given.v === null
      const typed =
        isNull && param.type ? this.#run.lookup.instanceOf(param.type, fn.scope, param.name) : null
      // A service that is left out where it is wired is of its type all the same.
      if (typed?.t === 'symbol' && typed.ref && fn.module.language === 'go') value = typed
      else if (given && !(isNull && param.default))
        value =
          // A struct without a name stays what it is where anything may be given.
          given.t === 'symbol' && isUntold(given, fn.module) && param.type && !given.typed?.type.fields
            ? this.#told(given, param.type, fn.scope)
            : // What a call gives where an error is taken is whether it failed.
              fn.module.language === 'go'
              ? param.type?.name === 'error'
                ? asError(given, fn.scope)
                : ofPlainType(taken(this.#run, given, param, fn), param.type, fn.module)
              : given
      else if (param.default && !isFilledBefore(fn, param)) {
        value =
          fn.module.language === 'python'
            ? this.#run.evaluateIn(param.default, fn.scope)
            : this.#run.expressions.evaluate(param.default, scope)
        if (isWhole(param.default, value, scope)) value.isWhole = true
      } else
        value = param.type
          ? this.#run.lookup.instanceOf(param.type, fn.scope, param.name)
          : symbol('?', param.name)
      if (param.pattern) this.#run.statements.bind(param.pattern, value, scope, true)
      else scope.declare(param.name, value)
      // What a container or other code outside gives is told by its type, where that is as narrow.
      const isNarrower = value.t === 'symbol' && value.ref !== null && value.ref.cls.name !== param.type?.name
      const isKnown = (given ?? param.default) && (value.t !== 'symbol' || isNarrower || isPlain(param.type))
      if (param.isField && fn.self?.t === 'object' && isKnown) fn.self.props.set(param.name, value)
    }
  }
}
// A method of what is known by its type alone.
const isMethodOfType = (value: Value): boolean =>
  value.t === 'func' && value.owner !== null && value.self?.t === 'symbol'

const isPlain = (type: TypeRef | null): boolean =>
  type === null || /^(?:string|number|boolean|unknown|any|object)$/.test(type.name)

// Whether it begins with what may end it.
const isAsked = ({ body: [first] }: Func): boolean =>
  first?.k === 'if' && first.whenTrue[0]?.k === 'return' && first.whenFalse.length === 0

// What a decorator hands in, a session of a database, has a type and nothing as its default.
const isFilledBefore = ({ fn, module }: FuncValue, param: Param): boolean =>
  module.language === 'python' &&
  fn.decorators.length > 0 &&
  param.type !== null &&
  param.default !== null &&
  (param.default.k === 'null' || provided.test(module.text.slice(param.default.start, param.default.end)))
// dependency_injector ("Wiring"): `service: Service = Provide[Container.service]`.
const provided = /^(?:\w+\.)*(?:Provide|Closing)\[/

// What is given by names that no parameter has; of a function that is called from outside any may be.
function namedRest(
  args: readonly ArgValue[],
  named: ReadonlyMap<string, Value>,
  params: readonly Param[],
): Value {
  const props = new Map([...named].filter(([name]) => !params.some((param) => param.name === name)))
  const isOpen = args.length === 0 || args.some(({ isSpread }) => isSpread)
  return { t: 'object', props, ref: null, args: [], isOpen, site: null }
}

// What is gone through as a program is set up is all that it gives; one with a decorator may be more than that.
const isGenerator = (fn: FuncValue): boolean => fn.fn.decorators.length === 0 && givesOneByOne(fn)

// Spring: a method that runs in a thread of its own.
const isAsync = ({ fn, module }: FuncValue): boolean =>
  module.language === 'java' && fn.decorators.some((one) => nameOf(one) === 'Async')

// Node ("Events", "Error events"): what a thing calls for its errors it calls where it fails.
function whenEmitted({ path, of }: SymbolValue, [event]: readonly ArgValue[]): Condition | null {
  return of && /\.(?:on|once)$/.test(path) && textOf(event?.value) === 'error'
    ? failing(printValue(of))
    : null
}

const nameOf = (e: Expr): string => (e.k === 'call' ? nameOf(e.callee) : e.k === 'name' ? e.name : '')

const isGivenOutside = ({ path, ref }: SymbolValue, { language }: Module) =>
  language === 'go' && ref === null && path.endsWith('()') && !path.startsWith('?')

// Of a type that says nothing: none, or a type parameter of Go.
const isUntold = ({ path, ref }: SymbolValue, { language }: Module) =>
  path === '?' || (language === 'go' && ref === null && /^\w+\(\)$/.test(path))

// Go: while a program is set up nothing goes on after an error.
function withoutFailed(values: readonly Value[]): readonly Value[] {
  const kept = values.filter((value) => {
    const [first, error] = value.t === 'list' && value.items.length === 2 ? value.items : []
    return !(first?.t === 'const' && first.v === null && error && !(error.t === 'const' && error.v === null))
  })
  return kept.length > 0 ? kept : values
}

const isErrorOrNone = (value: Value): boolean =>
  value.t === 'object' || mayBeError(value) || (value.t === 'const' && value.v === null)

const classOf = (self: Value | null): ClassRef | null =>
  self?.t === 'class' || self?.t === 'symbol' || self?.t === 'object' ? self.ref : null

// As people read it: with what it is given where that is short.
// What a function gives that nobody could read by what it is made of is called by the call, where people can read that and see of what.
function readableAs(value: Value, args: readonly ArgValue[], call: () => string): Value {
  if (
    args.length === 0 ||
    value.t !== 'symbol' ||
    value.text.length <= maxWritten ||
    isReadable(shown(printValue(value)))
  )
    return value
  const name = shown(call())
  return name.length <= maxWritten && !name.includes('…') && isReadable(name)
    ? { ...value, text: namedAs(name, value.text) }
    : value
}

function callText(called: FuncValue, args: readonly ArgValue[]): string {
  const of = called.self?.t === 'class' ? `${called.self.ref.cls.name}.` : ''
  return calledWith(`${of}${called.fn.name || setAs(called) || keptAs(called) || 'function'}`, args)
}

/** What a function without a name is called by where code sets it as a member: `req.keeper = async () => …`. */
const setAs = ({ fn, module }: FuncValue): string =>
  module.language === 'javascript'
    ? (/([\w$]+(?:\.[\w$]+)+)\s*=\s*$/.exec(
        module.text.slice(Math.max(0, fn.start - maxSet), fn.start),
      )?.[1] ?? '')
    : ''
const maxSet = 80

const isGoMethod = (value: Value): boolean =>
  value.t === 'symbol' || (value.t === 'func' && value.fn.receiver !== null && value.module.language === 'go')

function emptyCall(owner: ClassRef): FuncValue {
  const [fn] = owner.cls.members
  if (!fn) throw new Error('A class with a constructor has members.')
  return { t: 'func', fn, scope: owner.scope, self: null, owner, module: owner.module, marks: [] }
}

const neverReturns: Outcome[] = []

function adopt(scope: Scope, fields: Scope): void {
  scope.setFallback((name) => fields.get(name))
}

function superOf(owner: ClassRef, self: Value, interpreter: Machine): Value {
  const [base] = interpreter.lookup.basesOf(owner)
  if (base) return symbol(`:super:${base.cls.name}`, 'super', { ref: base, of: self })
  const outside = owner.cls.bases[0]
  const target = outside ? interpreter.lookup.typeTarget(outside.name, owner.scope) : 'super'
  return symbol(`super:${typeof target === 'string' ? target : ''}`, 'super', { of: self })
}

/** A value of which a type is told. */
export function retyped(value: SymbolValue, typed: Value): Value {
  if (typed.t !== 'symbol') return asKeys(typed, value)
  return {
    ...value,
    ref: typed.ref,
    // A number that is put in a thing of its own stays one.
    typed: isPrimitive(value) ? value.typed : typed.typed,
    path: /^(?:\?|\w+\(\))$/.test(value.path) ? typed.path : value.path,
  }
}

// An object of JavaScript that stands among the arguments of a call, with all of its keys.
const isWhole = (e: Expr, value: Value, { module }: Scope): value is ObjectValue =>
  e.k === 'object' &&
  value.t === 'object' &&
  module.language === 'javascript' &&
  !value.isOpen &&
  value.props.size === e.entries.length

// What is given only after it was found to be there is there for who called.
function asThere(outcome: Outcome): Outcome {
  const { value, conditions } = outcome
  const error = conditions.length === 0 ? null : foundError(value, conditions)
  if (error) return { ...outcome, value: error }
  if (value.t !== 'symbol' || conditions.length === 0 || value.isThere) return outcome
  return impliedBy(conditions, tell(truth(value), [value])) === true
    ? { ...outcome, value: { ...value, isThere: true } }
    : outcome
}

// A call that is given more than people could read is told as it is written.
function writtenText(text: string, { module, start, end }: Site): string {
  if (module.language !== 'javascript' || !text.includes('…') || end - start > maxWritten) return text
  const own = inOneLine(module.text.slice(start, end))
  return /^[\w$.]+\([^{}]*\)$/.test(own) && !own.includes('=>') ? namedAs(own, text) : text
}

// Go: a function of the repository that hands what it is given on to `errors.As`.
function isErrorAs({ fn, module }: FuncValue): boolean {
  if (module.language !== 'go' || fn.params.length !== 2) return false
  const [error, target] = fn.params
  const body = module.text.slice(fn.headEnd, fn.end)
  return new RegExp(
    String.raw`^\s*\{?\s*return \w*errors\.As\(${error?.name}, ${target?.name}\)\s*\}?\s*$`,
  ).test(body)
}

// Java: an array that is given for all that may follow is that itself.
function givenArray({ type }: Param, [only, ...more]: readonly Value[], { module }: FuncValue): Value | null {
  return module.language === 'java' &&
    only?.t === 'list' &&
    more.length === 0 &&
    type !== null &&
    !/(?:^|\.)(?:[A-Z]|Object|Iterable|Collection|\w*(?:List|Set))$/.test(type.name)
    ? only
    : null
}

const isThing = (value: Value): boolean =>
  value !== ended &&
  value.t !== 'const' &&
  value.t !== 'text' &&
  !(value.t === 'symbol' && value.path === '?')

const refOf = (ref: ClassRef | null): { ref?: ClassRef } => (ref ? { ref } : {})

// A list or a table that code of JavaScript wrote.
const isTree = (value: Value): boolean =>
  (value.t === 'list' && value.items.length > 0) ||
  (value.t === 'object' && value.ref === null && value.props.size > 0)

// functools, "partial": what it was made with comes first, and what it is called with counts of two by one name.
const withBound = (given: readonly ArgValue[], args: readonly ArgValue[]): ArgValue[] => [
  ...given.filter(({ name }) => name === null || args.every((one) => one.name !== name)),
  ...args,
]

import { slicedText } from './cut-texts.ts'
import { ofPackage } from './go-package-variables.ts'
import { firstIn } from './collected-items.ts'
import { noteYielded } from './yielded.ts'
import { fieldBeside } from './java-fields.ts'
import { collectedWhere, collecting, extended } from './collected.ts'
import { Default } from './assumed-text.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr } from '../parse/ir.ts'
import { isAmongErrors, isSetOfErrors, keepKeyed, underAny, underKey } from './keyed-entries.ts'
import { retyped } from './calls.ts'
import { knownComparison } from './comparisons.ts'
import { both, called, comparison, either, knownTruth, not, truth, truthOf } from './conditions.ts'
import { grow, setUp, someOf } from './lists.ts'
import { madeWithin } from './sometimes.ts'
import { impliedBy, tell, untold } from './told.ts'
import { asError } from './binding.ts'
import { assigned } from './go-copies.ts'
import { beginsEmpty } from './go-zero-values.ts'
import { givenTo, surelyOf, valueUnder } from './go-assertion.ts'
import { isErrorName, isMadeError } from './go-errors.ts'
import { heldByName } from './held-name.ts'
import { typesNamed, withTypes } from './go-type-parameters.ts'
import { isMap, memberOf } from './membership.ts'
import { globalOf } from './node-globals.ts'
import { isAskedMethod, isVerb } from './asked-methods.ts'
import { declareNarrowed } from './narrow.ts'
import { maxRounds } from './running.ts'
import { Scope } from './values.ts'
import {
  constant,
  each,
  ended,
  isKept,
  isMethodOutside,
  joined,
  kept,
  linesOf,
  notDefined,
  nothing,
  printValue,
  symbol,
  textOf,
  union,
} from './values.ts'
import type { ClassRef, ObjectValue, SymbolValue, Value } from './values.ts'
import { putWhere } from './put-when.ts'
import {
  answerOfParts,
  answerTo,
  areToldApart,
  comparedWays,
  trueWays,
  unionOfBranches,
  waysOf,
  whenTrueOf,
} from './when.ts'
import type { Machine } from './machine.ts'

type Composite = Extract<Expr, { k: 'object' }>

/** What expressions come to. */
export class Expressions {
  readonly #run: Machine

  readonly #evaluating = new Set<Expr>()

  constructor(run: Machine) {
    this.#run = run
  }

  // --- expressions ---

  // Go: a map of errors says yes of those that are its keys, and no of every other.
  #amongErrors(of: ObjectValue, at: Value, said: string): Value {
    const known = (one: Value) => isAmongErrors(of, one)
    const answers = each(at).map(known)
    const [first = null] = answers
    if (first !== null && answers.every((one) => one === first)) return constant(first)
    const asked = (one: Value) => symbol('?', `${printValue(one)} in ${printValue(of)}`)
    return answerOfParts(at, known, asked, `${said} in ${printValue(of)}`)
  }

  /** As `evaluate`, with steps of its own; a value that is asked for while it is found (a field of its own name) is not known. */
  evaluateIn(e: Expr, scope: Scope): Value {
    if (this.#evaluating.has(e)) return symbol('?', '?')
    const budget = this.#run.budget
    this.#run.budget = Math.max(budget, 2000)
    this.#evaluating.add(e)
    // Python: what stands in a class, a signature or a decorator ran when the program was made, not for a request.
    const { effects } = this.#run
    if (scope.module.language === 'python') this.#run.effects = null
    try {
      return this.evaluate(e, scope)
    } finally {
      this.#run.effects = effects
      this.#evaluating.delete(e)
      this.#run.budget = budget
    }
  }

  evaluate(e: Expr, scope: Scope): Value {
    this.#run.budget--
    switch (e.k) {
      case 'str':
        return { t: 'const', v: e.value, site: this.#run.site(e, scope) }
      case 'num':
        // What may be a status shows where it stands.
        return e.value >= 100 && e.value < 600
          ? { t: 'const', v: e.value, site: this.#run.site(e, scope) }
          : { t: 'const', v: e.value, from: [this.#run.site(e, scope)] }
      case 'bool':
        return { t: 'const', v: e.value }
      case 'null':
        return e.isUndefined ? notDefined : nothing
      case 'regex':
        return symbol('RegExp()', `/${e.source}/`, {
          args: [{ name: null, value: constant(e.source) }],
          isThere: true,
        })
      case 'template':
        return joined(e.parts.map((part) => this.evaluate(part, scope)))
      case 'name':
        return scope.get(e.name) ?? this.#ofProgram(e.name, scope) ?? symbol(e.name, e.name)
      case 'as': {
        const value = this.evaluate(e.of, scope)
        const isSure = surelyOf(this.#run, value, e.type, scope)
        if (isSure) this.#run.running.asserted.push(isSure)
        // An error that code makes stays the one that it is.
        if (value.t !== 'symbol' || value.ref || isMadeError(value)) return value
        // What is asserted tells more where the value is not known, of a framework's types above all.
        const target = this.#run.lookup.typeTarget(e.type.name, scope)
        if (typeof target !== 'string')
          return target.cls.kind !== 'alias' && scope.module.language === 'go'
            ? retyped(value, this.#run.lookup.instanceOf(e.type, scope, value.text))
            : value
        if (!target.includes('.')) return value
        const typed = this.#run.lookup.instanceOf(e.type, scope, value.text)
        return isKept(value) && typed.t === 'symbol' ? { ...typed, note: kept } : typed
      }
      case 'member': {
        const of = this.evaluate(e.of, scope)
        const found = this.#run.member(of, e.name, this.#run.site(e, scope))
        if (scope.module.language === 'java' && !scope.module.text.slice(e.of.end, e.end).includes('::'))
          return fieldBeside(this.#run, of, e.name, found) ?? found
        // While a request is answered: before that, what is made of it is known by its code.
        return scope.module.language === 'go' && this.#run.effects !== null
          ? heldByName(of, e.name, found)
          : found
      }
      case 'index': {
        const of = this.evaluate(e.of, scope)
        // A function of Go with its types.
        if (of.t === 'func' && scope.module.language === 'go') {
          const types = e.typeArgs ?? typesNamed(e.at)
          return withTypes(this.#run.lookup, of, types, scope)
        }
        const at = this.evaluate(e.at, scope)
        // While a request is answered: before that, what a loop cuts is not known by where it began.
        const cut =
          scope.module.language === 'python' && this.#run.effects !== null
            ? slicedText(of, e.at, scope.module, (one) => this.evaluate(one, scope))
            : null
        if (cut) return cut
        const first =
          of.t === 'list' && at.t === 'const' && at.v === 0 ? firstIn(of, this.#run.running.conditions) : null
        if (first) return first
        if (of.t === 'list' && at.t === 'const' && typeof at.v === 'number' && of.items[at.v])
          return of.items[at.v] ?? nothing
        const under = scope.module.language === 'go' ? valueUnder(of, at) : null
        if (under) return under
        // A sign of a text.
        const text = textOf(of)
        if (text !== null && at.t === 'const' && typeof at.v === 'number' && text.at(at.v) !== undefined)
          return constant(text.at(at.v) ?? '')
        const key = textOf(at)
        if (key !== null) {
          const site = this.#run.site(e, scope)
          return this.#run.member(of, key, e.at.k === 'str' ? site : { ...site, named: linesOf(at, site) })
        }
        if (of.t === 'object' && scope.module.language === 'go' && isSetOfErrors(of))
          return this.#amongErrors(of, at, partOf(e.at, scope) ?? printValue(at))
        const keyed = of.t === 'object' && of.ref === null ? underKey(of, at) : null
        if (keyed) return keyed
        const isKnown = of.t === 'object' && of.props.size > 0 && isMap(of)
        // What answers each method of a request.
        if (isKnown && isAskedMethod(at) && [...of.props.keys()].every(isVerb))
          this.#run.emit('by-method', at, null, this.#run.site(e, scope), { methods: [...of.props.keys()] })
        // A map of Go with what is allowed.
        if (isKnown && scope.module.language === 'go' && [...of.props.values()].every(isYes))
          return memberOf(of, at)
        if (isKnown && this.#isRecorded && !of.isOpen && of.ref === null) {
          const none = emptyOf(of, scope.module.language)
          if (none) return underAny(of, at, none)
        }
        if (isKnown)
          return union([
            ...of.props.values(),
            ...(of.isOpen && scope.module.language === 'go'
              ? [symbol('?', `${printValue(of)}[${printValue(at)}]`)]
              : []),
          ])
        if (of.t === 'class') return symbol(of.ref.cls.name, of.ref.cls.name, { ref: of.ref })
        if (of.t !== 'symbol')
          return symbol('?', `${printValue(of)}[${partOf(e.at, scope) ?? printValue(at)}]`)
        // That it is there says nothing of its parts.
        const { isThere: _isThere, ...part } = of
        return {
          ...part,
          text: `${of.text}[${partOf(e.at, scope) ?? printValue(at)}]`,
          path: `${of.path}[]`,
          of,
          args: [{ name: null, value: at }],
          note: isOfWhole(part.note) ? null : part.note,
        }
      }
      case 'call':
        return this.#run.calls.expression(e, scope)
      case 'func':
        return {
          t: 'func',
          fn: e.fn,
          scope,
          self: null,
          owner: null,
          module: scope.module,
          marks: [],
          madeBy: this.#run.running.stack.at(-1)?.fn.name ?? '',
        }
      case 'class':
        return { t: 'class', ref: this.#run.lookup.refOf(e.cls, scope.module, scope, null) }
      case 'array': {
        const list = this.#list(e.items, scope)
        if (scope.module.language !== 'javascript' || !this.#isRecorded) return list
        return e.items.length === 0 ? collecting(list, this.#run.running.moment) : list
      }
      case 'object': {
        if (e.type) {
          const target = this.#run.lookup.typeTarget(e.type.name, scope)
          if (typeof target !== 'string') return this.#instance(e, target, scope)
          const props = this.#entries(e.entries, scope)
          // A map of a type from outside, by its keys (`gin.H{"a": 1}`).
          const isMap = e.entries.length > 0 && e.entries.every(({ key }) => isWrittenText(key, scope))
          if (e.type.name !== 'map' && e.type.name !== 'object' && !isMap)
            return this.#made({
              ...symbol(`${target}()`, `${e.type.name}{}`),
              args: [...props].map(([name, value]) => ({ name, value })),
              typed: { type: e.type, scope },
              site: this.#run.site(e, scope),
            })
          return { t: 'object', props, ref: null, args: [], isOpen: false, site: this.#run.site(e, scope) }
        }
        const props = this.#entries(e.entries, scope)
        madeWithin(props, this.#run.running.taken)
        const isOpen = e.entries.some(({ key }) => key === null)
        const site = this.#run.site(e, scope)
        const made: ObjectValue = { t: 'object', props, ref: null, args: [], isOpen, site }
        if (!this.#isRecorded) return setUp(made)
        const isEmpty = e.entries.length === 0 && scope.module.language !== 'go'
        return isEmpty ? collecting(made, this.#run.running.moment) : made
      }
      case 'binary':
        return this.#binary(e, scope)
      case 'unary': {
        if (e.op === '++' || e.op === '--') return counted(e.of)
        const of = this.evaluate(e.of, scope)
        if (e.op === '-' && of.t === 'const' && typeof of.v === 'number') return constant(-of.v)
        if (e.op === '!') {
          const known = knownTruth(of)
          if (known !== null) return constant(!known)
          const condition = this.#run.statements.asked(
            whenTrueOf(of) ?? tell(truthOf(of, e.of, scope), [of]),
            e.of,
            scope,
          )
          const text = `!${printValue(of)}`
          return (this.#isRecorded ? answerTo(untold(condition), text) : null) ?? symbol('!', text)
        }
        const kind = e.op === 'typeof' ? typeOf(of) : null
        if (kind !== null) return constant(kind)
        return e.op === 'typeof'
          ? symbol('typeof', `typeof ${printValue(of)}`, { of })
          : symbol('?', `${e.op}${printValue(of)}`)
      }
      case 'cond': {
        const { known, condition } = this.#run.statements.test(e.test, scope)
        if (known !== null) {
          this.#run.running.settled++
          return this.evaluate(known ? e.whenTrue : e.whenFalse, scope)
        }
        const told = this.#run.statements.narrowed(e.test, scope)
        const [thenScope, elseScope] = told
          ? [this.#run.statements.child(scope), this.#run.statements.child(scope)]
          : [scope, scope]
        if (told) {
          if (told.whenTrue === null) return this.evaluate(e.whenFalse, scope)
          if (told.whenFalse === null) return this.evaluate(e.whenTrue, scope)
          declareNarrowed(thenScope, told.name, told.whenTrue)
          declareNarrowed(elseScope, told.name, told.whenFalse)
        }
        const then = this.#run.within(condition, () => this.evaluate(e.whenTrue, thenScope))
        const otherwise = this.#run.within(untold(condition), () => this.evaluate(e.whenFalse, elseScope))
        if (then === ended || otherwise === ended) return then === ended ? otherwise : then
        return this.#isRecorded || isOfFunctions(then, otherwise)
          ? unionOfBranches(then, otherwise, condition)
          : union([then, otherwise])
      }
      case 'spread':
        return this.evaluate(e.of, scope)
      case 'each': {
        const over = this.evaluate(e.over, scope)
        const lists = each(over)
        const items = lists.every((one) => one.t === 'list' && !one.isOpen)
          ? lists.flatMap((one) => (one.t === 'list' ? one.items : []))
          : null
        const inner = new Scope(scope.module, scope)
        const held: Condition[][] = []
        const made = (items ?? [symbol('?', `${printValue(over)}[]`)]).slice(0, maxRounds).flatMap((item) => {
          this.#run.statements.bind(e.vars, item, inner, true)
          const asked = e.tests.map((test) => this.#run.statements.test(test, inner))
          const value = this.evaluate(e.body, inner)
          if (asked.some(({ known }) => known === false)) return []
          held.push(asked.flatMap(({ known, condition }) => (known === null ? [condition] : [])))
          return [value]
        })
        const list = { t: 'list' as const, items: made, isOpen: items === null || e.tests.length > 0 }
        if (e.tests.length === 0) return list
        return this.#isRecorded && items !== null
          ? collectedWhere(someOf(list), held, this.#run.running.moment)
          : someOf(list)
      }
      case 'assign': {
        const value = givenTo(this.#run, e.target, e.value, scope)
        this.#run.statements.noteSet(e.target, e, e.value, scope, value)
        if (e.op === '=' || e.op === '||=' || e.op === '??=') {
          if (e.target.k === 'name') {
            const { name } = e.target
            if (!this.#setField(name, value, scope))
              scope.set(name, ofPackage(name, isErrorName(name) ? asError(value, scope) : value, scope))
          } else this.#run.statements.bind(e.target, value, scope, false)
        } else if (e.op === '+=') {
          const before = this.evaluate(e.target, scope)
          const lists = each(before).filter((one) => one.t === 'list')
          const added = value.t === 'list' ? value : null
          for (const list of lists) {
            grow(list, added?.items ?? (isOfRouter(value, scope) ? [value] : []), this.#run.undo)
            list.isOpen ||= added?.isOpen ?? true
          }
          if (lists.length > 0) return before
          if (isOfUrls(before) && (added || isOfRouter(value, scope))) {
            const all = this.#listed([before, ...(added?.items ?? [value])], added?.isOpen ?? false)
            this.#run.statements.bind(e.target, all, scope, false)
            return all
          }
          const isCount = scope.module.language === 'go' && value.t === 'const' && typeof value.v === 'number'
          const sum = isCount ? counted(e.target) : plus(before, value)
          this.#run.statements.bind(e.target, sum, scope, false)
          return sum
        } else if (e.op === 'default') return value
        return value
      }
      case 'other':
        for (const part of e.parts) {
          const value = this.evaluate(part, scope)
          const given = scope.module.text.slice(e.start, part.start)
          const { frame, conditions } = this.#run.running
          if (frame.yields && /^yield\s*$/.test(given)) noteYielded(frame.yields, value, [...conditions])
        }
        return symbol('?', '?')
    }
  }

  #made<T extends ObjectValue | SymbolValue>(value: T): T {
    if (value.site?.module.language === 'go') this.#run.hooks?.made(value, value.site)
    return value
  }

  // Java: a field of the object at hand by its bare name.
  #setField(name: string, value: Value, scope: Scope): boolean {
    if (scope.module.language !== 'java' || scope.knows(name)) return false
    const self = scope.get('this')
    if (self?.t !== 'object' || !self.ref || !this.#run.lookup.field(self.ref, name)) return false
    self.props.set(name, value)
    return true
  }

  #instance(e: Composite, target: ClassRef, scope: Scope): Value {
    const { alias } = target.cls
    const isPlain = e.entries.every(({ key }) => key === null)
    // A type that Go code names for a list: its elements have the type that it names, and it is a list where it has no methods.
    const of = scope.module.language === 'go' ? alias?.args.at(alias.name === 'map' ? 1 : 0) : undefined
    const element = of ? this.#run.lookup.typeTarget(of.name, target.scope) : ''
    const entries = e.entries.map(({ key, value }) => ({ key, value, of: element }))
    if (alias?.name === '[]' && isPlain && !this.#run.lookup.hasMethods(target))
      return this.#listed(
        entries.map((one) => this.#element(one.value, one.of, scope)),
        false,
      )
    const props = isPlain ? new Map<string, Value>() : this.#entries(entries, scope)
    // Without keys the values stand in the order of the fields.
    if (isPlain)
      for (const [index, { value }] of e.entries.entries()) {
        const name = alias?.name === '[]' ? String(index) : target.cls.fields[index]?.name
        if (name !== undefined) props.set(name, this.#element(value, element, scope))
      }
    const site = this.#run.site(e, scope)
    const made: ObjectValue = { t: 'object', props, ref: target, args: [], isOpen: false, site }
    return this.#made(beginsEmpty(made, this.#run.effects !== null))
  }

  // An element without a type of its own has that of the list, which may be a name of another file.
  #element(e: Expr, target: ClassRef | string, scope: Scope): Value {
    if (typeof target === 'string' || target.cls.kind !== 'struct') return this.evaluate(e, scope)
    if (e.k === 'object' && e.type === null) return this.#instance(e, target, scope)
    const fields = e.k === 'array' ? e.items.map((value) => ({ key: null, value })) : null
    return fields
      ? this.#instance(
          { k: 'object', type: null, entries: fields, start: e.start, end: e.end },
          target,
          scope,
        )
      : this.evaluate(e, scope)
  }

  #list(items: readonly Expr[], scope: Scope): Value {
    const values: Value[] = []
    const spread: Value[] = []
    let isOpen = false
    for (const item of items) {
      const value = this.evaluate(item, scope)
      if (item.k === 'spread') spread.push(value)
      if (item.k !== 'spread') values.push(value)
      else if (value.t === 'list') {
        values.push(...value.items)
        isOpen ||= value.isOpen
      } else {
        isOpen = true
        // What is put there by a setting may all be there.
        if (value.t === 'union' && this.#run.effects === null)
          for (const { value: one, conditions } of waysOf(value))
            if (one.t === 'list') values.push(...one.items.map((item) => putWhere(item, conditions)))
        if (isOfRouter(value, scope)) values.push(value)
      }
    }
    const list = this.#listed(values, isOpen)
    return this.#isRecorded
      ? extended(list, spread, spread.length < items.length, this.#run.running.moment)
      : list
  }

  #listed(items: Value[], isOpen: boolean): Value {
    const list: Extract<Value, { t: 'list' }> = { t: 'list', items, isOpen }
    madeWithin(list, this.#run.running.taken)
    return this.#isRecorded ? list : setUp(list)
  }

  // A module of JavaScript that is spread gives what it exports by a name.
  #exported(value: Value): Value {
    if (value.t !== 'module' || value.module.language !== 'javascript') return value
    const props = new Map(
      value.module.body
        .flatMap((stmt) => (stmt.k === 'export' ? stmt.names : []))
        .flatMap(({ exported }): [string, Value][] => {
          const found = exported === '*' ? null : this.#run.exported(value.module, exported)
          return found ? [[exported, found]] : []
        }),
    )
    return { t: 'object', props, ref: null, args: [], isOpen: true, site: null }
  }

  #entries(
    entries: { key: Expr | null; value: Expr; of?: ClassRef | string }[],
    scope: Scope,
  ): Map<string, Value> {
    const props = new Map<string, Value>()
    for (const { key, value, of } of entries) {
      const made = of === undefined ? this.evaluate(value, scope) : this.#element(value, of, scope)
      const given = assigned(this.#run, value, made, scope)
      // What is written where it is given is that, whatever else the code does.
      const found = isLiteral(value) && given.t === 'const' ? { ...given, isWritten: true as const } : given
      if (key === null) {
        for (const [name, one] of spread(this.#exported(found))) props.set(name, one)
        continue
      }
      const at = this.evaluate(key, scope)
      const name = textOf(at)
      if (name !== null) props.set(name, found)
      else if (/^(?:python|go)$/.test(scope.module.language)) keepKeyed(props, at, found)
      // It may be any of those that stand before it.
      else for (const [one, before] of props) props.set(one, union([before, found]))
    }
    return props
  }

  // What a program sets for all of its modules of JavaScript is known by its bare name.
  #ofProgram(name: string, { module }: Scope): Value | null {
    return module.language === 'javascript' ? globalOf(this.#run.project, name) : null
  }

  #binary(e: Extract<Expr, { k: 'binary' }>, scope: Scope): Value {
    if (e.op === '&&' || e.op === '||' || e.op === '??') {
      const left = this.evaluate(e.left, scope)
      // What comes before is asked as what it comes to: of both sides nothing is told that can not be at once.
      const condition = this.#run.statements.asked(
        whenYes(left) ?? tell(truthOf(left, e.left, scope), [left]),
        e.left,
        scope,
      )
      const known =
        e.op === '??'
          ? left.t === 'const'
            ? left.v !== null
            : knownTruth(left) || null
          : (knownTruth(left) ?? impliedBy(this.#run.running.holding(), condition))
      if (known !== null && known === (e.op === '&&'))
        return e.op === '&&' ? this.evaluate(e.right, scope) : this.#or(left, e, scope)
      if (known !== null) return e.op === '&&' ? left : known ? left : this.evaluate(e.right, scope)
      const { conditions, branches } = this.#run.running
      const asked = e.op === '&&' ? condition : untold(condition)
      for (const all of [conditions, branches]) all.push(asked)
      const right = this.evaluate(e.right, scope)
      for (const all of [conditions, branches]) all.pop()
      if (right === ended) return left
      // What comes after and is known to be false adds nothing: it is no default, that is written there.
      if (e.op === '||' && right.t === 'const' && right.v === false && !isLiteral(e.right)) return left
      // `given or []` is what was given, where that is a list.
      if (e.op === '||' && left.t === 'list' && right.t === 'list' && right.items.length === 0) return left
      // Of several of which nobody knows when it is which the whole is asked, not that one of them is true.
      const isMixed =
        right.t === 'union' &&
        !right.when &&
        !right.ways &&
        right.of.every(isYesOrNo) &&
        right.of.some((one) => one.t === 'const')
      const second =
        whenYes(right) ??
        (isMixed && this.#isRecorded && scope.module.language === 'javascript'
          ? tell(truthOf(right, e.right, scope), [right])
          : null)
      // `user && user.age > 3` holds where both do, whatever it is where they do not.
      const first = whenYes(left) ?? (e.op === '&&' && left.t === 'symbol' ? condition : null)
      const answer =
        first && second && e.op !== '??'
          ? answerTo(
              (e.op === '&&' ? both : either)(first, second),
              `${printValue(left)} ${e.op} ${printValue(right)}`,
            )
          : null
      if (answer) return answer
      // Of Go and Java it is true or false, none of both sides; what comes after may say it whatever comes before.
      if (scope.module.language === 'go' || scope.module.language === 'java')
        return knownTruth(right) === (e.op === '||') ? constant(e.op === '||') : operation(e.op, left, right)
      if (e.op === '&&' && (right.t === 'pack' || right.t === 'func')) return right
      if (e.op === '??')
        return union([...each(left).filter((one) => one.t !== 'const' || one.v !== null), right])
      // `process.env.HOST || 'localhost'`: of what comes first only what is something.
      if (!this.#isRecorded) return union([...(e.op === '||' ? somethingOf(left) : [left]), right])
      // One of both sides: of `&&` the second where the first is true, of `||` where it is not.
      return e.op === '&&' ? unionOfBranches(right, left, condition) : unionOfBranches(left, right, condition)
    }
    const left = this.evaluate(e.left, scope)
    const right = this.evaluate(e.right, scope)
    if (e.op === '+') return plus(left, right)
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
      if (e.op === '%' && left.v >= 0 && right.v > 0) return constant(left.v % right.v)
      if (e.op === '<<') return constant(left.v << right.v)
    }
    // Path('a') / 'b' is of no interest; a union of types, flags and querysets is both.
    if (e.op === '|' || e.op === '&') {
      const made = union([left, right])
      return made.t === 'union' ? { ...made, joined: { op: e.op, left, right } } : made
    }
    const filled = this.#isRecorded ? this.#run.statements.filled(e, left, right, scope) : null
    const known = filled?.known ?? knownComparison(e.op, left, right, this.#run)
    if (known !== null) return constant(known)
    const condition =
      filled?.condition ??
      (this.#isRecorded && isComparison.test(e.op)
        ? (comparedWays(e.op, left, right, this.#run) ??
          tell(comparison(e.op, called(left, e.left, scope), called(right, e.right, scope)), [left, right]))
        : null)
    if (condition) this.#run.statements.asked(condition, e, scope)
    const made = operation(e.op, left, right)
    return (condition && answerTo(condition, printValue(made))) ?? made
  }

  /** Whether what code does is noted, and when. */
  get #isRecorded(): boolean {
    return this.#run.effects !== null
  }

  #or(left: Value, e: Extract<Expr, { k: 'binary' }>, scope: Scope): Value {
    return knownTruth(left) ? left : this.evaluate(e.right, scope)
  }
}

const somethingOf = (value: Value): Value[] =>
  each(value)
    .filter((one) => knownTruth(one) !== false)
    .map((one) => (one.t === 'symbol' ? { ...one, isThere: true } : one))

// What is counted on is another number with each round of a loop.
const counted = (target: Expr): Value =>
  symbol('?', target.k === 'name' || target.k === 'member' ? target.name : '?')

// When what is true or false is true, also where a function or a property of the program gave it.
const whenYes = (value: Value): Condition | null =>
  whenTrueOf(value) ??
  (value.t === 'union' && value.of.every(isYesOrNo) && areToldApart(value) ? trueWays(value, not) : null)

const isComparison = /^(?:[=!]=|[<>]=?|in|not in)$/

const operation = (op: string, left: Value, right: Value): Value =>
  symbol('?', `${printValue(left)} ${op} ${printValue(right)}`, {
    args: [
      { name: null, value: left },
      { name: null, value: right },
    ],
    note: { op },
  })

// A text in quotes, no name of a field.
const isWrittenText = (key: Expr | null, { module }: Scope) =>
  key?.k === 'str' && /["`]/.test(module.text[key.start] ?? '')

const isYes = (value: Value) => value.t === 'const' && value.v === true

const isLiteral = ({ k }: Expr) => k === 'str' || k === 'num' || k === 'bool'

function plus(left: Value, right: Value): Value {
  if (left.t === 'list' && right.t === 'list')
    return { t: 'list', items: [...left.items, ...right.items], isOpen: left.isOpen || right.isOpen }
  // What a router of Django has for urls stands among the others.
  if (left.t === 'list')
    return { ...left, items: isRoutes(right) ? [...left.items, right] : left.items, isOpen: true }
  if (right.t === 'list' && isRoutes(left)) return { t: 'list', items: [left, ...right.items], isOpen: true }
  if (left.t === 'const' && right.t === 'const' && typeof left.v === 'number' && typeof right.v === 'number')
    return constant(left.v + right.v)
  // A number is added, not written behind.
  const isNumber = (value: Value) => value.t === 'const' && typeof value.v === 'number'
  if ((isNumber(left) && right.t === 'symbol') || (left.t === 'symbol' && isNumber(right)))
    return operation('+', left, right)
  return joined([left, right])
}

const isRoutes = (value: Value) => value.t === 'symbol' && /\.urls$|patterns\(\)$/.test(value.path)

// What `typeof` gives of what is known; what was thrown by code outside is an object.
function typeOf(value: Value): string | null {
  if (value.t === 'const') return value.v === null ? null : typeof value.v
  if (value.t === 'text') return 'string'
  if (value.t === 'func' || value.t === 'class' || value.t === 'pack' || isMethodOutside(value))
    return 'function'
  if (value.t === 'list' || value.t === 'object') return 'object'
  return value.t === 'symbol' && (/(?:Error|Exception)\(\)$/.test(value.path) || holdsInputs.test(value.path))
    ? 'object'
    : null
}

/** What is noted of a whole and not of one that is taken from it by a key: what it holds by default, and that it holds inputs by their names. */
const isOfWhole = (note: unknown): boolean =>
  note instanceof Default || (typeof note === 'object' && note !== null && 'inputs' in note)

/** All parameters or headers of a request, as Node's frameworks document them: they are there, empty or not. */
const holdsInputs = /^[a-z]+:[\w.]+\.(?:query|params|headers)$/

/** The part of a text or a list that code takes by its places: `:2`, `-4:`. */
function partOf({ start, end }: Expr, { module }: Scope): string | null {
  const text = module.text.slice(start, end)
  return text.includes(':') && /^[-\d:]+$/.test(text) ? text : null
}

/** What is spread of a value: of one of several objects what all of them have. */
function spread(value: Value): Iterable<[string, Value]> {
  // zod-openapi: what a route is made with is what it has.
  if (value.t === 'symbol' && value.path === '@hono/zod-openapi.createRoute()' && value.args[0])
    return spread(value.args[0].value)
  const all = each(value).filter((one) => one.t === 'object')
  const [first, ...others] = all
  if (!first || all.length < each(value).length) return []
  return [...first.props].flatMap(([name, one]): [string, Value][] => {
    const values = others.flatMap(({ props }) => props.get(name) ?? [])
    return values.length < others.length ? [] : [[name, values.length > 0 ? union([one, ...values]) : one]]
  })
}

// Django: patterns that a router gives stand for themselves in a list.
const isOfRouter = (value: Value, { module }: Scope): boolean =>
  value.t === 'symbol' && module.language === 'python' && (value.path.endsWith('.urls') || isOfUrls(value))

// Django and REST framework: what helpers make of lists of patterns stands for these.
const isOfUrls = (value: Value): boolean =>
  value.t === 'symbol' && /(?:^|\.)(?:format_suffix_patterns|i18n_patterns|static)\(\)$/.test(value.path)

// Which of several functions a program takes by a setting says when that one runs.
const isOfFunctions = (...values: readonly Value[]): boolean =>
  values.every((one) => one.t === 'func' || one.t === 'list') && values.some(holdsFunctions)
const holdsFunctions = (value: Value): boolean =>
  value.t === 'func' ||
  (value.t === 'list' &&
    value.items.some((one) => one.t === 'func' || (one.t === 'object' && one.ref === null)))

// What is true or false, and nothing else.
const isYesOrNo = (value: Value): boolean =>
  value.t === 'const'
    ? typeof value.v === 'boolean'
    : value.t === 'symbol' &&
      truth(value).every((row) => row.every(({ op }) => op === 'true' || op === 'false'))

// What stands under a key that is not there: nothing in JavaScript, and in Go what its type begins as.
function emptyOf({ props }: ObjectValue, language: string): Value | null {
  if (language === 'javascript') return notDefined
  const kinds = new Set([...props.values()].map((one) => (one.t === 'const' ? typeof one.v : one.t)))
  const [kind] = kinds
  if (language !== 'go' || kinds.size !== 1) return null
  return kind === 'number' ? constant(0) : kind === 'string' ? constant('') : null
}

import { putOnFunction } from './function-attributes.ts'
import { setGlobal, sharedName } from './node-globals.ts'
import { namedAs, shown, whole } from '../facts/expression.ts'
import { setterOf } from '../parse/ir.ts'
import type { Expr, Span } from '../parse/ir.ts'
import type { Machine } from './machine.ts'
import { methodOf } from './members.ts'
import type { ObjectValue, Scope, SymbolValue, Value, Way } from './values.ts'
import { constant, each, isKept, printValue, symbol, textOf, union } from './values.ts'
import { firstIn } from './collected-items.ts'
import { collect } from './collected.ts'
import { put } from './filled.ts'
import { setWhere } from './put-when.ts'
import { fillArray } from './filled-arrays.ts'
import { isFound } from './conditions.ts'
import { notePart } from './branches.ts'
import { beginsWith, isSetting, keptPart, partsOf, structOf } from './go-parts.ts'
import { setItem, setPart } from './lists.ts'
import { setWithin } from './sometimes.ts'
import { ofPackage } from './go-package-variables.ts'
import { callsGivenAlone, isErrorName, isMadeError } from './go-errors.ts'
import { outsideError } from './go-library-errors.ts'
import { comparedWays, unionOfParts, unionOfWays, waysOf } from './when.ts'
import { yieldedIn } from './yielded.ts'

/** Gives a value to what stands on the left: a name, a member, or the parts of a pattern. `isNew`: names are declared here. */
export function bind(run: Machine, target: Expr, given: Value, scope: Scope, isNew: boolean): void {
  const value = target.k === 'array' ? yieldedIn(given) : given
  switch (target.k) {
    case 'name':
      {
        const kept = isErrorName(target.name) ? asError(value, scope) : value
        if (isNew) scope.declare(target.name, kept)
        else scope.set(target.name, ofPackage(target.name, kept, scope))
      }
      return
    case 'array': {
      const first = value.t === 'list' ? firstIn(value, run.running.conditions) : null
      for (const [index, item] of target.items.entries()) {
        if (first && index === 0 && item.k !== 'spread') {
          bind(run, item, first, scope, isNew)
          continue
        }
        if (item.k === 'spread') bind(run, item.of, { t: 'list', items: [], isOpen: true }, scope, isNew)
        else
          bind(
            run,
            item,
            partAt(run, value, index, (one) =>
              index === 0 && one.t !== 'list'
                ? scope.module.language === 'javascript' && one.t === 'symbol'
                  ? symbol('?', `${one.text}[0]`, { of: one })
                  : one
                : unknownPart(one, index, item, scope),
            ),
            scope,
            isNew,
          )
      }
      return
    }
    case 'object':
      for (const { key, value: into } of target.entries) {
        if (key === null) {
          bind(run, into, value, scope, isNew)
          continue
        }
        const name = textOf(run.expressions.evaluate(key, scope))
        const inner =
          name === null
            ? symbol('?', '?')
            : (run.memberOf(value, name, run.site(key, scope)) ?? symbol('?', name))
        bind(run, into, inner, scope, isNew)
      }
      return
    case 'assign': {
      // A default, where the value may be missing.
      const isMissing = value.t === 'const' && value.v === null
      const missing = run.expressions.evaluate(target.value, scope)
      const isSetting = value.t === 'symbol' && value.path.startsWith('process.env.')
      const given = isMissing ? missing : isSetting ? union([value, missing]) : value
      bind(run, target.target, given, scope, isNew)
      return
    }
    case 'spread':
      bind(run, target.of, value, scope, isNew)
      return
    case 'member': {
      const of = held(run, target.of, scope)
      const other = target.of.k === 'name' && run.effects === null ? withField(of, target.name, value) : null
      if (other && target.of.k === 'name') scope.set(target.of.name, other)
      else setMember(run, of, target.name, value, target, scope)
      return
    }
    case 'index': {
      const of = run.expressions.evaluate(target.of, scope)
      if (run.effects !== null) fillArray(of, target.of, scope)
      const at = run.expressions.evaluate(target.at, scope)
      const key = textOf(at)
      if (of.t === 'list' && scope.module.language === 'java')
        setItem(
          of,
          at.t === 'const' && typeof at.v === 'number' ? at.v : null,
          value,
          run.effects === null ? null : run.undo,
        )
      else if (key !== null) setMember(run, of, key, value, target, scope)
      else if (scope.module.language !== 'go') setSome(run, of, value, target, scope)
      if (scope.module.language === 'python' && run.effects !== null) fillPart(run, target.of, of, scope)
      if (scope.module.language === 'go')
        for (const one of each(of))
          if (one.t === 'object' && one.ref === null)
            put(one, key ?? `[${target.start}]`, run.running.conditions.slice())
      return
    }
    default:
  }
}

// Python: what an item was put into is there and not empty from then on, where a thing of the program holds it (`self.boats[name] = boat`).
function fillPart(run: Machine, target: Expr, of: Value, scope: Scope): void {
  if (target.k !== 'member' || !each(of).some((one) => one.t === 'symbol')) return
  const holder = run.expressions.evaluate(target.of, scope)
  if (holder.t !== 'object' || holder.ref === null || holder.props.get(target.name) === undefined) return
  const ways = waysOf(of).filter(({ value }) => value.t !== 'const')
  if (ways.length === 0) return
  const filled = unionOfWays(
    ways.map((way) => ({
      ...way,
      value: way.value.t === 'symbol' ? { ...way.value, isThere: true } : way.value,
    })),
  )
  putPart(run, holder, target.name, filled)
}

// Go: a struct of a package outside that is written out (`echojwt.Config{…}`) with a field that is set while the program begins; null of anything else.
function withField(of: Value, name: string, value: Value): SymbolValue | null {
  const isWritten =
    of.t === 'symbol' &&
    of.ref === null &&
    of.typed &&
    of.text === `${of.typed.type.name}{}` &&
    of.of === null
  return isWritten ? { ...of, args: [...of.args.filter((one) => one.name !== name), { name, value }] } : null
}

// Go: a part of a struct that is set while the program begins is one of its own from then on (`cfg.HTTP.Base = …`).
function held(run: Machine, e: Expr, scope: Scope): Value {
  const value = run.expressions.evaluate(e, scope)
  const isPart = e.k === 'member' && scope.module.language === 'go' && run.effects === null
  if (!isPart || value.t !== 'symbol' || !structOf(value)) return value
  const of = held(run, e.of, scope)
  const isStruct = (of.t === 'object' || of.t === 'symbol') && structOf(of) !== null
  if (!isStruct) return value
  const { props } = partsOf(of)
  const own = props.get(e.name)
  if (!own) props.set(e.name, value)
  return own ?? value
}

/** Variables of packages of Go that other packages set. */
const setBefore = new WeakMap<Scope, Map<string, Value>>()
const standsIn = /(?:mock|stub|fake)\w*\//i

export function setMember(
  run: Machine,
  of: Value,
  name: string,
  value: Value,
  span: Span,
  scope: Scope,
): void {
  for (const one of each(of)) {
    if (one.t === 'object') {
      // module.exports = …
      const exports = one.props.get('exports')
      if (name === 'exports' && exports?.t === 'object') {
        const own = run.exportsOf(scope.module)
        own.props.set('=', value)
        own.props.set('default', value)
      }
      if (isSetBy(run, one, name, value, span, scope)) continue
      if (one.ref === null) collect(one, run.running.moment)
      const holder = run.members.holderOf(one, name)
      if (run.running.parts && scope.module.language === 'go')
        keepBefore(run, holder, holder, name, span, scope)
      putPart(run, holder, name, inBranch(run, holder, name, mayBe(run, holder, name, value), scope))
      run.hooks?.keep(holder, name, value)
    } else if (one.t === 'symbol' && isNoted(run, one, name, value, scope))
      putPart(run, partsOf(one), name, value)
    else if (one.t === 'class') run.members.setOfClass(one.ref, name, value)
    else if (one.t === 'symbol' && isGiven(run, one, scope)) {
      keepBefore(run, one, partsOf(one), name, span, scope)
      putPart(run, partsOf(one), name, value)
      run.hooks?.assign(one, name, value, run.site(assignmentOf(span, scope), scope))
    } else if (one.t === 'func' && scope.module.language === 'python') {
      if (run.effects === null) putOnFunction(one, name, value, run.running.branches.length === 0)
    } else if (scope.module.language === 'javascript' && sharedName(one, name) !== null) {
      if (run.effects === null) setGlobal(run.project, sharedName(one, name) ?? name, value)
    } else if (one.t === 'symbol' && run.effects === null && isSetting(value) && structOf(one))
      setPart(partsOf(one), name, value, null)
    else if (one.t === 'module' && scope.module.language === 'go') {
      // The part of a program that a package sets in another one while the program begins; what stands in for something in tests does it there.
      const isPart = value.t === 'func' || (value.t === 'object' && value.ref !== null)
      if (!isPart || run.effects !== null || standsIn.test(scope.module.path)) continue
      const before = setBefore.get(one.scope)?.get(name)
      one.scope.set(name, before ? union([before, value]) : value)
      setBefore.set(one.scope, new Map([...(setBefore.get(one.scope) ?? []), [name, value]]))
    } else if (one.t !== 'symbol' || run.effects !== null || !structOf(one) || !beginsWith(one, name, value))
      run.hooks?.assign(one, name, value, run.site(assignmentOf(span, scope), scope))
  }
}

// JavaScript: what only a branch sets while the program begins (`if (config.user) options.auth = …`); not what it makes where there was none (`if (!this.kept) this.kept = {}`).
function inBranch(run: Machine, { props }: ObjectValue, name: string, value: Value, scope: Scope): Value {
  if (scope.module.language !== 'javascript' || run.effects !== null) return value
  const { branches } = run.running
  const isItself = branches.flat(2).some(({ subject }) => whole(subject).split('.').at(-1) === name)
  return isItself ? value : setWhere(value, props.get(name), [...branches])
}

// JavaScript: what a class has a setter for is what that makes of it.
function isSetBy(
  run: Machine,
  of: ObjectValue,
  name: string,
  value: Value,
  span: Span,
  scope: Scope,
): boolean {
  if (of.ref?.module.language !== 'javascript') return false
  const setter = run.lookup.method(of.ref, setterOf(name))
  if (!setter || run.running.stack.some(({ fn }) => fn === setter.fn)) return false
  run.call(methodOf(setter, of), [{ name: null, value }], run.site(span, scope))
  return true
}

// What a call of code outside gave (a row that was found): what a handler sets on it is there from then on.
const isGiven = ({ effects }: Machine, of: SymbolValue, { module }: Scope): boolean =>
  effects !== null && (module.language === 'python' || module.language === 'go') && of.text.endsWith(')')

// Where a branch sets a part, it is what it was on the other one.
function keepBefore(
  run: Machine,
  of: Value,
  { props }: ObjectValue,
  name: string,
  span: Span,
  scope: Scope,
): void {
  const before = props.has(name) ? null : run.memberOf(of, name, run.site(span, scope))
  if (before) props.set(name, before)
}

function putPart(run: Machine, holder: ObjectValue, name: string, value: Value): void {
  setWithin(holder.props, name, run.running.taken)
  notePart(run.running.parts, holder, name)
  setPart(holder, name, value, run.effects === null ? null : run.undo)
}

// JavaScript: what a handler notes on a thing that was given to it (`this.isKept = false`), until something else is set there.
const isNoted = (
  { effects }: Machine,
  of: SymbolValue,
  name: string,
  value: Value,
  { module }: Scope,
): boolean =>
  effects !== null &&
  module.language === 'javascript' &&
  of.ref?.module.language === 'javascript' &&
  (value.t === 'const' || keptPart(of, name) !== null)

// Go: of texts that branches set while a program begins, nobody knows which one it is: `switch mode { case "a": cfg.Mode = A … }`.
function mayBe(run: Machine, holder: ObjectValue, name: string, value: Value): Value {
  const before = holder.props.get(name)
  const areTexts = before !== undefined && [...each(before), value].every((one) => (textOf(one) ?? '') !== '')
  const isBranch = run.effects === null && run.running.conditions.length > 0
  return isBranch && areTexts && holder.ref?.module.language === 'go' ? union([before, value]) : value
}

// With what is assigned, where that is short: `ctx.status = 401`.
function assignmentOf({ start, end }: Span, { module }: Scope): Span {
  const [given = ''] =
    /^\s*=[^=\n][^\n;]{0,60}(?<![{([,\s])(?=[;\n]|$)/.exec(module.text.slice(end, end + 80)) ?? []
  return { start, end: end + given.length }
}

// Any of an object's keys is set, or another one.
function setSome(run: Machine, of: Value, value: Value, span: Span, scope: Scope): void {
  for (const one of each(of)) {
    if (one.t !== 'object' || one.ref !== null || one.props.has('exports')) continue
    // As a program of Python begins, what is not known is one more, and none of what stands there.
    const isOneMore = run.effects === null && scope.module.language === 'python' && value.t === 'symbol'
    for (const [name, before] of isOneMore ? [] : one.props)
      setMember(run, one, name, union([before, value]), span, scope)
    if (one.isOpen) continue
    if (run.effects !== null) run.undo?.push(() => (one.isOpen = false))
    one.isOpen = true
  }
}

/** What a call gives where an error of Go is kept or given back: whether that call failed. */
export function asError(value: Value, { module }: Scope): Value {
  if (module.language !== 'go') return value
  if (value.t === 'union' && value.from !== undefined && !shown(value.from).endsWith(' failed'))
    return { ...value, from: `${shown(value.from)} failed` }
  const isError =
    value.t === 'symbol' &&
    value.path.endsWith('()') &&
    !isMadeError(value) &&
    !shown(value.text).endsWith(' failed')
  return isError ? { ...value, text: `${value.text} failed` } : value
}

// What stands at a place of a list, or of each of the lists that a call may give.
function partAt(run: Machine, given: Value, index: number, otherwise: (one: Value) => Value): Value {
  const value = withoutFailed(run, given, index)
  const part = (one: Value) => (one.t === 'list' && one.items[index]) || otherwise(one)
  if (value.t !== 'union') return part(value)
  return value.when || value.ways ? unionOfParts(value, part) : union(value.of.map(part))
}

// A part of what is not known; of code outside that is given no function of the repository an error is none of the repository's.
function unknownPart(value: Value, index: number, item: Expr, { module }: Scope): Value {
  // What the program keeps in a request is there, and what it takes it for.
  if (index > 0 && module.language === 'go' && isKept(value)) return constant(true)
  const isOutside =
    module.language === 'go' &&
    value.t === 'symbol' &&
    /^[\w.-]+(?:\/[\w.-]+)*\.\w+.*\(\)$/.test(value.path) &&
    !value.args.some((arg) => each(arg.value).some((one) => one.t === 'func' && !callsGivenAlone(one)))
  return symbol(isOutside ? outsideError : '?', partText(value, index, item), isOutside ? { of: value } : {})
}

// Go: nothing that is given beside an error is used; beside what may be none it is where there is none.
function withoutFailed(run: Machine, value: Value, index: number): Value {
  if (value.t !== 'union' || !value.ways) return value
  const ways = value.ways.flatMap((way): Way[] => {
    const { value: one, conditions } = way
    const part = one.t === 'list' ? one.items[index] : undefined
    const error = one.t === 'list' && index < one.items.length - 1 ? one.items.at(-1) : undefined
    if (!error || part?.t !== 'const' || part.v !== null || isNone(error)) return [way]
    const isNoError =
      error.t === 'union' && waysOf(error).some((each) => isNone(each.value))
        ? comparedWays('==', error, constant(null), run)
        : null
    return isNoError ? [{ ...way, conditions: [...conditions, isNoError] }] : []
  })
  return ways.some((way, at) => way !== value.ways?.[at]) ? { ...value, ways } : value
}

const isNone = (value: Value) => value.t === 'const' && value.v === null

// A call by the name that code calls it by: `gorm.Open`. Of a chain the last part has that name alone.
function calleeOf({ site }: Extract<Value, { t: 'symbol' }>): string | undefined {
  const text = site?.module.text.slice(site.start, site.end) ?? ''
  return /^(\w+(?:\.\w+)+)\((?:[^()]|\([^()]*\))*\)$/.exec(text)?.[1]
}

function partText(value: Value, index: number, item: Expr): string {
  if (item.k === 'name' && isErrorName(item.name)) {
    const text = printValue(value)
    const name = value.t === 'symbol' ? (calleeOf(value) ?? /([\w]+)\(\)$/.exec(value.path)?.[1]) : undefined
    // Which call it is stands at its end: of a long one that is what people have to read.
    return name !== undefined && /[\u2039\u2026]/.test(text)
      ? namedAs(`${name}(\u2026) failed`, `${text} failed`)
      : `${text} failed`
  }
  // Whether there is what was asked for: `user, ok := users[id]`.
  if (index > 0 && item.k === 'name' && isFound(item.name) && value.t === 'symbol') return printValue(value)
  return item.k === 'name' ? item.name : `${printValue(value)}[${index}]`
}

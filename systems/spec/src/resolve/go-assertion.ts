import type { Condition } from '../facts/condition.ts'
import type { Expr, TypeRef } from '../parse/ir.ts'
import { truth } from './conditions.ts'
import { isMadeError, isOfOther, mayBeError } from './go-errors.ts'
import { isDocumentedAs, outsideError } from './go-library-errors.ts'
import { retyped } from './calls.ts'
import { assigned } from './go-copies.ts'
import type { Machine } from './machine.ts'
import { constant, each, isKept, nothing, printValue, symbol, textOf, union } from './values.ts'
import type { ClassRef, ObjectValue, Scope, SymbolValue, Value } from './values.ts'
import { unionOfParts } from './when.ts'

/** Go's `value, ok := of.(T)`: of each that it may be whether it is of that type, where that can be said; null of any other two names. */
export function asserted(run: Machine, target: Expr, value: Expr | null, scope: Scope): Value | null {
  if (scope.module.language !== 'go' || value?.k !== 'as') return null
  if (target.k !== 'array' || target.items.length !== 2) return null
  const type = run.lookup.typeTarget(value.type.name, scope)
  const of = run.expressions.evaluate(value.of, scope)
  if (
    typeof type === 'string' &&
    each(of).every((one) => isOf(run, one, type) === null && !isApart(one, type) && !isHeld(one, type))
  )
    return null
  const pair = (one: Value): readonly [Value, Value] => {
    const isDocumented =
      typeof type === 'string' && one.t === 'symbol' && mayBeError(one) && isDocumentedAs(one, symbol(type))
    const is = isDocumented ? true : isOf(run, one, type)
    const [kept, ok] =
      is === null
        ? [
            one.t === 'symbol' && !one.ref && (typeof type === 'string' || type.cls.kind !== 'interface')
              ? retyped(one, run.lookup.instanceOf(value.type, scope, one.text))
              : one,
            // What the program keeps in a request it takes for what it is.
            isKept(one)
              ? constant(true)
              : typeof type === 'string' && isApart(one, type)
                ? symbol('?', `${printValue(one)} is ${type}`, {
                    typed: { type: { ...value.type, name: 'bool', args: [] }, scope },
                  })
                : symbol(
                    '?',
                    `${printValue(one)}.(${typeof type === 'string' ? value.type.name : type.cls.name})`,
                  ),
          ]
        : [is ? one : nothing, constant(is)]
    return [kept, ok]
  }
  const isWay = of.t === 'union' && (of.when !== undefined || of.ways !== undefined)
  const all = (at: 0 | 1): Value =>
    isWay ? unionOfParts(of, (one) => pair(one)[at]) : union(each(of).map((one) => pair(one)[at]))
  const is = all(1)
  // Whether it is of the type is no question whether what the call gave is there.
  const from = of.t === 'union' && of.from !== undefined ? `${of.from}.(${value.type.name})` : undefined
  return {
    t: 'list',
    items: [all(0), is.t === 'union' && from !== undefined ? { ...is, from } : is],
    isOpen: false,
  }
}

/**
 * Go's `of.(T)` of an error that may be of another type: it panics then, so what comes after it comes only where the error is of that type. Null of all else.
 */
export function surelyOf(run: Machine, value: Value, named: TypeRef, scope: Scope): Condition | null {
  if (scope.module.language !== 'go' || run.effects === null) return null
  if (value.t !== 'symbol' || isMadeError(value) || !mayBeError(value)) return null
  const type = run.lookup.typeTarget(named.name, scope)
  if (typeof type === 'string' ? !/[./]/.test(type) : type.cls.kind === 'interface') return null
  // What a call is documented to fail with is of that type.
  if (typeof type === 'string' && isDocumentedAs(value, symbol(type))) return null
  return isOf(run, value, type) === null
    ? truth(symbol('?', `${printValue(value)}.(${typeof type === 'string' ? named.name : type.cls.name})`))
    : null
}

/** Evaluates what is given to a target: with a second name that says whether it is of the type, nothing panics. */
export function givenTo(run: Machine, target: Expr, value: Expr, scope: Scope): Value {
  const { asserted: sure } = run.running
  const before = sure.length
  const found = run.expressions.evaluate(value, scope)
  if (target.k === 'array' && value.k === 'as') sure.length = Math.min(before, sure.length)
  return assigned(run, value, found, scope)
}

/** Go's `value, ok := of[key]` of a map that is written out, under a key that is known: what stands there, and whether something does. */
export function lookedUp(run: Machine, target: Expr, value: Expr | null, scope: Scope): Value | null {
  if (scope.module.language !== 'go' || value?.k !== 'index') return null
  if (target.k !== 'array' || target.items.length !== 2) return null
  const of = run.expressions.evaluate(value.of, scope)
  if (of.t !== 'object' || of.isOpen || of.props.size === 0 || of.ref?.cls.kind === 'struct') return null
  const at = run.expressions.evaluate(value.at, scope)
  if (each(at).some((one) => keyOf(one) === null)) return null
  const pair = (one: Value): Value => {
    const found = of.props.get(keyOf(one) ?? '')
    return { t: 'list', items: [found ?? nothing, constant(found !== undefined)], isOpen: false }
  }
  if (at.t !== 'union') return pair(at)
  return at.when || at.ways ? unionOfParts(at, pair) : union(at.of.map(pair))
}

// Whether a thing that is there may be of a type of a package outside or not: an error, or what writes an answer (`w.(http.Flusher)`).
const isApart = (value: Value, type: string): boolean =>
  /[./]/.test(type) &&
  !isKept(value) &&
  value.t === 'symbol' &&
  (mayBeError(value) || value.path === 'net/http.ResponseWriter()')

// What code outside gave, asked for a type of a package outside: `token.Claims.(jwt.MapClaims)`. Missing is only one way not to be of it.
const isHeld = (value: Value, type: string): boolean =>
  /[./]/.test(type) &&
  !isKept(value) &&
  value.t === 'symbol' &&
  /^[\w-]+(?:\.[\w-]+)+\/(?:[\w.-]+\/)*[\w-]+\.[A-Z]/.test(value.path)

/** Interfaces of packages outside, by what they are called, and the method that makes a type one of them. */
const methodsOf: readonly (readonly [RegExp, string])[] = [
  [/\.Validat(?:able|or)$/, 'Validate'],
  [/\.ValidatableWithContext$/, 'ValidateWithContext'],
  [/\/render\.Binder$/, 'Bind'],
  [/\/render\.Renderer$/, 'Render'],
  [/^fmt\.Stringer$/, 'String'],
]

const plainError = /^(?:errors\.New|fmt\.Errorf)\(\)$/

// Whether a struct of the repository has the method of such an interface; null of any other.
function implementsBy(run: Machine, value: SymbolValue | ObjectValue, type: string): boolean | null {
  const name = methodsOf.find(([of]) => of.test(type))?.[1]
  const { ref } = value
  return name !== undefined && ref?.cls.kind === 'struct' ? run.lookup.method(ref, name) !== null : null
}

/** Go's `of[key]` of a map that is written out, under a key that is known: what stands there, else what its values begin with; null where that is not known. */
export function valueUnder(of: Value, at: Value): Value | null {
  if (of.t !== 'object' || of.isOpen || of.props.size === 0 || of.ref) return null
  if (each(at).some((one) => keyOf(one) === null)) return null
  const [first] = of.props.values()
  const zero =
    first && (isStatus(first) || (first.t === 'const' && typeof first.v === 'number'))
      ? constant(0)
      : textOf(first) === null
        ? nothing
        : constant('')
  const under = (one: Value): Value => of.props.get(keyOf(one) ?? '') ?? zero
  if (at.t !== 'union') return under(at)
  return at.when || at.ways ? unionOfParts(at, under) : union(at.of.map(under))
}

const isStatus = (value: Value) => value.t === 'symbol' && /\.Status[A-Z]\w*$/.test(value.path)

const keyOf = (value: Value): string | null =>
  value.t === 'const' && (typeof value.v === 'string' || typeof value.v === 'number') ? String(value.v) : null

// Whether a thing is one of Go's errors: it is one for sure, or a thing of the repository by its methods.
function isError(run: Machine, value: Value): boolean | null {
  if (value.t === 'symbol' && mayBeError(value)) return isMadeError(value) || value.isThere ? true : null
  const ref = value.t === 'object' || value.t === 'symbol' ? value.ref : null
  if (ref?.cls.kind === 'struct') return run.lookup.method(ref, 'Error') !== null
  return value.t === 'list' || value.t === 'text' || value.t === 'const' ? false : null
}

function isOf(run: Machine, value: Value, type: ClassRef | string): boolean | null {
  if (value.t === 'const' && value.v === null) return false
  if (type === 'error') return isError(run, value)
  // Of types of code outside only errors are told apart.
  if (typeof type === 'string') {
    if (!/[./]/.test(type) || (value.t !== 'symbol' && value.t !== 'object')) return null
    const said = implementsBy(run, value, type)
    if (said !== null) return said
    const isError =
      value.t === 'symbol' || (value.ref !== null && run.lookup.method(value.ref, 'Error') !== null)
    const wanted = symbol(type)
    return isOfOther(value, wanted) ? false : isError ? run.isInstance(value, wanted) : null
  }
  if (type.cls.kind === 'interface' && value.t === 'object' && value.ref)
    return run.lookup.hasMethodsOf(value.ref, type)
  // What these make has no other methods (pkg.go.dev/errors, pkg.go.dev/fmt).
  if (type.cls.kind === 'interface' && value.t === 'symbol' && plainError.test(value.path))
    return type.cls.members.some(({ name }) => !/^(?:Error|Unwrap)$/.test(name)) ? false : null
  if (type.cls.kind !== 'struct') return null
  if (value.t === 'object' && value.ref) return value.ref.cls === type.cls
  // What is declared to be of one struct is of no other.
  if (value.t === 'symbol' && value.ref?.cls.kind === 'struct') return value.ref.cls === type.cls
  // Code outside gives nothing of the repository's.
  return isMadeError(value) || (value.t === 'symbol' && value.path === outsideError) ? false : null
}

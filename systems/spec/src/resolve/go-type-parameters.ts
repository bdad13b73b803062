import type { Expr, Func, TypeRef } from '../parse/ir.ts'
import type { Lookup } from './lookup.ts'
import { parametersOf } from './type-arguments.ts'
import { each, Scope, symbol } from './values.ts'
import type { ArgValue, ClassRef, FuncValue, Value } from './values.ts'

const known = new WeakMap<Func, Map<string, Scope>>()
const ids = new WeakMap<ClassRef['cls'], number>()
let last = 0

function idOf({ cls }: ClassRef): number {
  const id = ids.get(cls) ?? ++last
  ids.set(cls, id)
  return id
}

/**
 * Go: a function with type parameters, its names of types bound to those that it is called with, or to those that what it is given says: values of a type, and
 * functions that take one. What is not said stays open.
 */
export function withTypes(
  lookup: Lookup,
  fn: FuncValue,
  given: readonly TypeRef[],
  scope: Scope,
  args: readonly ArgValue[] = [],
): FuncValue {
  const names = fn.fn.typeParams ?? []
  if (names.length === 0) return fn
  const found = names.map((name, at): Value | null => {
    const type = given[at]
    if (!type) return inferred(lookup, fn, name, args) ?? fn.scope.get(name)
    return typeIn(lookup, type, scope)
  })
  if (found.every((one) => one === null)) return fn
  const key = found
    .map((one) => (one?.t === 'class' ? idOf(one.ref) : one?.t === 'symbol' ? one.path : ''))
    .join(' ')
  const scopes = known.get(fn.fn) ?? new Map<string, Scope>()
  known.set(fn.fn, scopes)
  let own = scopes.get(key)
  if (!own) {
    own = new Scope(fn.module, fn.scope)
    for (const [at, value] of found.entries()) if (value) own.declare(names[at] ?? '', value)
    scopes.set(key, own)
  }
  return { ...fn, scope: own }
}

/** The type that an expression names. */
export function typesNamed(e: Expr): TypeRef[] {
  const name = nameIn(e)
  return name === null ? [] : [{ name, args: [], start: e.start, end: e.end }]
}

function nameIn(e: Expr): string | null {
  if (e.k === 'name') return e.name
  const of = e.k === 'member' ? nameIn(e.of) : null
  return e.k === 'member' && of !== null ? `${of}.${e.name}` : null
}

function typeIn(lookup: Lookup, type: TypeRef, scope: Scope): Value | null {
  if (type.args.length > 0 || type.fields) return null
  const target = lookup.typeTarget(type.name, scope)
  return typeof target === 'string' ? symbol(target) : { t: 'class', ref: target }
}

function inferred(lookup: Lookup, fn: FuncValue, name: string, args: readonly ArgValue[]): Value | null {
  for (const [at, { type }] of fn.fn.params.entries()) {
    const value = args[at]?.value
    if (!value || !type) continue
    if (type.name === name) {
      const [one, ...others] = each(value)
      const ref = one?.t === 'object' || one?.t === 'symbol' ? one.ref : null
      if (ref && others.length === 0) return { t: 'class', ref }
    }
    const taken = takenBy(lookup, type, fn.scope).findIndex((one) => one?.name === name)
    const own = value.t === 'func' && taken >= 0 ? value.fn.params[taken]?.type : null
    if (own && value.t === 'func') return typeIn(lookup, own, value.scope)
  }
  return null
}

// What functions of a type take, also of one that has a name, with what its parameters stand for: `type Endpoint[In any] func(In) error`.
function takenBy(lookup: Lookup, type: TypeRef, scope: Scope): readonly (TypeRef | undefined)[] {
  if (type.name === 'func') return type.args
  const target = lookup.typeTarget(type.name, scope)
  const alias = typeof target === 'string' ? null : target.cls.alias
  if (typeof target === 'string' || alias?.name !== 'func') return []
  const names = parametersOf(target)
  return alias.args.map((one) => {
    const at = names.indexOf(one.name)
    return at < 0 ? one : type.args[at]
  })
}

import type { Func, Module, TypeRef } from '../parse/ir.ts'
import type { ClassRef, Scope } from './values.ts'

/** A method of Go with the file that it stands in. */
export interface GoMethod {
  fn: Func
  module: Module
}

/** What is asked of the names of a program. */
export interface GoNames {
  typeTarget: (name: string, scope: Scope) => ClassRef | string
  scopeOf: (module: Module) => Scope
}

const basic: Record<string, string> = { 'interface{}': 'any', byte: 'uint8', rune: 'int32' }
/** How deep interfaces in interfaces are looked into. */
const maxDepth = 6

/** All that an interface asks for, of interfaces in it too, each with where it stands; what comes from outside is left out. */
export function askedBy(names: GoNames, ref: ClassRef, depth = 0): { fn: Func; scope: Scope }[] {
  if (depth > maxDepth) return []
  return [
    ...ref.cls.members.map((fn) => ({ fn, scope: ref.scope })),
    ...ref.cls.bases.flatMap(({ name }) => {
      const target = names.typeTarget(name, ref.scope)
      return typeof target === 'string' || target.cls === ref.cls ? [] : askedBy(names, target, depth + 1)
    }),
  ]
}

/** Whether methods of a type are all that an interface asks for, each with parameters and results of the same types (Go's specification, "Implementing an interface"). */
export function implementsAll(
  names: GoNames,
  asked: readonly { fn: Func; scope: Scope }[],
  own: readonly GoMethod[],
): boolean {
  return asked.every(({ fn, scope }) =>
    own.some((one) => one.fn.name === fn.name && isSame(names, fn, scope, one.fn, names.scopeOf(one.module))),
  )
}

function isSame(names: GoNames, a: Func, inA: Scope, b: Func, inB: Scope): boolean {
  if (a.params.length !== b.params.length) return false
  const types = (fn: Func) => [...fn.params.map(({ type }) => type), fn.returns]
  const others = types(b)
  return types(a).every((type, index) => isSameType(names, type, inA, others[index] ?? null, inB))
}

function isSameType(names: GoNames, a: TypeRef | null, inA: Scope, b: TypeRef | null, inB: Scope): boolean {
  if (!a || !b) return a === b
  const [one, other] = [keyOf(names, a, inA), keyOf(names, b, inB)]
  // A type parameter is any.
  if (one === null || other === null) return true
  return (
    one === other &&
    a.args.length === b.args.length &&
    a.args.every((arg, index) => isSameType(names, arg, inA, b.args[index] ?? null, inB))
  )
}

// What a type is wherever it is named; null of a type parameter.
function keyOf(names: GoNames, { name }: TypeRef, scope: Scope): string | null {
  const target = names.typeTarget(name, scope)
  if (typeof target !== 'string') return `:${target.module.path}:${target.cls.name}`
  return /^[A-Z]\w*$/.test(target) ? null : (basic[target] ?? target)
}

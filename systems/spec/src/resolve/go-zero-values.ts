import type { FieldDecl } from '../parse/ir.ts'
import { constant, nothing } from './values.ts'
import type { ClassRef, Value } from './values.ts'

/** Structs that were made and that only code of the repository has: whether that was while a request is answered. */
const own = new WeakMap<Value, boolean>()

/** Notes a struct that is made, and gives it; `isOfRequest`: while a request is answered. */
export function beginsEmpty<T extends Value>(made: T, isOfRequest: boolean): T {
  own.set(made, isOfRequest)
  return made
}

/** A copy of a struct: what nothing set in it holds there what it holds in that. */
export function copiedFrom<T extends Value>(of: Value, made: T): T {
  const isOfRequest = own.get(of)
  return isOfRequest === undefined ? made : beginsEmpty(made, isOfRequest)
}

/** Notes that code that is not followed is given a struct: it may put anything into it. */
export function isGivenOut(value: Value): void {
  own.delete(value)
}

/**
 * What a field of a struct holds until something is put there: the zero value of its type (go.dev/ref/spec, "The zero value"). Null where that is not
 * told: of a type that may be a struct or an interface, of texts, lists and numbers, and where other code has it. Of a struct that the program holds when requests come
 * only that it leads to no further one of its type (`before *Chain`).
 */
export function zeroValue(of: Value, { type, isOptional }: FieldDecl, { cls }: ClassRef): Value | null {
  const isOfRequest = own.get(of)
  if (isOfRequest === undefined || !type) return null
  if (!isOfRequest) return isOptional && type.name === cls.name ? nothing : null
  if (type.name === 'bool') return constant(false)
  return isOptional || isNilFirst.test(type.name) ? nothing : null
}
const isNilFirst =
  /^(?:error|func|chan .*|any|interface\s*\{\s*\}|http\.(?:Handler|HandlerFunc|ResponseWriter)|context\.Context)$/

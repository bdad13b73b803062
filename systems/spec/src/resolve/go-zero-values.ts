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
  return startOf(type.name, isOptional)
}

/** A field that JSON never fills (`json:"-"`) holds its zero value when a body was read. Null where its type or code of its own says otherwise. */
export function unfilledValue({ type, tag, isOptional }: FieldDecl, { cls }: ClassRef): Value | null {
  const isOther = /\b(?:form|query|schema|uri|param|path|header|cookie):"(?!-")/.test(tag)
  if (!type || isOther || !/\bjson:"-"/.test(tag)) return null
  if (cls.members.some(({ name }) => name === 'UnmarshalJSON')) return null
  if (type.name === 'string' && !isOptional) return constant('')
  return startOf(type.name, isOptional)
}

const startOf = (type: string, isOptional: boolean): Value | null =>
  type === 'bool' && !isOptional ? constant(false) : isOptional || isNilFirst.test(type) ? nothing : null
const isNilFirst =
  /^(?:error|func|chan .*|any|interface\s*\{\s*\}|http\.(?:Handler|HandlerFunc|ResponseWriter)|context\.Context)$/

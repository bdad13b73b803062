import type { Expr, Func, TypeRef } from '../parse/ir.ts'
import type { ClassRef, Value } from './values.ts'
import { ownTable } from '../parse/own-table.ts'

interface Given {
  /** Null where only the value is known. */
  e: Expr | null
  value: Value
}

/**
 * Java: of methods of one class with one name and as many parameters the one whose types are those of what is given, as far as these are known: by how the
 * function that calls declares its parameters, by literals, and by classes of the repository with what they extend and implement (`above`). `fn` where nothing tells them apart.
 */
export function overloadOf(
  fn: Func,
  owner: ClassRef,
  given: readonly Given[],
  caller: Func | undefined,
  above: (ref: ClassRef) => readonly string[],
): Func {
  const alike = owner.cls.members.filter(
    (one) => one.name === fn.name && one.hasBody && one.params.length === given.length,
  )
  if (alike.length < 2) return fn
  const types = given.map((one) => typeOf(one, caller))
  const bases = given.map(({ value }) =>
    (value.t === 'object' || value.t === 'symbol') && value.ref ? above(value.ref) : [],
  )
  const fits = alike
    .map((one) => ({ one, fit: fitOf(one, types, bases) }))
    .filter(({ fit }) => fit >= 0)
    .toSorted((a, b) => b.fit - a.fit)
  const [best, next] = fits
  return best && best.fit > (next?.fit ?? -1) ? best.one : fn
}

// How many of the types are those of the parameters; -1 where one can not be.
function fitOf(
  { params }: Func,
  types: readonly (string | null)[],
  bases: readonly (readonly string[])[],
): number {
  let fit = 0
  for (const [at, type] of types.entries()) {
    const wanted = nameOf(params[at]?.type)
    if (type === null || wanted === null) continue
    // The class itself counts before what it extends.
    if (type !== wanted && bases[at]?.includes(wanted)) fit += 0.5
    else if (type === wanted || (isError.test(type) && isError.test(wanted)) || isWider(wanted, type)) fit++
    else if (isBasic(type) && isBasic(wanted) && !(numbers.has(type) && numbers.has(wanted))) return -1
  }
  return fit
}

function typeOf({ e, value }: Given, caller: Func | undefined): string | null {
  if (e?.k === 'str' || value.t === 'text' || (value.t === 'const' && typeof value.v === 'string'))
    return 'String'
  if (e?.k === 'bool') return 'boolean'
  if (e?.k === 'name') {
    const declared = nameOf(caller?.params.find(({ name }) => name === e.name)?.type)
    if (declared !== null) return declared
  }
  if ((value.t === 'object' || value.t === 'symbol') && value.ref) return value.ref.cls.name
  if (value.t === 'const' && Number.isInteger(value.v)) return 'int'
  if (value.t !== 'symbol') return null
  if (counted.test(value.path)) return 'int'
  const [, made, constant] = ofClass.exec(value.path) ?? []
  return made ?? constant ?? null
}

/** What Java and JAX-RS document to be a number. */
const counted =
  /\.(?:size|length|intValue|ordinal|hashCode)\(\)$|^(?:javax|jakarta)\.ws\.rs\..*\.getStatus(?:Code)?\(\)$/
/** What is made of a class, and a constant of one. */
const ofClass = /(?:^|\.)([A-Z]\w*)\(\)$|(?:^|\.)([A-Z]\w*[a-z]\w*)\.[A-Z][A-Z\d_]*$/

/** One is taken for another that is wider. */
const numbers = new Set(['int', 'long', 'short', 'double', 'float'])
const boxed: Readonly<Record<string, string>> = ownTable({
  Integer: 'int',
  Long: 'long',
  Short: 'short',
  Boolean: 'boolean',
  Double: 'double',
  Float: 'float',
  Character: 'char',
})
/** A thing that is thrown, which no text or number is. */
const isError = /(?:Exception|Error|Throwable)$/
const isBasic = (name: string) => basic.has(name) || isError.test(name)
/** What several of are in. */
const collections = new Set(['Collection', 'Iterable', 'List', 'Set'])
const isWider = (wanted: string, type: string) =>
  (wanted === 'Iterable' || (wanted === 'Collection' && type !== 'Iterable')) && collections.has(type)
const basic = new Set(['String', 'UUID', 'Optional', 'Map', ...collections, ...Object.values(boxed)])

function nameOf(type: TypeRef | null | undefined): string | null {
  const name = type?.name.split('.').at(-1) ?? ''
  return name === '' ? null : (boxed[name] ?? name)
}

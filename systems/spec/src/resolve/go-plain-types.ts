import type { Module, TypeRef } from '../parse/ir.ts'
import type { Value } from './values.ts'

const predeclared = /^(?:bool|string|byte|rune|u?int(?:8|16|32|64|ptr)?|float(?:32|64)|complex(?:64|128))$/
/** Names of one type (go.dev/ref/spec, "Numeric types"). */
const sameAs: Record<string, string> = { uint8: 'byte', int32: 'rune' }

/** A type of Go that nobody declares and that has no methods, as it is written: `string`, `[]byte`, `map[string]int`; null of all others. */
export function plainType({ name, args, fields }: TypeRef): string | null {
  if (fields) return null
  if (predeclared.test(name)) return sameAs[name] ?? name
  const parts = args.map(plainType)
  if (parts.includes(null)) return null
  if (name === '[]' && parts.length === 1) return `[]${parts[0]}`
  return name === 'map' && parts.length === 2 ? `map[${parts[0]}]${parts[1]}` : null
}

const composite = /^(?:\[\]|map\[[^\]]+\])+/

/**
 * Whether what surely is of a plain type is of the one that is asked for: such a type has no methods, so it is of no interface with some and of no type
 * that is declared (go.dev/ref/spec, "Type switches"). Null of anything else.
 */
export function isOfPlain(value: Value, type: Value): boolean | null {
  if (value.t !== 'symbol' || value.plain === undefined) return null
  if (type.t === 'class') return type.ref.module.language === 'go' ? false : null
  if (type.t !== 'symbol') return null
  if (/^(?:any|interface\s*\{\s*\})$/.test(type.path)) return true
  const last = type.path.replace(composite, '')
  if (predeclared.test(last)) return type.path.slice(0, -last.length) + (sameAs[last] ?? last) === value.plain
  return type.path === 'error' || composite.test(type.path) || /^[\w./-]+\.[A-Z]\w*$/.test(type.path)
    ? false
    : null
}

/** What a parameter of a plain type is given is of that type from then on. */
export function ofPlainType(given: Value, type: TypeRef | null, { text }: Module): Value {
  if (given.t !== 'symbol' || given.plain !== undefined || !type) return given
  const plain = plainType(type)
  const isPointer = text.slice(type.start - 1, type.end).includes('*')
  return plain === null || isPointer ? given : { ...given, plain }
}

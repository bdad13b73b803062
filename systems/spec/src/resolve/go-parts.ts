import type { FieldDecl } from '../parse/ir.ts'
import { each, textOf, union } from './values.ts'
import type { ObjectValue, Scope, SymbolValue, Value } from './values.ts'

/** What code of Go put into structs that were declared without a value (`var cfg Config`), which are known by their types alone. */
const kept = new WeakMap<SymbolValue, ObjectValue>()

/** The fields of a struct of Go that the repository declares, by its name or where it is used, and where its types are looked for; null of anything else. */
export function structOf(
  value: SymbolValue | ObjectValue,
): { fields: readonly FieldDecl[]; scope: Scope } | null {
  const { ref } = value
  if (ref)
    return ref.module.language === 'go' && ref.cls.kind === 'struct'
      ? { fields: ref.cls.fields, scope: ref.scope }
      : null
  const { type, scope } = (value.t === 'symbol' && value.typed) || {}
  return type?.fields && scope?.module.language === 'go' ? { fields: type.fields, scope } : null
}

/** What is known to be in a struct. */
export function partsOf(value: SymbolValue | ObjectValue): ObjectValue {
  if (value.t === 'object') return value
  const own = kept.get(value) ?? {
    t: 'object',
    props: new Map(),
    ref: null,
    args: [],
    isOpen: true,
    site: null,
  }
  kept.set(value, own)
  return own
}

/** A part of a struct that was declared without a value, where code put something there. */
export const keptPart = (value: SymbolValue, name: string): Value | null =>
  kept.get(value)?.props.get(name) ?? null

const begun = new WeakMap<SymbolValue, Map<string, Value>>()

/** Keeps what code of Go made and put into a struct that was declared without a value (`globals.harbour = newHarbour(routes)`), while the program begins: true where it made it. */
export function beginsWith(value: SymbolValue, name: string, part: Value): boolean {
  const made = each(part).filter((one) => one.t === 'object' && one.ref !== null)
  if (made.length === 0) return false
  const own = begun.get(value) ?? new Map<string, Value>()
  begun.set(value, own.set(name, union(made)))
  return true
}

/** A struct in such a struct is the same one each time, so that what its methods put there is found. */
export function keepsPart(value: SymbolValue, name: string, part: Value): void {
  if (part.t !== 'symbol' || !structOf(value) || !structOf(part) || begun.get(value)?.has(name)) return
  const own = begun.get(value) ?? new Map<string, Value>()
  begun.set(value, own.set(name, part))
}

/** What such a struct has under a name as the program begins. When requests come it may have another one, or none. */
export const begunPart = (value: SymbolValue, name: string): Value | null =>
  begun.get(value)?.get(name) ?? null

/** Whether a value is a text that is known, or may be: what settings are. */
export const isSetting = (value: Value): boolean => each(value).some((one) => textOf(one) !== null)

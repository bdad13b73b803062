import type { FieldDecl } from '../parse/ir.ts'
import { each, textOf } from './values.ts'
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

/** Whether a value is a text that is known, or may be: what settings are. */
export const isSetting = (value: Value): boolean => each(value).some((one) => textOf(one) !== null)

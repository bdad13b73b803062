import type { SymbolValue, Value } from './values.ts'

/** What a program holds by a name for as long as it runs and that was made by longer code than this is called by that name. */
const maxText = 24
const known = new WeakMap<SymbolValue, Map<string, SymbolValue>>()

/** Go: what code outside gave a struct when the program began (`Store{db}` of `gorm.Open(…)`) is told by the field that holds it, as people read it there. */
export function heldByName(of: Value, name: string, value: Value): Value {
  const isHeld =
    of.t === 'object' &&
    of.ref?.cls.kind === 'struct' &&
    value.t === 'symbol' &&
    value.ref === null &&
    value.text.length > maxText &&
    /^(?:[\w.-]+\/)*[\w-]+\.[A-Z]\w*\(\)/.test(value.path) &&
    value.text.includes('(')
  if (!isHeld) return value
  const names = known.get(value) ?? new Map<string, SymbolValue>()
  known.set(value, names)
  const named = names.get(name) ?? { ...value, text: name }
  names.set(name, named)
  return named
}

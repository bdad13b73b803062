import type { Machine } from './machine.ts'
import { printValue } from './values.ts'
import type { Value } from './values.ts'

/** Java: a field may have the name of a method (JLS, 8.2): where no call asks for it, it is the field. Null where there is no such pair. */
export function fieldBeside(run: Machine, of: Value, name: string, found: Value | null): Value | null {
  if (found?.t !== 'func' || (of.t !== 'object' && of.t !== 'symbol') || !of.ref) return null
  if (of.ref.module.language !== 'java') return null
  const field = run.lookup.field(of.ref, name)
  if (!field) return null
  const held = of.t === 'object' ? of.props.get(name) : undefined
  return held ?? run.lookup.instanceOf(field.type, field.scope, `${printValue(of)}.${name}`)
}

import type { Field, Shape } from '../../facts/shape.ts'
import type { ArgValue, Value } from '../../resolve/values.ts'
import { textOf } from '../../resolve/values.ts'
import type { Shapes } from '../shapes.ts'

/**
 * What a schema or serializer takes of its class where it is made to take a part of it (marshmallow, "Partial Loading", "Filtering Output"; REST framework, "Partial updates"):
 * some of its fields, or all without being asked for them. Where which ones is not known, they are those of its class, and none has to be there.
 */
export function loadedPart(shape: Shape, args: readonly ArgValue[], { models }: Shapes): Shape {
  const given = (name: string) => args.find((arg) => arg.name === name)?.value
  const [partial, only, left] = [given('partial'), given('only'), given('exclude')]
  if (shape.type !== 'model' || (!partial && !only && !left)) return shape
  const own = models.get(shape.name)?.fields
  // One that is being made is not known yet.
  if (!own) return shape
  const isOptional = maybeLeftOut(partial)
  const fields = own.flatMap((field): Field[] => {
    const isIn = (names: Value | undefined, otherwise: boolean) => {
      const known = namesOf(names)
      return known === null ? otherwise : known.includes(field.name)
    }
    if (only && !isIn(only, true)) return []
    if (left && isIn(left, false)) return []
    const isUnsure = [only, left].some((one) => one !== undefined && namesOf(one) === null)
    return [isUnsure || isOptional(field.name) ? { ...field, isRequired: false } : field]
  })
  return { type: 'object', fields }
}

// `partial=True`, or the names of the fields that may be left out.
function maybeLeftOut(partial: Value | undefined): (name: string) => boolean {
  if (!partial || (partial.t === 'const' && partial.v !== true)) return () => false
  const names = namesOf(partial)
  return (name) => names === null || names.includes(name)
}

// Fields by their names; of a field within one (`"pier.name"`) the outer one. Null where they are not all known.
function namesOf(value: Value | undefined): string[] | null {
  if (value?.t !== 'list' || value.isOpen) return null
  const names = value.items.flatMap((item) => textOf(item)?.split('.')[0] ?? [])
  return names.length === value.items.length ? names : null
}

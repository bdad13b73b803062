import type { Shape } from '../facts/shape.ts'
import type { TypeRef } from '../parse/ir.ts'
import { parametersOf } from '../resolve/type-arguments.ts'
import type { ClassRef } from '../resolve/values.ts'

/** What stands for the parameters of a class, by their names. */
export type Bound = ReadonlyMap<string, Shape>
export const unbound: Bound = new Map()

/** Names of the parameters that the types of a class's own fields, and of what it extends, are made of: `T` of `Page<T>`. */
export function typeParameters(ref: ClassRef): string[] {
  const { cls, module } = ref
  const written =
    module.language === 'python'
      ? (cls.bases.find(({ name }) => /(?:^|\.)Generic$/.test(name))?.args.map(({ name }) => name) ?? [])
      : parametersOf(ref)
  const types = [...cls.fields.flatMap(({ type }) => type ?? []), ...cls.bases.flatMap(({ args }) => args)]
  return types.some((type) => written.some((name) => mentions(type, name))) ? written : []
}

const mentions = (type: TypeRef, name: string): boolean =>
  type.name === name || type.args.some((arg) => mentions(arg, name))

/** What the parameters of a class stand for, where a type says it or what a field holds shows it; `unbound` where that is not known of any. */
export function boundTo(
  ref: ClassRef,
  args: readonly Shape[],
  heldIn: (field: string) => Shape | null = () => null,
): Bound {
  const names = typeParameters(ref)
  const found = names.flatMap((name, at): [string, Shape][] => {
    const shape =
      args[at] ??
      ref.cls.fields.map(({ name: field, type }) => partOf(name, type, () => heldIn(field))).find(Boolean)
    return shape && nameOf(shape) !== null ? [[name, shape]] : []
  })
  return found.length === names.length ? new Map(found) : unbound
}

function partOf(name: string, type: TypeRef | null, held: () => Shape | null): Shape | null {
  if (type?.name === name) return held()
  if (!type?.args.some((arg) => arg.name === name)) return null
  const shape = held()
  return shape?.type === 'array' ? shape.items : shape?.type === 'map' ? shape.values : null
}

/** The name of a class of which the parameters stand for these; null where it would have none, or a very long one. */
export function boundName(name: string, bound: Bound): string | null {
  if (bound.size === 0) return name
  const full = `${name}Of${[...bound.values()].map(nameOf).join('And')}`
  return full.length > longestName ? null : full
}

const longestName = 80

function nameOf(shape: Shape): string | null {
  switch (shape.type) {
    case 'model':
      return shape.name
    case 'array':
    case 'map': {
      const inner = nameOf(shape.type === 'array' ? shape.items : shape.values)
      return inner && (shape.type === 'array' ? 'ListOf' : 'MapOf') + inner
    }
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
      return shape.type.charAt(0).toUpperCase() + shape.type.slice(1)
    default:
      return null
  }
}

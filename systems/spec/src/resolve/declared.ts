import type { Constraint, Shape } from '../facts/shape.ts'
import { writtenAt } from './values.ts'
import type { ClassRef, Site, Value } from './values.ts'

/** Where what is said of an input stands: by a bound, where its value is written; by the list of a field's bounds, which is kept wherever the field is copied, where that is declared. */
const places = new WeakMap<object, readonly Site[]>()

/** Notes where a bound, or by the list of its bounds a field, is written. */
export function noteWritten<Said extends Constraint | readonly Constraint[]>(
  said: Said,
  sites: readonly Site[],
): Said {
  if (sites.length > 0) places.set(said, [...(places.get(said) ?? []), ...sites])
  return said
}

/** Where bounds and the fields of a shape are written, as far as that was noted; what a model has stands with that. */
export function writtenOf(shape: Shape, constraints: readonly Constraint[], depth = 0): Site[] {
  const own = [constraints, ...constraints].flatMap((one) => places.get(one) ?? [])
  if (depth > 4) return own
  if (shape.type === 'array') own.push(...writtenOf(shape.items, shape.ofEach ?? [], depth + 1))
  if (shape.type === 'map') own.push(...writtenOf(shape.values, [], depth + 1))
  if (shape.type === 'union') own.push(...shape.of.flatMap((one) => writtenOf(one, [], depth + 1)))
  if (shape.type === 'object')
    own.push(...shape.fields.flatMap((field) => writtenOf(field.shape, field.constraints, depth + 1)))
  return own
}

/** Where a bound's value is written: its constants, or the enumeration that it is. */
export const placesOfBound = (value: Value): Site[] =>
  value.t === 'class' ? [constantsOf(value.ref)] : writtenAt([value])

/** An enumeration's head and constants, without what else it has. */
function constantsOf({ cls, module }: ClassRef): Site {
  const behind = [...cls.members, ...cls.fields]
    .map(({ start }) => start)
    .filter((start) => start > cls.headEnd)
  const isPython = module.language === 'python'
  return {
    module,
    start: cls.start,
    end: isPython ? cls.end : Math.min(cls.end, ...behind),
    symbol: cls.name,
  }
}

/** A class's annotations and name, and what it extends. */
export const headOfClass = ({ cls, module }: ClassRef): Site => ({
  module,
  start: cls.start,
  end: cls.headEnd,
  symbol: cls.name,
})

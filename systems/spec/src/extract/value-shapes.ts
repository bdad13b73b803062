import type { Field, Shape } from '../facts/shape.ts'
import { each } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'
import type { Shapes } from './shapes.ts'

/** The shape of a value that is answered with or read into. */
export function shapeInto(shapes: Shapes, value: Value): Shape {
  const [one] = each(value)
  if (!one) return { type: 'unknown' }
  if (one.t === 'object') {
    if (one.ref) return shapes.ofClass(one.ref)
    const fields: Field[] = [...one.props].map(([name, inner]) => ({
      name,
      shape: shapeInto(shapes, inner),
      isRequired: true,
      constraints: [],
    }))
    return { type: 'object', fields }
  }
  if (one.t === 'symbol')
    return one.typed
      ? shapes.ofType(one.typed.type, one.typed.scope)
      : one.ref
        ? shapes.ofClass(one.ref)
        : { type: 'unknown' }
  if (one.t === 'class') return shapes.ofClass(one.ref)
  if (one.t === 'list')
    return { type: 'array', items: one.items[0] ? shapeInto(shapes, one.items[0]) : { type: 'unknown' } }
  if (one.t === 'text') return { type: 'string' }
  if (one.t === 'const')
    return one.v === null
      ? { type: 'null' }
      : { type: typeof one.v === 'number' ? 'number' : typeof one.v === 'boolean' ? 'boolean' : 'string' }
  return { type: 'unknown' }
}

/** An object of the fields that code reads, by their paths. */
export function nested(paths: readonly string[][]): Shape {
  const heads = new Map<string, string[][]>()
  for (const [head, ...rest] of paths)
    if (head !== undefined) heads.set(head, [...(heads.get(head) ?? []), ...(rest.length > 0 ? [rest] : [])])
  return {
    type: 'object',
    fields: [...heads]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, rest]) => ({
        name,
        shape: rest.length > 0 ? nested(rest) : { type: 'unknown' },
        isRequired: false,
        constraints: [],
      })),
  }
}

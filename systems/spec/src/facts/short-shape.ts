import { z } from 'zod'
import { constraintSchema, listOf, shapeTypes } from './shape.ts'
import type { Constraint, Field, Shape } from './shape.ts'

/**
 * A shape in few characters, for files that people commit: a text is a simple type, everything else an object of one key. A field of any value that may be left
 * out is its name, one that must be there `[name, true]`, any other `[name, shape, is required, constraints]` without what is missing at the end.
 */
export type ShortShape =
  | (typeof shapeTypes)[number]
  | { array: ShortShape; each?: Constraint[] | undefined }
  | { map: ShortShape }
  | { model: string }
  | { union: ShortShape[] }
  | { object: ShortField[] }
export type ShortField =
  | string
  | [name: string, isRequired: true]
  | [name: string, shape: ShortShape, isRequired?: boolean, constraints?: Constraint[]]

export const shortShapeSchema: z.ZodType<ShortShape> = z.lazy(() =>
  z.union([
    z.enum(shapeTypes),
    z.object({ array: shortShapeSchema, each: z.array(constraintSchema).optional() }),
    z.object({ map: shortShapeSchema }),
    z.object({ model: z.string() }),
    z.object({ union: z.array(shortShapeSchema) }),
    z.object({ object: z.array(shortFieldSchema) }),
  ]),
)
export const shortFieldSchema: z.ZodType<ShortField> = z.lazy(() =>
  z.union([
    z.string(),
    z.tuple([z.string(), z.literal(true)]),
    z.tuple([z.string(), shortShapeSchema]),
    z.tuple([z.string(), shortShapeSchema, z.boolean()]),
    z.tuple([z.string(), shortShapeSchema, z.boolean(), z.array(constraintSchema)]),
  ]),
)

export function shortenShape(shape: Shape): ShortShape {
  switch (shape.type) {
    case 'array':
      return { array: shortenShape(shape.items), ...(shape.ofEach ? { each: shape.ofEach } : {}) }
    case 'map':
      return { map: shortenShape(shape.values) }
    case 'model':
      return { model: shape.name }
    case 'union':
      return { union: shape.of.map(shortenShape) }
    case 'object':
      return { object: shape.fields.map(shortenField) }
    default:
      return shape.type
  }
}

export function shortenField({ name, shape, isRequired, constraints }: Field): ShortField {
  const short = shortenShape(shape)
  if (constraints.length > 0) return [name, short, isRequired, constraints]
  if (isRequired) return short === 'unknown' ? [name, true] : [name, short, true]
  return short === 'unknown' ? name : [name, short]
}

export function lengthenShape(short: ShortShape): Shape {
  if (typeof short === 'string') return { type: short }
  if ('array' in short) return listOf(lengthenShape(short.array), short.each)
  if ('map' in short) return { type: 'map', values: lengthenShape(short.map) }
  if ('model' in short) return { type: 'model', name: short.model }
  if ('union' in short) return { type: 'union', of: short.union.map(lengthenShape) }
  return { type: 'object', fields: short.object.map(lengthenField) }
}

export function lengthenField(short: ShortField): Field {
  if (typeof short === 'string')
    return { name: short, shape: { type: 'unknown' }, isRequired: false, constraints: [] }
  const [name, shape, isRequired = false, constraints = []] = short
  if (shape === true) return { name, shape: { type: 'unknown' }, isRequired: true, constraints: [] }
  return { name, shape: lengthenShape(shape), isRequired, constraints }
}

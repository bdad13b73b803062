import { z } from 'zod'

/** Keywords of JSON Schema 2020-12 that bound a value. */
export const constraintKeywords = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'enum',
  'const',
  'minItems',
  'maxItems',
  'uniqueItems',
  /** A value that may not be one of these, e.g. an empty text. */
  'not',
] as const

/** A bound on a value, by its keyword and that keyword's value. */
export const constraintSchema = z.object({
  keyword: z.enum(constraintKeywords),
  value: z.union([
    z.number(),
    z.string(),
    z.boolean(),
    z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
  ]),
})
export type Constraint = z.output<typeof constraintSchema>

export const shapeTypes = ['string', 'number', 'integer', 'boolean', 'null', 'file', 'unknown'] as const

export type Shape =
  | { type: (typeof shapeTypes)[number] }
  /** `ofEach` bounds each thing in it. */
  | { type: 'array'; items: Shape; ofEach?: Constraint[] | undefined }
  | { type: 'object'; fields: Field[] }
  /** A map from any key. */
  | { type: 'map'; values: Shape }
  /** The model of this name of the same service (see `ModelFact`). */
  | { type: 'model'; name: string }
  | { type: 'union'; of: Shape[] }

/** A field of an object. `isRequired`: a request without it is refused, or an answer always has it. */
export interface Field {
  name: string
  shape: Shape
  isRequired: boolean
  constraints: Constraint[]
}

export const fieldSchema: z.ZodType<Field> = z.lazy(() =>
  z.object({
    name: z.string(),
    shape: shapeSchema,
    isRequired: z.boolean(),
    constraints: z.array(constraintSchema),
  }),
)

export const shapeSchema: z.ZodType<Shape> = z.lazy(() =>
  z.union([
    z.object({ type: z.enum(shapeTypes) }),
    z.object({
      type: z.literal('array'),
      items: shapeSchema,
      ofEach: z.array(constraintSchema).optional(),
    }),
    z.object({ type: z.literal('object'), fields: z.array(fieldSchema) }),
    z.object({ type: z.literal('map'), values: shapeSchema }),
    z.object({ type: z.literal('model'), name: z.string() }),
    z.object({ type: z.literal('union'), of: z.array(shapeSchema) }),
  ]),
)

/** A list of what is so, each of it within these bounds. */
export const listOf = (items: Shape, ofEach: readonly Constraint[] = []): Shape => ({
  type: 'array',
  items,
  ...(ofEach.length > 0 ? { ofEach: [...ofEach] } : {}),
})

/** What a value is that is no null; itself where it can be none. */
export function withoutNull(shape: Shape): Shape {
  if (shape.type !== 'union') return shape
  const of = shape.of.filter(({ type }) => type !== 'null')
  const [only] = of
  return of.length === shape.of.length || !only ? shape : of.length === 1 ? only : { type: 'union', of }
}

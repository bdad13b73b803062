import { z } from 'zod'
import type { Change } from '../files/change.ts'
import type { Place } from '../files/place.ts'

const segment = z.union([
  z.string().max(200),
  z.strictObject({ id: z.string().max(200) }),
  z.strictObject({ value: z.string().max(200) }),
])
const place: z.ZodType<Place> = z.array(segment).max(64)

/** One difference between definitions by meaning: a field of a step by its id, an edge, the order of cases. */
export const changeSchema: z.ZodType<Change> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('value'),
    place,
    from: z.unknown().optional(),
    to: z.unknown().optional(),
    after: z.string().nullable().optional(),
  }),
  z.strictObject({
    kind: z.literal('order'),
    place,
    from: z.array(z.string()).max(1_000),
    to: z.array(z.string()).max(1_000),
  }),
])

export const problemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  path: z.string(),
  message: z.string(),
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
  from: z.number(),
  to: z.number(),
})

export const diffLineSchema = z.object({
  mark: z.enum(['+', '−', '~']),
  step: z.string().nullable(),
  text: z.string(),
})

export const draftSchema = z.object({
  name: z.string(),
  text: z.string(),
  revision: z.number(),
  changedMs: z.number(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  problems: z.array(problemSchema),
})
export type DraftAnswer = z.output<typeof draftSchema>

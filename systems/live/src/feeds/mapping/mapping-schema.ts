import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import { unitNames } from './units.ts'

const readings = ['text', 'number', 'boolean', 'clock', 'iso-time', 'epoch-ms', 'epoch-s'] as const

const sourceSchema = z.union([
  z
    .strictObject({
      from: z.string().min(1).describe('A column, or a JSON pointer such as /ball/speed.'),
      as: z
        .enum(readings)
        .default('text')
        .describe('How it is written. `clock`: 11:38 or PT11M38S, to seconds.'),
      unit: z.enum(unitNames).optional().describe('Conversion of a number, e.g. mph>mps.'),
      values: z
        .record(z.string(), z.json())
        .optional()
        .describe('Written value to ours; others are rejected unless there is a default.'),
      default: z.json().optional().describe('Taken where the feed has nothing.'),
    })
    .describe('Read from the row.'),
  z.strictObject({ constant: z.json() }).describe('The same in every row.'),
])

export const mappingSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and dashes'),
  format: z.enum(['csv', 'jsonl']),
  sport: z.enum(['nfl', 'nba', 'race']),
  match: z.strictObject({
    id: sourceSchema,
    title: sourceSchema.optional(),
    home: sourceSchema.optional(),
    away: sourceSchema.optional(),
  }),
  clock: z.strictObject({
    eventTime: sourceSchema.optional(),
    period: sourceSchema.optional(),
    secondsLeft: sourceSchema.optional(),
  }),
  events: z
    .array(
      z.strictObject({
        kind: z.enum([
          'nfl-play',
          'nba-action',
          'race-telemetry',
          'race-lap',
          'race-pit',
          'race-flag',
          'race-note',
          'match-end',
        ]),
        when: z.record(z.string(), z.array(z.string()).min(1)).default({}),
        fields: z.record(z.string(), sourceSchema),
      }),
    )
    .min(1),
})

export type FeedMapping = z.infer<typeof mappingSchema>
export type Source = z.infer<typeof sourceSchema>

/** Reads a mapping file. Throws an `InvalidInputError` (`mapping-invalid`) that names the field and what was expected. */
export function parseMapping(text: string): FeedMapping {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new InvalidInputError({
      code: 'mapping-invalid',
      message: `The mapping file is not valid JSON: ${why}`,
    })
  }
  const parsed = mappingSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `"${path.map(String).join('.') || 'the file'}": ${message}`)
  throw new InvalidInputError({
    code: 'mapping-invalid',
    message: `The mapping file is wrong. ${faults.join('; ')}.`,
  })
}

import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import { sportSchema } from '../../domain/schemas.ts'
import { mappableKinds } from './blank-events.ts'
import { readings } from './readings.ts'
import { unitNames } from './units.ts'
import { isZone } from './written-times.ts'

const path = z
  .string()
  .min(1)
  .max(200)
  .describe(
    'A column; `/a/0/b` a JSON pointer into the row; `../a` the object around it; `#/a` from the top of the document; `@row`, `@key`, `@rows`.',
  )
const written = z.string().max(200)

const testSchema = z.union([
  z.array(written).min(1).describe('One of these.'),
  z.strictObject({
    is: z.array(written).min(1).optional(),
    not: z.array(written).min(1).optional(),
    has: z.array(written).min(1).optional().describe('Holds one of these words, in any case.'),
    starts: z.array(written).min(1).optional().describe('Begins with one of these, in any case.'),
    blank: z.boolean().optional(),
    least: z.number().optional(),
    most: z.number().optional(),
    same: path.optional().describe('Says the same as this column.'),
  }),
])
const conditionSchema = z.record(z.string().min(1).max(200), testSchema)
const whenSchema = z
  .union([conditionSchema, z.array(conditionSchema).min(1)])
  .describe('All of the columns, or one of several such sets.')

const reading = {
  as: z.enum(readings).optional().describe('How it is written; text when left out.'),
  zone: z
    .string()
    .max(60)
    .refine(isZone, 'a zone such as Europe/Rome, +02:00 or UTC')
    .optional()
    .describe('Of times that name none: Europe/Rome, +02:00, UTC.'),
  unit: z.enum(unitNames).optional().describe('Conversion of a number, e.g. mph>mps.'),
  times: z.number().optional(),
  plus: z.number().optional().describe('Added after `times`.'),
  values: z
    .record(z.string(), z.json())
    .optional()
    .describe('Written value to ours; others are rejected unless there is a default.'),
  table: z.string().optional().describe('Looked up in this table of the mapping.'),
  field: z.string().optional().describe('Field of the table’s entry.'),
  default: z.json().optional().describe('Taken where the feed has nothing.'),
}

/** Where a value comes from. Data only: there is nothing in it that runs. */
export type Source =
  | { constant: z.core.util.JSONType }
  | FromSource
  | JoinSource
  | { cases: { when: When; use: Source }[]; default?: z.core.util.JSONType | undefined }
  | { sum: Source[] }
  | { total: Source; per?: string[] | undefined; step?: string | undefined }
  | { list: Record<string, Source>[] }
  | { each: string; when?: When | undefined; fields: Record<string, Source> }

export type Test = z.infer<typeof testSchema>
export type When = z.infer<typeof whenSchema>
type Reading = { [Key in keyof typeof reading]?: z.infer<(typeof reading)[Key]> }
type Split = { by: string; at: number }
export type FromSource = Reading & {
  from: string | string[]
  split?: Split | Split[] | undefined
  slice?: [number, number] | undefined
}
export type JoinSource = Reading & { join: Source[]; with?: string | undefined }

const splitSchema = z.strictObject({ by: z.string().min(1).max(20), at: z.int() })
const fieldName = z
  .string()
  .regex(/^[a-z]\w*(\.[a-z]\w*)*$/i, 'a field of an event, with dots for what lies deeper')

const sourceSchema: z.ZodType<Source> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ constant: z.json() }).describe('The same in every row.'),
      z
        .strictObject({
          from: z.union([path, z.array(path).min(1)]).describe('The first that is not blank.'),
          split: z
            .union([splitSchema, z.array(splitSchema).min(1).max(5)])
            .optional()
            .describe('A part of the text; -1 is the last. Several: of the part, a part again.'),
          slice: z.tuple([z.int(), z.int()]).optional().describe('Characters from, to.'),
          ...reading,
        })
        .describe('Read from the row.'),
      z.strictObject({ join: z.array(sourceSchema).min(1), with: z.string().max(20).optional(), ...reading }),
      z
        .strictObject({
          cases: z.array(z.strictObject({ when: whenSchema, use: sourceSchema })).min(1),
          default: z.json().optional(),
        })
        .describe('The first case that holds.'),
      z.strictObject({ sum: z.array(sourceSchema).min(1) }).describe('Blank when one of them is.'),
      z
        .strictObject({ total: sourceSchema, per: z.array(path).optional(), step: path.optional() })
        .describe(
          'Running total, one for each value of the columns in `per`; with `step`, a number that goes up by one, it is not known behind a gap.',
        ),
      z
        .strictObject({ list: z.array(z.record(z.string(), sourceSchema)).min(1) })
        .describe('One entry each; one with a blank in it is left out.'),
      z
        .strictObject({
          each: path,
          when: whenSchema.optional(),
          fields: z.record(z.string(), sourceSchema),
        })
        .describe('One entry for each element of an array in the row.'),
    ],
    {
      error:
        'expected a source: {"from": "column"}, {"constant": …}, {"cases": […]}, {"join": […]}, {"sum": […]}, {"total": …}, {"list": […]} or {"each": …}',
    },
  ),
)

const teamSchema = z.union([
  z.strictObject({
    name: sourceSchema,
    id: sourceSchema.optional(),
    abbreviation: sourceSchema.optional(),
    colour: sourceSchema.optional(),
  }),
  sourceSchema,
])
export type TeamSource = z.infer<typeof teamSchema>

const pattern = z
  .string()
  .regex(/^(\/[^/]*)*$/, 'a JSON pointer, in which * stands for every element')
  .describe('Where the rows of a JSON document are: /game/actions/*')

export const mappingSchema = z.strictObject({
  name: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and dashes'),
  title: z.string().max(120).optional(),
  format: z
    .enum(['auto', 'csv', 'tsv', 'json', 'jsonl'])
    .default('auto')
    .describe('Told by its first characters when left out; a CSV’s delimiter is found by itself.'),
  recognise: z
    .strictObject({
      columns: z.array(z.string()).optional(),
      holds: z.array(z.string()).optional().describe('Texts of the first 64 KiB.'),
    })
    .optional()
    .describe('By what a file is known without naming the mapping.'),
  columns: z.array(z.string()).optional().describe('Of a CSV that has no header.'),
  rows: z.union([pattern, z.array(pattern).min(1)]).optional(),
  rowId: sourceSchema
    .optional()
    .describe('What makes a row the same row when it is sent again; its text when left out.'),
  sport: sportSchema,
  tables: z
    .record(
      z.string(),
      z.strictObject({
        entries: z.record(z.string(), z.json()).optional(),
        rows: z
          .strictObject({
            when: whenSchema.optional(),
            key: sourceSchema,
            fields: z.record(z.string(), sourceSchema),
          })
          .optional()
          .describe('Learnt from rows of the feed.'),
      }),
    )
    .default({}),
  needs: z
    .array(path)
    .default([])
    .describe('Columns without which a row is none, and is left out with that reason.'),
  carry: z
    .array(z.union([path, z.strictObject({ from: path, blanks: z.array(written) })]))
    .default([])
    .describe('Columns in which a blank means the value above, within a match.'),
  match: z.strictObject({
    id: sourceSchema,
    title: sourceSchema.optional(),
    home: teamSchema.optional(),
    away: teamSchema.optional(),
    homeSpread: sourceSchema.optional(),
    start: sourceSchema.optional().describe('Base date: a time, from which derived times count.'),
    totalLaps: sourceSchema.optional(),
    trackName: sourceSchema.optional(),
    trackLengthMetres: sourceSchema.optional(),
    ends: z
      .enum(['clock', 'next', 'feed', 'rows'])
      .default('clock')
      .describe(
        'When its clock has run out; also where a file goes on with another match; with its last row; only by a row of kind match-end.',
      ),
    result: z
      .strictObject({ home: sourceSchema, away: sourceSchema })
      .optional()
      .describe('The final score, where rows state it.'),
  }),
  clock: z.strictObject({
    eventTime: sourceSchema.optional().describe('Wall clock.'),
    period: sourceSchema.optional(),
    secondsLeft: sourceSchema.optional().describe('Of the period, counting down.'),
    secondsPlayed: sourceSchema.optional().describe('Of the period, counting up.'),
    gameSecondsLeft: sourceSchema.optional().describe('Of the whole game, counting down.'),
    elapsedSeconds: sourceSchema.optional().describe('Since the start of the match.'),
    periodSeconds: sourceSchema.optional().describe('How long a period is, where not as in the league.'),
  }),
  order: z
    .enum(['feed', 'time'])
    .default('feed')
    .describe('`time`: the rows of a file are put in order of time.'),
  standing: z
    .strictObject({
      when: whenSchema.optional().describe('Rows that count: laps of practice are no race.'),
      number: sourceSchema.optional(),
      driver: sourceSchema.optional(),
    })
    .optional()
    .describe('Race: keeps the order of the cars from rows of one car and lap.'),
  events: z
    .array(
      z.strictObject({
        kind: z.enum(mappableKinds),
        when: whenSchema.default({}),
        fields: z.record(fieldName, sourceSchema).default({}),
        also: z.boolean().default(false).describe('Rules below may make a further event of the row.'),
      }),
    )
    .min(1),
})

export type FeedMapping = z.infer<typeof mappingSchema>
/** As it is written, without what is filled in. */
export type WrittenMapping = z.input<typeof mappingSchema>

export interface MappingFault {
  /** Where in the mapping: `events.0.fields.side`. */
  field: string
  message: string
}

/** What is wrong with a mapping, by field; empty when nothing is. */
export function mappingFaults(value: unknown): MappingFault[] {
  const issues = mappingSchema.safeParse(value).error?.issues ?? []
  return issues.map(({ path: at, message }) => ({ field: at.map(String).join('.'), message }))
}

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
  return readMapping(value)
}

/** A mapping from its JSON. Throws an `InvalidInputError` (`mapping-invalid`) that names the field and what was expected. */
export function readMapping(value: unknown): FeedMapping {
  const parsed = mappingSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = mappingFaults(value)
    .slice(0, 5)
    .map(({ field, message }) => `"${field || 'the file'}": ${message}`)
  throw new InvalidInputError({
    code: 'mapping-invalid',
    message: `The mapping file is wrong. ${faults.join('; ')}.`,
  })
}

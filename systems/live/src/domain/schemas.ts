import { z } from 'zod'
import type { Clocks } from './clocks.ts'
import type { Insight } from './insight.ts'
import type { LiveOutput } from './live-output.ts'
import type { Match } from './match.ts'
import type { Tag } from './tag.ts'

/** The domain's types as schemas, for what comes in and what is answered. The compiler holds each against its type. */
type SchemaOf<T> = z.ZodType<T, T>

const maybeNumber = z.number().nullable()
export const sportSchema = z.enum(['nfl', 'nba', 'race', 'soccer'])
export const sideSchema = z.enum(['home', 'away'])

/** Ids of matches as they stand in addresses. */
export const matchIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,100}$/, 'letters, digits, ".", "_" and "-", at most 100')

const gameClockSchema = z.object({ period: z.int().min(1), secondsLeft: z.number().min(-3600) })

export const clocksSchema: SchemaOf<Clocks> = z.object({
  eventTimeMs: z.number(),
  eventTimeFrom: z.enum(['wall', 'game', 'session']),
  game: gameClockSchema.nullable(),
  smpte: z.string().nullable(),
})

const teamSchema = z.object({
  id: z.string(),
  abbreviation: z.string(),
  name: z.string(),
  colour: z.string().nullable(),
})

export const matchSchema: SchemaOf<Match> = z.object({
  id: z.string().regex(/^[\w.-]+$/, 'letters, digits, ".", "_" and "-"'),
  sport: sportSchema,
  title: z.string(),
  home: teamSchema.nullable(),
  away: teamSchema.nullable(),
  homeSpread: maybeNumber,
  competition: z.string().optional(),
  homeEdge: maybeNumber.optional(),
  race: z
    .object({
      totalLaps: maybeNumber,
      trackLengthMetres: maybeNumber,
      trackName: z.string(),
      tankLitres: maybeNumber,
      cars: z
        .array(
          z.object({
            carId: z.string(),
            model: z.string(),
            build: z.string().nullable(),
            tankLitres: maybeNumber,
            cylinders: maybeNumber,
            redlineRpm: maybeNumber,
            lapSeconds: maybeNumber,
          }),
        )
        .optional(),
    })
    .nullable(),
  regulation: z
    .object({ periods: z.int().min(1).max(20), periodSeconds: z.number().min(1) })
    .nullable()
    .optional(),
})

const estimateSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('probability'), probability: z.number() }),
  z.object({
    type: z.literal('interval'),
    value: z.number(),
    low: z.number(),
    high: z.number(),
    level: z.number(),
    unit: z.string(),
  }),
  z.object({
    type: z.literal('classes'),
    classes: z.array(z.object({ name: z.string(), probability: z.number() })),
  }),
  z.object({ type: z.literal('score'), value: z.number(), low: z.number(), high: z.number() }),
])

export const insightSchema: SchemaOf<Insight> = z.object({
  id: z.string(),
  revision: z.number(),
  matchId: z.string(),
  sport: sportSchema,
  rule: z.string(),
  kind: z.string(),
  subject: z.string(),
  occasion: z.string(),
  clocks: clocksSchema,
  headline: z.string(),
  estimate: estimateSchema,
  evidence: z.array(
    z.object({ label: z.string(), value: z.union([z.number(), z.string()]), unit: z.string() }),
  ),
  leadTimeMs: maybeNumber,
  importance: z.number(),
  detail: z.record(z.string(), z.unknown()),
  isScored: z.boolean(),
})

export const tagSchema: SchemaOf<Tag> = z.object({
  id: z.string(),
  matchId: z.string(),
  sport: sportSchema,
  type: z.string(),
  occasion: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  game: gameClockSchema.nullable(),
  actors: z.array(
    z.object({ id: z.string(), name: z.string(), role: z.string(), side: sideSchema.nullable() }),
  ),
  importance: z.number(),
  confidence: z.number(),
  source: z.enum(['feed', 'detected', 'model', 'human']),
  text: z.string(),
  homeScore: maybeNumber,
  awayScore: maybeNumber,
  sourceRef: z.string(),
})

/** What came of an insight that was scored. */
export const insightResultSchema = z.object({
  happened: z.union([z.number(), z.string()]),
  isCorrect: z
    .boolean()
    .describe('What was said was right: a probability was on the right side of even chances.'),
  confidence: z.number(),
  atMs: z.number(),
})

/** What the processor says of a match, by its type and without it: the events of the feed of insights. */
export const outputSchemas = {
  match: z.object({ match: matchSchema, atMs: z.number() }),
  'match-end': z.object({
    homeScore: maybeNumber,
    awayScore: maybeNumber,
    order: z.array(z.string()).nullable(),
    atMs: z.number(),
  }),
  insight: z.object({ insight: insightSchema }),
  tag: z.object({ tag: tagSchema }),
  scored: insightResultSchema.extend({
    insightId: z.string(),
    kind: z.string(),
    cameTrue: z.boolean().optional().describe('What the confidence is of came true: calibration.'),
  }),
} satisfies {
  [Type in LiveOutput['type']]: SchemaOf<Omit<Extract<LiveOutput, { type: Type }>, 'type'>>
}

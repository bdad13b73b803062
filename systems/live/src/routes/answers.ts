import { z } from 'zod'
import { insightResultSchema, insightSchema, matchSchema, outputSchemas } from '../domain/schemas.ts'

/** A match as lists show it. */
export const matchListingSchema = z.object({
  match: matchSchema,
  /** `live` or `ended`. */
  status: z.string(),
  homeScore: z.number().nullable(),
  awayScore: z.number().nullable(),
  firstEventMs: z.number(),
  lastEventMs: z.number(),
  isSample: z.boolean(),
  /** Event time that can be scrubbed; null when the server keeps no picture. */
  span: z.object({ fromMs: z.number(), toMs: z.number() }).nullable(),
})
export type MatchListing = z.infer<typeof matchListingSchema>

export const insightEntrySchema = z.object({
  insight: insightSchema,
  /** What came of it; null while it is open, and for kinds that are not scored. */
  outcome: insightResultSchema.nullable(),
})
export type InsightEntry = z.infer<typeof insightEntrySchema>
export type InsightResult = z.infer<typeof insightResultSchema>

/** How often insights of one kind came true. */
export const kindCalibrationSchema = z.object({
  kind: z.string(),
  decisions: z.number(),
  scored: z.number(),
  brierScore: z.number().nullable(),
  expectedCalibrationError: z.number().nullable(),
  bins: z.array(
    z.object({
      low: z.number(),
      high: z.number(),
      n: z.number(),
      meanConfidence: z.number(),
      rate: z.number(),
    }),
  ),
})
export type KindCalibration = z.infer<typeof kindCalibrationSchema>

export const trainingReportSchema = z.object({
  name: z.string(),
  title: z.string(),
  lead: z.string(),
  metrics: z.array(
    z.object({ metric: z.string(), value: z.string(), interval: z.string(), goal: z.string() }),
  ),
  /** The whole report in Markdown. */
  text: z.string(),
  /** Address of its picture; null where there is none. */
  picture: z.string().nullable(),
  /** From which probability on its words go on air as alerts; null where none does. */
  floor: z.number().nullable(),
})
export type TrainingReport = z.infer<typeof trainingReportSchema>

const cursor = z.number().describe('Send it as `after` to go on from here, at any server.')

/** What `/live/ws` tells: every output of a match with its cursor. */
export const insightMessageSchema = z.discriminatedUnion('type', [
  outputSchemas.match.extend({ type: z.literal('match'), cursor }),
  outputSchemas['match-end'].extend({ type: z.literal('match-end'), cursor }),
  outputSchemas.insight.extend({ type: z.literal('insight'), cursor }),
  outputSchemas.tag.extend({ type: z.literal('tag'), cursor }),
  outputSchemas.scored.extend({ type: z.literal('scored'), cursor }),
])
export type InsightMessage = z.infer<typeof insightMessageSchema>

const rejectSchema = z.object({ where: z.string(), reason: z.string(), raw: z.string() })

/** What was taken of a feed. */
export const feedCountsSchema = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
})

/** What `POST /feed` answers. */
export const feedAnswerSchema = feedCountsSchema.extend({
  format: z.string(),
  matches: z.array(z.string()),
  rejects: z.array(rejectSchema),
})

const feedHealthRowSchema = z.object({
  /** Empty for parts of feeds that name no match. */
  match: z.string(),
  title: z.string(),
  status: z.string(),
  lastEventMs: z.number().nullable(),
  /** Null when nothing came since this server started. */
  lastArrivalMs: z.number().nullable(),
  /** Event time less arrival; null for a recording, whose clock is another day's. */
  skewMs: z.number().nullable(),
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
  late: z.number(),
  dead: z.number(),
  /** What is wrong now, in words; null when nothing is. */
  alarm: z.string().nullable(),
})
export type FeedHealthRow = z.infer<typeof feedHealthRowSchema>

/** What `GET /feeds` answers: feeds with an alarm first, and the newest dead letters. */
export const feedHealthSchema = z.object({
  feeds: z.array(feedHealthRowSchema),
  letters: z.array(
    z.object({
      atMs: z.number(),
      match: z.string(),
      kind: z.enum(['rejected', 'late', 'dead']),
      where: z.string(),
      reason: z.string(),
    }),
  ),
})
export type FeedHealth = z.infer<typeof feedHealthSchema>

/** What `/live/push` answers after each part that is safe. */
export const pushMessageSchema = feedCountsSchema.extend({ lastReject: rejectSchema.nullable() })
export type PushMessage = z.infer<typeof pushMessageSchema>

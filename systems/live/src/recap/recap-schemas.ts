import { z } from 'zod'
import type { Recap } from './select-recap.ts'

const momentSchema = z.object({
  startMs: z.number(),
  endMs: z.number(),
  type: z.string(),
  worth: z.number(),
  importance: z.number(),
  period: z.number().nullable(),
  actorIds: z.array(z.string()),
  text: z.string(),
  homeScore: z.number().nullable(),
  awayScore: z.number().nullable(),
  reasons: z.array(
    z.enum([
      'opening',
      'clutch-lead-change',
      'lead-change',
      'swing',
      'score',
      'key-player',
      'notable',
      'now',
    ]),
  ),
  isNeeded: z.boolean(),
})
const shownMomentSchema = momentSchema.extend({ fromMs: z.number(), toMs: z.number() })

/** A recap as it is told: when, what and why. */
export const recapSchema = z.object({
  cuts: z.array(z.object({ startMs: z.number(), endMs: z.number() })),
  moments: z.array(shownMomentSchema),
  durationMs: z.number(),
  leftOut: z.array(momentSchema),
}) satisfies z.ZodType<Recap, Recap>

/** The recap of a match, and the plan that playlists of the same cuts take. */
export const toldRecapSchema = recapSchema.extend({
  hasVideo: z.boolean(),
  plan: z.string().nullable(),
})

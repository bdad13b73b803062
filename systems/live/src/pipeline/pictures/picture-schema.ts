import { z } from 'zod'
import { shotOutcomes } from '../../domain/feed-event.ts'
import { sideSchema, sportSchema } from '../../domain/schemas.ts'
import type { Picture } from './picture.ts'

const maybeNumber = z.number().nullable()
const ball = z.object({ x: z.number(), y: z.number() }).nullable()

const mark = z.object({
  id: z.string(),
  side: sideSchema,
  jersey: maybeNumber,
  x: z.number(),
  y: z.number(),
  position: z.string(),
})

/** A picture as it goes to pages. */
export const pictureSchema: z.ZodType<Picture, Picture> = z.object({
  sport: sportSchema,
  atMs: z.number(),
  game: z.object({ period: z.number(), secondsLeft: z.number() }).nullable(),
  homeScore: maybeNumber,
  awayScore: maybeNumber,
  caption: z.string(),
  nfl: z
    .object({
      situation: z
        .object({
          playId: z.string(),
          possession: sideSchema,
          down: maybeNumber,
          yardsToGo: maybeNumber,
          yardsToGoal: maybeNumber,
          homeScore: z.number(),
          awayScore: z.number(),
          homeTimeouts: maybeNumber,
          awayTimeouts: maybeNumber,
        })
        .nullable(),
      direction: z.enum(['left', 'right']).nullable(),
      lineOfScrimmageX: maybeNumber,
      players: z.array(mark),
      ball,
    })
    .nullable(),
  nba: z
    .object({
      possession: sideSchema.nullable(),
      players: z.array(mark),
      ball,
      shots: z.array(
        z.object({
          x: z.number(),
          y: z.number(),
          side: sideSchema.nullable(),
          isMade: z.boolean().nullable(),
          points: z.number(),
          atMs: z.number(),
        }),
      ),
    })
    .nullable(),
  race: z
    .object({
      lap: z.number(),
      lapsToGo: maybeNumber,
      flag: z.enum(['green', 'caution', 'red', 'white', 'checkered', 'warm-up', 'none']),
      cars: z.array(
        z.object({
          carId: z.string(),
          number: z.string(),
          driver: z.string(),
          position: z.number(),
          lapFraction: maybeNumber,
          speedMps: maybeNumber,
          lapsCompleted: z.number(),
          pitStops: z.number(),
          onPitRoad: z.boolean(),
          isRunning: z.boolean(),
        }),
      ),
    })
    .nullable(),
  soccer: z
    .object({
      possession: sideSchema.nullable(),
      ball,
      trail: z.array(z.object({ x: z.number(), y: z.number(), side: sideSchema })),
      shots: z.array(
        z.object({
          x: z.number(),
          y: z.number(),
          side: sideSchema,
          outcome: z.enum(shotOutcomes),
          atMs: z.number(),
        }),
      ),
      sentOff: z.object({ home: z.number(), away: z.number() }),
    })
    .nullable(),
})

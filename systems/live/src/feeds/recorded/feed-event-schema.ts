import { z } from 'zod'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { shotAssists, shotOutcomes, shotSituations, soccerActionTypes } from '../../domain/feed-event.ts'
import { clocksSchema, matchSchema, sideSchema } from '../../domain/schemas.ts'

const side = sideSchema
const number = z.number()
const maybeNumber = z.number().nullable()
const text = z.string()
const maybeText = z.string().nullable()
const flag = z.enum(['green', 'caution', 'red', 'white', 'checkered', 'warm-up', 'none'])

const common = {
  matchId: z.string().regex(/^[\w.-]+$/, 'letters, digits, ".", "_" and "-"'),
  clocks: clocksSchema,
  sourceRef: text,
}

const situation = z.object({
  playId: text,
  possession: side,
  down: maybeNumber,
  yardsToGo: maybeNumber,
  yardsToGoal: maybeNumber,
  homeScore: number,
  awayScore: number,
  homeTimeouts: maybeNumber,
  awayTimeouts: maybeNumber,
})

const person = z.object({ id: text, name: text, role: text, side: side.nullable() })

const trackedPlayer = z.object({
  id: text,
  name: text,
  jersey: maybeNumber,
  side,
  position: text,
  positionGroup: text,
  x: number,
  y: number,
  speed: number,
  orientation: maybeNumber,
  direction: maybeNumber,
})

const playTypes = [
  'pass',
  'run',
  'sack',
  'qb_kneel',
  'qb_spike',
  'punt',
  'field_goal',
  'kickoff',
  'extra_point',
  'two_point',
  'no_play',
  'timeout',
  'period_end',
  'other',
] as const

const results = z.object({
  touchdown: z.boolean(),
  interception: z.boolean(),
  fumbleLost: z.boolean(),
  sack: z.boolean(),
  safety: z.boolean(),
  penalty: z.boolean(),
  firstDown: z.boolean(),
  turnoverOnDowns: z.boolean(),
  fieldGoal: z.enum(['made', 'missed', 'blocked']).nullable(),
  extraPoint: z.enum(['good', 'failed']).nullable(),
  twoPoint: z.enum(['good', 'failed']).nullable(),
})

const raceCar = z.object({
  carId: text,
  number: text,
  driver: text,
  position: number,
  lapsCompleted: number,
  gapToLeader: maybeNumber,
  lastLapSeconds: maybeNumber,
  lastLapSpeedMps: maybeNumber,
  bestLapSeconds: maybeNumber,
  pitStops: number,
  isRunning: z.boolean(),
  lapFraction: maybeNumber,
})

/** Every feed event as plain JSON; what it does not name is left out. */
export const feedEventSchema: z.ZodType<FeedEvent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('match'), match: matchSchema, ...common }),
  z.object({
    kind: z.literal('match-end'),
    homeScore: maybeNumber,
    awayScore: maybeNumber,
    order: z.array(text).nullable(),
    ...common,
  }),
  z.object({
    kind: z.literal('nfl-play-start'),
    situation,
    direction: z.enum(['left', 'right']),
    lineOfScrimmageX: maybeNumber,
    ...common,
  }),
  z.object({
    kind: z.literal('nfl-frame'),
    playId: text,
    frame: number,
    players: z.array(trackedPlayer),
    ball: z.object({ x: number, y: number, speed: maybeNumber }).nullable(),
    event: maybeText,
    ...common,
  }),
  z.object({
    kind: z.literal('nfl-play'),
    situation,
    playType: z.enum(playTypes),
    yardsGained: maybeNumber,
    homeScoreAfter: number,
    awayScoreAfter: number,
    results,
    players: z.array(person),
    description: text,
    ...common,
  }),
  z.object({
    kind: z.literal('nba-action'),
    actionId: text,
    actionType: text,
    subType: text,
    side: side.nullable(),
    playerId: maybeText,
    playerName: maybeText,
    otherPlayers: z.array(person),
    isMade: z.boolean().nullable(),
    points: number,
    homeScore: number,
    awayScore: number,
    possession: side.nullable(),
    x: maybeNumber,
    y: maybeNumber,
    description: text,
    ...common,
  }),
  z.object({
    kind: z.literal('nba-frame'),
    players: z.array(z.object({ id: text, name: text, jersey: maybeNumber, side, x: number, y: number })),
    ball: z.object({ x: number, y: number, z: maybeNumber }).nullable(),
    ...common,
  }),
  z.object({
    kind: z.literal('soccer-action'),
    actionId: text,
    type: z.enum(soccerActionTypes),
    subType: text,
    side: side.nullable(),
    playerId: maybeText,
    playerName: maybeText,
    otherPlayers: z.array(person),
    isSuccessful: z.boolean().nullable(),
    shot: z
      .object({
        outcome: z.enum(shotOutcomes),
        bodyPart: z.enum(['foot', 'head', 'other']),
        situation: z.enum(shotSituations),
        assist: z.enum(shotAssists),
      })
      .nullable(),
    card: z.enum(['yellow', 'second-yellow', 'red']).nullable(),
    addedMinutes: maybeNumber,
    homeScore: number,
    awayScore: number,
    x: maybeNumber,
    y: maybeNumber,
    description: text,
    ...common,
  }),
  z.object({
    kind: z.literal('race-state'),
    lap: number,
    lapsToGo: maybeNumber,
    elapsedSeconds: number,
    flag,
    cars: z.array(raceCar),
    ...common,
  }),
  z.object({
    kind: z.literal('race-telemetry'),
    carId: text,
    sessionSeconds: number,
    lap: number,
    lapFraction: number,
    speedMps: number,
    throttle: maybeNumber,
    brake: maybeNumber,
    rpm: maybeNumber,
    gear: maybeNumber,
    fuelLitres: maybeNumber,
    onPitRoad: z.boolean(),
    flag,
    ...common,
  }),
  z.object({
    kind: z.literal('race-lap'),
    carId: text,
    lap: number,
    lapSeconds: maybeNumber,
    position: maybeNumber,
    ...common,
  }),
  z.object({
    kind: z.literal('race-pit'),
    carId: text,
    lap: number,
    inSeconds: number,
    outSeconds: maybeNumber,
    stopSeconds: maybeNumber,
    stopType: text,
    tiresChanged: maybeNumber,
    fuelAddedLitres: maybeNumber,
    flag,
    ...common,
  }),
  z.object({
    kind: z.literal('race-flag'),
    flag,
    lap: number,
    elapsedSeconds: number,
    comment: maybeText,
    ...common,
  }),
  z.object({ kind: z.literal('race-note'), lap: number, flag, text, carIds: z.array(text), ...common }),
])

import { z } from 'zod'
import type { CriterionFailure } from './criterion.ts'
import type { RunResult } from './run-result.ts'

export const failureSchema = z.object({
  criterion: z.enum([
    'noCollision',
    'progress',
    'reachesGoal',
    'keepsDistance',
    'maxSpeed',
    'staysInLane',
    'yieldsTo',
    'stopsBefore',
    'obeysSignals',
    'comfort',
    'clearsFor',
    'doesNotBlock',
    'driver',
  ]),
  timeS: z.number(),
  detail: z.string(),
  fault: z.enum(['own', 'other']).exactOptional(),
}) satisfies z.ZodType<CriterionFailure>

export const outcomeSchema = z.enum(['passed', 'failed', 'struck'])

/** What a run came to. Metres, seconds, m/s; a figure that does not exist is null. */
export const runResultSchema = z.object({
  caseId: z.string(),
  scenarioClass: z.string(),
  seed: z.number(),
  outcome: outcomeSchema,
  failures: z.array(failureSchema),
  metrics: z.object({
    collisionTimeS: z.number().nullable(),
    collidedWith: z.string().nullable(),
    impactSpeedMps: z.number().nullable(),
    minDistanceM: z.number().nullable(),
    progressM: z.number(),
    meanSpeedMps: z.number(),
    maxDecelerationMps2: z.number(),
  }),
  durationS: z.number(),
  steps: z.number(),
  notes: z
    .object({
      remarks: z.array(z.string()),
      brokenRules: z.array(z.string()),
      deviations: z.array(z.string()),
      ignored: z.record(z.string(), z.number()),
    })
    .exactOptional(),
  digest: z.string(),
}) satisfies z.ZodType<RunResult>

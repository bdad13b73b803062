import { z } from 'zod'
import type { DriverVersion } from '../driver/version.ts'
import { verdictSchema } from './report/report-schema.ts'

/** What a clearance is asked for with. */
export interface ClearanceWords {
  version: DriverVersion
  against: DriverVersion | null
  reference: DriverVersion | null
  suite: string
  n: number | null
  seed: number
  limit: string
  /** Made for a first look; marked so. */
  isSample?: boolean
}

/** A clearance in a list. */
export const clearanceSummarySchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  version: z.string(),
  versionHash: z.string(),
  suite: z.string(),
  verdict: verdictSchema,
  reason: z.string(),
  n: z.number(),
  failures: z.number(),
  blockerCount: z.number(),
  /** Largest rate of failures over the domain that cannot be ruled out; null where there is no bound. */
  upper: z.number().nullable(),
  against: z.string().nullable(),
  isSample: z.boolean(),
})
export type ClearanceSummary = z.output<typeof clearanceSummarySchema>

/** A clearance that runs on one of the servers. */
export const runningClearanceSchema = z.object({
  version: z.string(),
  suite: z.string(),
  progress: z
    .object({
      stage: z.string(),
      done: z.number(),
      total: z.number().exactOptional(),
      unit: z.string(),
      message: z.string().exactOptional(),
    })
    .nullable(),
  /** Why it ended without a report; null while it runs. */
  error: z.string().nullable(),
})
export type RunningClearance = z.output<typeof runningClearanceSchema>

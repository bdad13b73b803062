import { z } from 'zod'
import type { DriverVersion } from './version.ts'

/** A version that can be run, cleared and compared. */
export const versionSchema = z.object({
  name: z.string(),
  summary: z.string(),
  spec: z.object({
    kind: z.string(),
    parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  }),
}) satisfies z.ZodType<DriverVersion>

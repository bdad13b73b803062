import { z } from 'zod'

/** Options of drive. */
export const driveConfigSchema = z.object({
  suite: z
    .string()
    .min(1)
    .default('built-in')
    .describe('The suite that is run once as a sample on an installation that has no runs.'),
})

export type DriveConfig = z.infer<typeof driveConfigSchema>

import { z } from 'zod'

/** Options of drive. */
export const driveConfigSchema = z.object({
  sample: z
    .boolean()
    .default(true)
    .describe('Clears the built-in version on a small suite once, where nothing has been cleared yet.'),
  sampleCases: z
    .int()
    .min(1)
    .max(10_000)
    .default(200)
    .describe('Cases of that suite. They run on all cores in the background.'),
})

export type DriveConfig = z.infer<typeof driveConfigSchema>

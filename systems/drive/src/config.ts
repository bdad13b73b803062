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
    .default(1_700)
    .describe(
      'Cases of that suite: enough for every class of scenarios to show a rate of failures of 5 %. They run on all cores in the background, for about a minute.',
    ),
})

export type DriveConfig = z.infer<typeof driveConfigSchema>

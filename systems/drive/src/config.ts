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
  simulations: z
    .strictObject({
      threads: z
        .int()
        .min(1)
        .max(64)
        .default(2)
        .describe(
          'Recordings and previews that are computed at the same time; a tenant gets all but one of them.',
        ),
      perTenant: z
        .int()
        .min(1)
        .max(1000)
        .default(32)
        .describe('Of one tenant, computed and waiting together; one more answers 429.'),
      seconds: z.int().min(1).max(3600).default(60).describe('How long one may take; then it answers 422.'),
      memoryMb: z
        .int()
        .min(128)
        .max(65_536)
        .default(1024)
        .describe('Heap of one; where it needs more, it answers 422.'),
    })
    .prefault({})
    .describe('What requests may simulate.'),
})

export type DriveConfig = z.infer<typeof driveConfigSchema>

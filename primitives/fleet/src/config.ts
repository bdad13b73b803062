import { z } from 'zod'

export const fleetConfigSchema = z.object({
  sample: z
    .boolean()
    .default(true)
    .describe('Shows a made cluster and log until there are logs of your own.'),
})

export type FleetConfig = z.output<typeof fleetConfigSchema>

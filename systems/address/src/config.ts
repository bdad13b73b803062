import { z } from 'zod'

/** Options of address. */
export const addressConfig = z.object({
  sample: z.boolean().default(true).describe('Loads the sample addresses where there are none yet.'),
  baselineShare: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe('Share of addresses whose deliveries go as before, to compare: arm "off". 0 compares nothing.'),
  attributionDays: z
    .number()
    .min(1)
    .max(90)
    .default(14)
    .describe('Days after a decision in which a failed first delivery counts.'),
  minutesALookUp: z
    .number()
    .min(0)
    .max(120)
    .default(6)
    .describe('Minutes that a person needs to look an address up; hours saved are reckoned with it.'),
})

export type AddressConfig = z.output<typeof addressConfig>

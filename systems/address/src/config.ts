import { z } from 'zod'

/** Options of address. */
export const addressConfig = z.object({
  sample: z.boolean().default(true).describe('Loads the sample addresses where there are none yet.'),
})

export type AddressConfig = z.output<typeof addressConfig>

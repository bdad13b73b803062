import { z } from 'zod'

/** Options of spec. */
export const specConfig = z.object({})

export type SpecConfig = z.output<typeof specConfig>

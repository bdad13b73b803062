import { z } from 'zod'

/** Options of ready. */
export const readyConfig = z.object({
  peakDay: z.iso.date().default('2026-11-27').describe('The day that is counted down to, a UTC date.'),
})

export type ReadyConfig = z.output<typeof readyConfig>

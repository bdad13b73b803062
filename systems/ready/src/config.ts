import { z } from 'zod'

/** Options of ready. */
export const readyConfig = z.object({
  peakDay: z.iso.date().default('2026-12-24').describe('The day that is counted down to, a UTC date.'),
  consentToken: z
    .string()
    .min(16)
    .max(200)
    .nullable()
    .default(null)
    .describe(
      'The secret that consents of hosts are made from (`heavylift ready consent HOST`); without it only this machine is loaded.',
    ),
  realtime: z
    .boolean()
    .default(true)
    .describe(
      'Generators of load ask for the real-time class of the kernel, where it is allowed: others on the machine do not make them late.',
    ),
  allowNetworks: z
    .array(z.string())
    .default([])
    .describe('Networks (CIDR) that are not public and may be asked for their consent to be loaded.'),
})

export type ReadyConfig = z.output<typeof readyConfig>

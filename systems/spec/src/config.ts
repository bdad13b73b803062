import { z } from 'zod'

/** Options of spec. */
export const specConfig = z.object({
  agents: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/), z.string().min(1))
    .default({})
    .describe(
      'Coding agents that build changes, by name: the command of a program that speaks the Agent Client Protocol on its standard input and output, e.g. "opencode acp".',
    ),
  agentMinutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .default(30)
    .describe('How long one turn of a coding agent may take, in minutes.'),
  sample: z.boolean().default(true).describe('Open the two sample services in the studio.'),
})

export type SpecConfig = z.output<typeof specConfig>

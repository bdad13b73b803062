import { z } from 'zod'

const limits = z.object({
  concurrentRuns: z.int().min(1).optional(),
  runsPerMinute: z.int().min(1).optional(),
  usdPerDay: z.number().positive().optional(),
})

/** Options of the agents system. */
export const agentsConfigSchema = z.object({
  runsAtOnce: z
    .int()
    .min(1)
    .max(10_000)
    .default(200)
    .describe('Runs that one server process works on at once; more wait, and any process takes them.'),
  maxAnswerBytes: z
    .int()
    .min(1024)
    .default(16 * 1024 * 1024)
    .describe('A tool that answers more fails its call; the answer is not held in memory.'),
  toolTimeoutSeconds: z
    .number()
    .positive()
    .default(60)
    .describe('A call of a tool is given up after this, unless its step says otherwise.'),
  limits: z
    .object({
      tenant: limits.default({}).describe('Of each tenant, all its agents together.'),
      teams: z.record(z.string(), limits).default({}).describe('Of a team, by its name.'),
    })
    .prefault({})
    .describe('What runs may use at most beside the limits of their agents; what is over waits.'),
  maxDepth: z.int().min(1).max(32).default(8).describe('How deep agents may call agents.'),
  keepDays: z.number().positive().default(90).describe('Days for which ended runs are kept.'),
})

export type AgentsConfig = z.output<typeof agentsConfigSchema>

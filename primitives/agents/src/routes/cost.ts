import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import type { AgentsTables } from '../run/run-row.ts'
import { sumCosts } from '../value/sum-costs.ts'

const dayMs = 86_400_000
const sumsSchema = z.object({
  runs: z.number(),
  failed: z.number(),
  costMicros: z.number(),
  tokens: z.number(),
  medianMs: z.number().nullable().describe('From begin to end, waiting included.'),
})

/** What agents cost, below `/api/agents`: sums over their runs, whose costs are the gateway's. */
export function costRoutes({ store, clock }: Pick<AgentsContext, 'store' | 'clock'>) {
  return [
    route({
      method: 'get',
      path: '/cost',
      summary: 'What runs cost over some days, by agent and version, team, or subject; the dearest first.',
      access: 'operator',
      query: z.object({
        days: z.coerce.number().int().min(1).max(366).default(30),
        by: z.enum(['agent', 'team', 'subject']).default('agent'),
        agent: agentName.optional().describe('Of this agent only.'),
      }),
      response: z.object({
        days: z.number(),
        rows: z
          .array(
            sumsSchema.extend({
              name: z.string().nullable().describe('Null: runs of no team, or about nobody in particular.'),
              version: z.number().nullable(),
            }),
          )
          .describe('The first 500.'),
        total: sumsSchema.describe('Of all rows, those that are not listed included.'),
      }),
      handle: async ({ caller, query: { days, by, agent } }) => {
        const sinceMs = clock.nowMs() - days * dayMs
        const sums = await sumCosts(store.database<AgentsTables>(), caller.tenantId, { sinceMs, by, agent })
        return { days, ...sums }
      },
    }),
  ]
}

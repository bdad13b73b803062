import { route } from '@heavylift/core'
import { sql } from 'kysely'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import type { AgentsTables } from '../run/run-row.ts'

const dayMs = 86_400_000

/** What agents cost, below `/api/agents`: sums over their runs, whose costs are the gateway's. */
export function costRoutes({ store, clock }: Pick<AgentsContext, 'store' | 'clock'>) {
  return [
    route({
      method: 'get',
      path: '/cost',
      summary: 'What runs cost over some days, by agent and version; the dearest first.',
      access: 'operator',
      query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
      response: z.object({
        days: z.number(),
        agents: z.array(
          z.object({
            agent: z.string(),
            version: z.number(),
            runs: z.number(),
            failed: z.number(),
            costMicros: z.number(),
            tokens: z.number(),
            medianMs: z.number().nullable().describe('From begin to end, waiting included.'),
          }),
        ),
      }),
      handle: async ({ caller, query }) => {
        const db = store.database<AgentsTables>()
        const rows = await db
          .selectFrom('run')
          .where('tenant_id', '=', caller.tenantId)
          .where('created_ms', '>=', clock.nowMs() - query.days * dayMs)
          .groupBy(['agent', 'version'])
          .select([
            'agent',
            'version',
            sql<number>`count(*)`.as('runs'),
            sql<number>`count(*) filter (where state = 'failed')`.as('failed'),
            sql<number>`coalesce(sum(cost_micros), 0)::bigint`.as('costMicros'),
            sql<number>`coalesce(sum(tokens), 0)::bigint`.as('tokens'),
            sql<number | null>`percentile_cont(0.5) within group (order by ended_ms - started_ms)`.as(
              'medianMs',
            ),
          ])
          .orderBy('costMicros', 'desc')
          .orderBy('runs', 'desc')
          .orderBy('agent')
          .limit(500)
          .execute()
        return { days: query.days, agents: rows }
      },
    }),
  ]
}

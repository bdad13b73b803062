import { route } from '@heavylift/core'
import { sql } from 'kysely'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import type { AgentsTables } from '../run/run-row.ts'

const dayMs = 86_400_000
const sums = z.object({
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
            sums.extend({
              name: z.string().nullable().describe('Null: runs of no team, or about nobody in particular.'),
              version: z.number().nullable(),
            }),
          )
          .describe('The first 500.'),
        total: sums.describe('Of all rows, those that are not listed included.'),
      }),
      handle: async ({ caller, query: { days, by, agent } }) => {
        const found = store
          .database<AgentsTables>()
          .selectFrom('run')
          .where('tenant_id', '=', caller.tenantId)
          .where('created_ms', '>=', clock.nowMs() - days * dayMs)
          .$if(agent !== undefined, (query) => query.where('agent', '=', agent!))
          .select([
            sql<number>`count(*)`.as('runs'),
            sql<number>`count(*) filter (where state = 'failed')`.as('failed'),
            sql<number>`coalesce(sum(cost_micros), 0)::bigint`.as('costMicros'),
            sql<number>`coalesce(sum(tokens), 0)::bigint`.as('tokens'),
            sql<number | null>`percentile_cont(0.5) within group (order by ended_ms - started_ms)`.as(
              'medianMs',
            ),
          ])
        const name = sql.ref(by)
        const version = by === 'agent' ? sql.ref('version') : sql`null::integer`
        const [rows, total] = await Promise.all([
          found
            .select([sql<string | null>`${name}`.as('name'), sql<number | null>`${version}`.as('version')])
            .groupBy(by === 'agent' ? [by, 'version'] : [by])
            .orderBy('costMicros', 'desc')
            .orderBy('runs', 'desc')
            .orderBy('name')
            .limit(500)
            .execute(),
          found.executeTakeFirstOrThrow(),
        ])
        return { days, rows, total }
      },
    }),
  ]
}

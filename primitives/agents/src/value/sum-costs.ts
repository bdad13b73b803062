import { sql, type Kysely } from 'kysely'
import type { AgentsTables } from '../run/run-row.ts'

export interface CostSums {
  runs: number
  failed: number
  /** As the gateway metered it. */
  costMicros: number
  tokens: number
  /** From begin to end, waiting included. */
  medianMs: number | null
}

/** `name`: null for runs of no team, or about nobody in particular. */
export type CostRow = CostSums & { name: string | null; version: number | null }

/** What runs cost that began since, the dearest first, the first 500; `total` is of all. */
export async function sumCosts(
  database: Kysely<AgentsTables>,
  tenantId: string,
  { sinceMs, by, agent }: { sinceMs: number; by: 'agent' | 'team' | 'subject'; agent?: string | undefined },
): Promise<{ rows: CostRow[]; total: CostSums }> {
  const found = database
    .selectFrom('run')
    .where('tenant_id', '=', tenantId)
    .where('created_ms', '>=', sinceMs)
    .$if(agent !== undefined, (query) => query.where('agent', '=', agent!))
    .select([
      sql<number>`count(*)`.as('runs'),
      sql<number>`count(*) filter (where state = 'failed')`.as('failed'),
      sql<number>`coalesce(sum(cost_micros), 0)::bigint`.as('costMicros'),
      sql<number>`coalesce(sum(tokens), 0)::bigint`.as('tokens'),
      sql<number | null>`percentile_cont(0.5) within group (order by ended_ms - started_ms)`.as('medianMs'),
    ])
  const version = by === 'agent' ? sql.ref('version') : sql`null::integer`
  const [rows, total] = await Promise.all([
    found
      .select([sql<string | null>`${sql.ref(by)}`.as('name'), sql<number | null>`${version}`.as('version')])
      .groupBy(by === 'agent' ? [by, 'version'] : [by])
      .orderBy('costMicros', 'desc')
      .orderBy('runs', 'desc')
      .orderBy('name')
      .limit(500)
      .execute(),
    found.executeTakeFirstOrThrow(),
  ])
  return { rows, total }
}

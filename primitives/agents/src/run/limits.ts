import { sql, type Transaction } from 'kysely'
import type { AgentsTables } from './run-row.ts'

/** What runs may use at most, of an agent, a team or a tenant. Absent: no limit. */
export interface Limits {
  concurrentRuns?: number | undefined
  runsPerMinute?: number | undefined
  usdPerDay?: number | undefined
}

/** Whose runs count together. */
export type LimitScope = { agent: string } | { team: string } | 'tenant'

export function hasLimit({ concurrentRuns, runsPerMinute, usdPerDay }: Limits): boolean {
  return concurrentRuns !== undefined || runsPerMinute !== undefined || usdPerDay !== undefined
}

/**
 * How many runs may begin now under limits. Counted while the tenant's lock is held, so that two processes never both take the last place. A day is of UTC; a run that
 * is under way is not stopped by the day's money, so the last ones may go past it by what they cost.
 */
export async function roomFor(
  transaction: Transaction<AgentsTables>,
  tenantId: string,
  scope: LimitScope,
  limits: Limits,
  nowMs: number,
): Promise<number> {
  if (!hasLimit(limits)) return Infinity
  const dayMs = nowMs - (nowMs % 86_400_000)
  const whose =
    scope === 'tenant'
      ? sql`true`
      : 'agent' in scope
        ? sql`agent = ${scope.agent}`
        : sql`agent in (select name from agent where tenant_id = ${tenantId} and team = ${scope.team})`
  const { rows } = await sql<{ running: number; lately: number; micros: number }>`
    select count(*) filter (where state = 'running') running,
           count(*) filter (where started_ms > ${nowMs - 60_000}) lately,
           coalesce(sum(cost_micros) filter (where coalesce(ended_ms, turned_ms) >= ${dayMs}), 0)::bigint micros
    from run
    where tenant_id = ${tenantId} and ${whose} and (state = 'running' or created_ms >= ${dayMs} or ended_ms >= ${dayMs})`.execute(
    transaction,
  )
  const { running = 0, lately = 0, micros = 0 } = rows[0] ?? {}
  if (limits.usdPerDay !== undefined && micros >= limits.usdPerDay * 1e6) return 0
  return Math.max(
    0,
    Math.min((limits.concurrentRuns ?? Infinity) - running, (limits.runsPerMinute ?? Infinity) - lately),
  )
}

import { sql, type Kysely } from 'kysely'
import type { RunState } from './entry.ts'
import type { AgentsTables, RunRow } from './run-row.ts'

export interface RunFilter {
  tenantId: string
  agent?: string | undefined
  state?: RunState | undefined
  /** Whom or what it is about. */
  subject?: string | undefined
  /** In its id, its input, its result or its error. */
  text?: string | undefined
  /** Older than this run. */
  before?: string | undefined
  limit: number
}

/** Newest first; `last`: those that are older than this run. */
export async function listRuns(
  database: Kysely<AgentsTables>,
  filter: RunFilter,
  last: RunRow | null,
): Promise<RunRow[]> {
  let query = database
    .selectFrom('run')
    .selectAll()
    .where('tenant_id', '=', filter.tenantId)
    .orderBy('created_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
  if (filter.agent !== undefined) query = query.where('agent', '=', filter.agent)
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject)
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.text !== undefined) {
    const like = `%${filter.text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((where) =>
      where.or(
        ['id', 'input::text', 'output::text', 'error::text'].map(
          (column) => sql<boolean>`${sql.raw(column)} ilike ${like}`,
        ),
      ),
    )
  }
  if (last !== null)
    query = query.where((where) =>
      where.or([
        where('created_ms', '<', last.created_ms),
        where.and([where('created_ms', '=', last.created_ms), where('id', '<', last.id)]),
      ]),
    )
  return await query.execute()
}

import { sql, type Kysely } from 'kysely'
import type { CallRecord } from './call-record.ts'
import { fromCallRow } from './call-rows.ts'
import type { CallText } from './meter.ts'
import type { MeteringTables } from './metering-tables.ts'
import type { CallFilter } from './usage-store.ts'

/** Newest first. Calls appear here a moment after they end. */
export async function listCalls(db: Kysely<MeteringTables>, filter: CallFilter): Promise<CallRecord[]> {
  let query = db.selectFrom('call').selectAll()
  if (filter.tenantId !== null) query = query.where('tenant_id', '=', filter.tenantId)
  if (filter.model !== undefined) query = query.where('model', '=', filter.model)
  if (filter.statuses !== undefined) query = query.where('status', 'in', filter.statuses)
  if (filter.cache !== undefined) query = query.where('cache', '=', filter.cache)
  // Days are partitions: only those in the range are read.
  if (filter.fromMs !== undefined) query = query.where('at', '>=', new Date(filter.fromMs))
  if (filter.toMs !== undefined) query = query.where('at', '<', new Date(filter.toMs))
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId)
  if (filter.text !== undefined && filter.text !== '') {
    const text = filter.text.toLowerCase()
    query = query.where(
      sql<boolean>`position(${text} in lower(concat_ws(' ', id, replica_id, key_id, error_code, upstream_model))) > 0`,
    )
  }
  const rows = await query.orderBy('id', 'desc').limit(filter.limit).execute()
  return rows.map(fromCallRow)
}

/** A call with its prompt and answer where they were kept; null when there is none. */
export async function readCall(
  db: Kysely<MeteringTables>,
  tenantId: string | null,
  id: string,
): Promise<{ call: CallRecord; text: CallText | null } | null> {
  let query = db.selectFrom('call').selectAll().where('id', '=', id)
  if (tenantId !== null) query = query.where('tenant_id', '=', tenantId)
  const row = await query.executeTakeFirst()
  if (!row) return null
  const text = await db
    .selectFrom('call_text')
    .where('tenant_id', '=', row.tenant_id)
    .where('call_id', '=', id)
    .select(['request', 'answer'])
    .executeTakeFirst()
  return { call: fromCallRow(row), text: text ?? null }
}

import { sql, type Kysely } from 'kysely'
import type { SpentRow } from '../admission/limits.ts'
import type { MeteringTables } from './metering-tables.ts'

/**
 * What tenants and their keys spent since the beginning of the UTC day and month, for `Limits.load` at start. Flush the
 * meter first, so that what an earlier process left on disk counts.
 */
export async function readSpent(db: Kysely<MeteringTables>, nowMs: number): Promise<SpentRow[]> {
  const now = new Date(nowMs)
  const monthMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)
  const dayMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  const rows = await db
    .selectFrom('usage_hour')
    .where('hour', '>=', new Date(monthMs))
    .select([
      'tenant_id',
      // A row for each key, and one for the tenant as a whole.
      sql<string | null>`case when grouping(key_id) = 1 then null else key_id end`.as('key_id'),
      sql<string>`sum(cost_micros + wasted_cost_micros)`.as('month'),
      sql<string>`coalesce(sum(cost_micros + wasted_cost_micros) filter (where hour >= ${new Date(dayMs)}), 0)`.as(
        'day',
      ),
    ])
    .groupBy(sql`grouping sets ((tenant_id), (tenant_id, key_id))`)
    .execute()
  return rows
    .filter(({ key_id }) => key_id !== '')
    .map(({ tenant_id, key_id, month, day }) => ({
      tenantId: tenant_id,
      keyId: key_id,
      dayMicros: Number(day),
      monthMicros: Number(month),
    }))
}

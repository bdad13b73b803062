import { sql, type Kysely } from 'kysely'
import type { MeteringTables } from './metering-tables.ts'
import { reportUsage, sumNames } from './usage-report.ts'
import type { UsageQuery, UsageReport, UsageSums } from './usage-report.ts'

const columns = {
  tenant: 'tenant_id',
  key: 'key_id',
  model: 'model',
  provider: 'provider',
} as const

const sums = {
  calls: sql<string>`sum(calls)`,
  failed: sql<string>`sum(failed)`,
  cancelled: sql<string>`sum(cancelled)`,
  refused: sql<string>`sum(refused)`,
  cacheHits: sql<string>`sum(cache_hits)`,
  unpriced: sql<string>`sum(unpriced)`,
  inputTokens: sql<string>`sum(input_tokens)`,
  cacheReadTokens: sql<string>`sum(cache_read_tokens)`,
  cacheWriteTokens: sql<string>`sum(cache_write_tokens)`,
  outputTokens: sql<string>`sum(output_tokens)`,
  reasoningTokens: sql<string>`sum(reasoning_tokens)`,
  costMicros: sql<string>`sum(cost_micros)`,
  wastedTokens: sql<string>`sum(wasted_tokens)`,
  wastedCostMicros: sql<string>`sum(wasted_cost_micros)`,
}
/** Usage from the hourly sums: quick over months. */
export async function readUsage(db: Kysely<MeteringTables>, query: UsageQuery): Promise<UsageReport> {
  const hourMs = 3_600_000
  let rows = db
    .selectFrom('usage_hour')
    .where('hour', '>=', new Date(Math.floor(query.fromMs / hourMs) * hourMs))
    .where('hour', '<', new Date(query.toMs))
  if (query.tenantId !== null) rows = rows.where('tenant_id', '=', query.tenantId)
  const found = await rows
    .select([
      sql<Date>`date_trunc(${sql.lit(query.bucket)}, hour, 'UTC')`.as('bucket'),
      sql.ref<string>(columns[query.by]).as('name'),
      ...sumNames.map((name) => sums[name].as(name)),
    ])
    .groupBy([sql`1`, sql`2`])
    .orderBy(sql`1`)
    .orderBy(sql`2`)
    .execute()

  return reportUsage(
    found.map(({ bucket, name, ...row }) => {
      const each = Object.fromEntries(sumNames.map((sum) => [sum, Number(row[sum])])) as UsageSums
      return { atMs: bucket.getTime(), name, ...each }
    }),
  )
}

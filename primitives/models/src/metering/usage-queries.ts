import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { MeteringTables } from './metering-tables.ts'

export const usageDimensions = ['tenant', 'key', 'model', 'provider'] as const
export type UsageDimension = (typeof usageDimensions)[number]

const count = z.int().min(0)

const usageSums = z.object({
  calls: count,
  /** Failed or cut off after the first byte. */
  failed: count,
  cancelled: count,
  /** Shed or rejected. */
  refused: count,
  cacheHits: count,
  /** Calls whose price is not known, so that their cost is missing. */
  unpriced: count,
  inputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  /** Part of the output. */
  reasoningTokens: count,
  costMicros: count,
  /** Of attempts that nobody got, and what they cost beside the rest; estimated. */
  wastedTokens: count,
  wastedCostMicros: count,
})
export type UsageSums = z.output<typeof usageSums>

export const usageReportSchema = z.object({
  total: usageSums,
  /** By the asked dimension, the most expensive first, then the most used. A key that is '' is no key. */
  groups: z.array(usageSums.extend({ name: z.string() })),
  /** Ascending; buckets without calls are left out. Days are those of UTC. */
  series: z.array(usageSums.extend({ atMs: z.number(), name: z.string() })),
})
export type UsageReport = z.output<typeof usageReportSchema>

export interface UsageQuery {
  /** Null for all tenants. */
  tenantId: string | null
  /** Rounded down to the hour. */
  fromMs: number
  toMs: number
  by: UsageDimension
  bucket: 'hour' | 'day'
}

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
const sumNames = Object.keys(sums) as (keyof UsageSums)[]

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

  const total = noUsage()
  const groups = new Map<string, UsageSums & { name: string }>()
  const series = found.map(({ bucket, name, ...row }) => {
    const each = Object.fromEntries(sumNames.map((sum) => [sum, Number(row[sum])])) as UsageSums
    const group = groups.get(name) ?? { name, ...noUsage() }
    groups.set(name, group)
    for (const sum of sumNames) {
      group[sum] += each[sum]
      total[sum] += each[sum]
    }
    return { atMs: bucket.getTime(), name, ...each }
  })
  return {
    total,
    groups: [...groups.values()].toSorted((a, b) => b.costMicros - a.costMicros || b.calls - a.calls),
    series,
  }
}

/** The series as CSV (RFC 4180) with a header. */
export function usageCsv(report: UsageReport, by: UsageDimension): string {
  const header = ['at', by, ...sumNames].join(',')
  const rows = report.series.map((row) =>
    [new Date(row.atMs).toISOString(), quote(row.name), ...sumNames.map((name) => row[name])].join(','),
  )
  return `${[header, ...rows].join('\r\n')}\r\n`
}

function noUsage(): UsageSums {
  return Object.fromEntries(sumNames.map((name) => [name, 0])) as UsageSums
}

/** Always quoted; a leading `=`, `+`, `-` or `@` gets an apostrophe, since spreadsheets would run it as a formula. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

import { csvLine } from '@heavylift/core/rows'
import { z } from 'zod'

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

export const sumNames = Object.keys(usageSums.shape) as (keyof UsageSums)[]

/** Sums of one bucket (ascending) and name. */
export type UsageRow = UsageSums & { atMs: number; name: string }

/** The report over sums by bucket and name, each pair once and in that order. */
export function reportUsage(series: UsageRow[]): UsageReport {
  const total = noUsage()
  const groups = new Map<string, UsageSums & { name: string }>()
  for (const row of series) {
    const group = groups.get(row.name) ?? { name: row.name, ...noUsage() }
    groups.set(row.name, group)
    for (const sum of sumNames) {
      group[sum] += row[sum]
      total[sum] += row[sum]
    }
  }
  return {
    total,
    groups: [...groups.values()].toSorted((a, b) => b.costMicros - a.costMicros || b.calls - a.calls),
    series,
  }
}

/** The series as CSV (RFC 4180) with a header. */
export function usageCsv(report: UsageReport, by: UsageDimension): string {
  const header = `${['at', by, ...sumNames].join(',')}\r\n`
  const rows = report.series.map((row) =>
    csvLine([new Date(row.atMs), row.name, ...sumNames.map((name) => row[name])]),
  )
  return `${header}${rows.join('')}`
}

export function noUsage(): UsageSums {
  return Object.fromEntries(sumNames.map((name) => [name, 0])) as UsageSums
}

import type { GatewayConfig, LimitsConfig } from '../../src/table/gateway-config.ts'
import type { UsageReport } from '../../src/metering/usage-report.ts'

export interface BudgetRow {
  kind: 'tenant' | 'key'
  name: string
  period: 'day' | 'month'
  budgetMicros: number
  spentMicros: number
  /** Spent of the budget; 1 and more refuses. */
  share: number
}

const dayMs = 86_400_000

/**
 * Every budget of the table with what was spent of it. `spent`: usage of this month by day. Tenants that are not listed
 * have the budget of `defaults`; they are shown once they spent something.
 */
export function budgetRows(
  table: Pick<GatewayConfig, 'tenants' | 'keys' | 'defaults'>,
  spent: Record<BudgetRow['kind'], UsageReport>,
  nowMs: number,
): BudgetRow[] {
  const todayMs = Math.floor(nowMs / dayMs) * dayMs
  const rowsOf = (kind: BudgetRow['kind'], name: string, limits: LimitsConfig): BudgetRow[] => {
    const days = spent[kind].series.filter((row) => row.name === name)
    const sum = (rows: typeof days) => rows.reduce((total, row) => total + row.costMicros, 0)
    const row = (period: BudgetRow['period'], usd: number | null, spentMicros: number): BudgetRow[] => {
      if (usd === null) return []
      const budgetMicros = usd * 1e6
      return [
        {
          kind,
          name,
          period,
          budgetMicros,
          spentMicros,
          share: budgetMicros === 0 ? 1 : spentMicros / budgetMicros,
        },
      ]
    }
    return [
      ...row('day', limits.budgetUsdPerDay, sum(days.filter(({ atMs }) => atMs >= todayMs))),
      ...row('month', limits.budgetUsdPerMonth, sum(days)),
    ]
  }
  const unlisted = spent.tenant.groups.filter(({ name }) => !(name in table.tenants))
  return [
    ...Object.entries(table.tenants).flatMap(([name, limits]) => rowsOf('tenant', name, limits)),
    ...unlisted.flatMap(({ name }) => rowsOf('tenant', name, table.defaults)),
    ...Object.entries(table.keys).flatMap(([name, limits]) => rowsOf('key', name, limits)),
  ].toSorted((a, b) => b.share - a.share)
}

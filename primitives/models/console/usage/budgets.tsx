import { useQuery } from '@tanstack/react-query'
import { Bar, DataTable, Empty, Panel, StateMark, format } from '@heavylift/ui'
import { api } from '../api.ts'
import { budgetRows } from './budget-rows.ts'

/** Budgets of tenants and keys: what is spent of each and what is left until it begins anew (UTC). */
export function Budgets() {
  const config = useQuery({
    queryKey: ['models', 'config'],
    queryFn: ({ signal }) => api.get('/config', { signal }),
  })
  const monthMs = startOfMonth(Date.now())
  const spent = (by: 'tenant' | 'key') => ({
    queryKey: ['models', 'usage', 'spent', by, monthMs],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.get('/usage', { query: { by, bucket: 'day', from: monthMs }, signal }),
  })
  const tenants = useQuery(spent('tenant'))
  const keys = useQuery(spent('key'))
  // Only administrators of the installation see the table; to others budgets are not shown.
  if (!config.data || !tenants.data || !keys.data) return null
  const rows = budgetRows(config.data.table, { tenant: tenants.data, key: keys.data }, Date.now())
  return (
    <Panel title="Budgets" note="of the UTC day and month; a spent one refuses until the next begins" flush>
      {rows.length === 0 ? (
        <Empty title="No budget is set">
          <span className="hl-code">{'"tenants": { "acme": { "budgetUsdPerMonth": 200 } }'}</span> in the
          table sets one; <span className="hl-code">keys</span> and <span className="hl-code">defaults</span>{' '}
          work the same way.
        </Empty>
      ) : (
        <DataTable
          caption="Budgets"
          rows={rows}
          keyOf={(row) => `${row.kind} ${row.name} ${row.period}`}
          columns={[
            {
              key: 'name',
              title: 'Whose',
              isWide: true,
              render: (row) => (
                <>
                  {row.kind} <span className="hl-code">{row.name}</span>
                </>
              ),
            },
            { key: 'period', title: 'Per', width: '72px', render: (row) => row.period },
            {
              key: 'spent',
              title: 'Spent',
              isNumber: true,
              render: (row) => format.formatCost(row.spentMicros),
            },
            {
              key: 'budget',
              title: 'Budget',
              isNumber: true,
              isSecondary: true,
              render: (row) => format.formatCost(row.budgetMicros),
            },
            {
              key: 'bar',
              title: <span className="hl-hidden">Share spent</span>,
              isSecondary: true,
              width: '240px',
              render: (row) => (
                <Bar
                  share={row.share}
                  label={`${format.formatPercent(row.share)} spent`}
                  {...(row.share >= 1 ? { tone: 'bad' as const } : {})}
                />
              ),
            },
            {
              key: 'left',
              title: 'Left',
              width: '136px',
              render: (row) => (
                <StateMark state={row.share >= 1 ? 'bad' : row.share >= 0.8 ? 'warn' : 'good'}>
                  {row.share >= 1 ? 'spent, refuses' : format.formatCost(row.budgetMicros - row.spentMicros)}
                </StateMark>
              ),
            },
          ]}
        />
      )}
    </Panel>
  )
}

function startOfMonth(nowMs: number): number {
  const now = new Date(nowMs)
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth())
}

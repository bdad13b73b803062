import {
  DataTable,
  Empty,
  FilterBar,
  Loaded,
  Page,
  Panel,
  Stat,
  Stats,
  formatCost,
  formatCount,
  formatDuration,
  formatPercent,
} from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../api.ts'
import { DaysChoice, useDays } from './days-choice.tsx'

const readCost = () => api.get('/cost', { query: {} })
type Row = Awaited<ReturnType<typeof readCost>>['agents'][number]

const columns: Column<Row>[] = [
  {
    key: 'agent',
    title: 'Agent',
    isWide: true,
    sortBy: ({ agent }) => agent,
    render: ({ agent }) => <Link to={`/agents/runs?agent=${agent}` as '/'}>{agent}</Link>,
  },
  {
    key: 'version',
    title: 'Version',
    isNumber: true,
    sortBy: ({ version }) => version,
    render: ({ version }) => version,
  },
  {
    key: 'runs',
    title: 'Runs',
    isNumber: true,
    sortBy: ({ runs }) => runs,
    render: ({ runs }) => formatCount(runs),
  },
  {
    key: 'failed',
    title: 'Failed',
    isNumber: true,
    isSecondary: true,
    sortBy: ({ failed }) => failed,
    render: ({ failed, runs }) =>
      failed === 0 ? '0' : `${formatCount(failed)} (${formatPercent(failed / runs)})`,
  },
  {
    key: 'cost',
    title: 'Cost',
    isNumber: true,
    sortBy: ({ costMicros }) => costMicros,
    render: ({ costMicros }) => formatCost(costMicros),
  },
  {
    key: 'each',
    title: 'Cost a run',
    isNumber: true,
    isSecondary: true,
    sortBy: ({ costMicros, runs }) => costMicros / runs,
    render: ({ costMicros, runs }) => formatCost(costMicros / runs),
  },
  {
    key: 'tokens',
    title: 'Tokens',
    isNumber: true,
    isSecondary: true,
    sortBy: ({ tokens }) => tokens,
    render: ({ tokens }) => formatCount(tokens),
  },
  {
    key: 'median',
    title: 'Half took less than',
    isNumber: true,
    isSecondary: true,
    sortBy: ({ medianMs }) => medianMs,
    render: ({ medianMs }) => (medianMs === null ? '–' : formatDuration(Math.max(1, medianMs))),
  },
]

/** What agents cost, by agent and version; the figures are the gateway's. */
export default function Cost() {
  const chosen = useDays()
  const { days } = chosen
  const cost = useQuery({
    queryKey: ['agents', 'cost', days],
    queryFn: ({ signal }) => api.get('/cost', { query: { days }, signal }),
  })
  return (
    <Page
      title="Cost"
      lead="What runs cost, by agent and version. Costs of models are those that the gateway metered."
    >
      <FilterBar>
        <DaysChoice label="Begun in the last" {...chosen} />
      </FilterBar>
      <Loaded of={cost} what="Adding up" lines={8}>
        {({ agents }) =>
          agents.length === 0 ? (
            <Panel>
              <Empty title="No run in this time">Take a longer time, or run an agent.</Empty>
            </Panel>
          ) : (
            <>
              <Sums rows={agents} />
              <Panel title="Agents" note="the dearest first" flush>
                <DataTable
                  caption="Cost of agents"
                  columns={columns}
                  rows={agents}
                  keyOf={({ agent, version }) => `${agent} ${version}`}
                />
              </Panel>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Sums({ rows }: { rows: readonly Row[] }) {
  const sum = (of: 'runs' | 'failed' | 'costMicros' | 'tokens') => rows.reduce((all, row) => all + row[of], 0)
  return (
    <Stats>
      <Stat
        label="Cost"
        value={formatCost(sum('costMicros'))}
        detail={`${formatCount(sum('tokens'))} tokens`}
      />
      <Stat
        label="Runs"
        value={formatCount(sum('runs'))}
        detail={`${formatCost(sum('costMicros') / sum('runs'))} each`}
      />
      <Stat
        label="Failed"
        value={formatCount(sum('failed'))}
        detail={formatPercent(sum('failed') / sum('runs'))}
        {...(sum('failed') > 0 ? { tone: 'warn' as const } : {})}
      />
    </Stats>
  )
}

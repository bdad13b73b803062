import { NativeSelect } from '@mantine/core'
import {
  DataTable,
  Empty,
  FilterBar,
  Loaded,
  Notice,
  Page,
  Panel,
  Stat,
  Stats,
  formatCost,
  formatCount,
  formatDuration,
  formatPercent,
  useUrlState,
} from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../api.ts'
import { DaysChoice, useDays } from './days-choice.tsx'

const readCost = () => api.get('/cost', { query: {} })
type Row = Awaited<ReturnType<typeof readCost>>['rows'][number]

type By = keyof typeof groups

/** What costs are summed by, and where the runs behind a sum are. */
const groups = {
  agent: { title: 'Agent', label: 'agent and version', none: '–' },
  team: { title: 'Team', label: 'team', none: 'no team' },
  subject: { title: 'Subject', label: 'subject', none: 'nobody in particular' },
} as const

const columnsBy = (by: By): Column<Row>[] => [
  {
    key: 'name',
    title: groups[by].title,
    isWide: true,
    sortBy: ({ name }) => name ?? '',
    render: ({ name }) =>
      name === null ? (
        <span className="hl-fine">{groups[by].none}</span>
      ) : (
        <Link to={linkOf(by, name) as '/'}>{name}</Link>
      ),
  },
  ...(by === 'agent' ? [versionColumn] : []),
  ...sumColumns,
]

function linkOf(by: By, name: string): string {
  if (by === 'agent') return `/agents/runs?agent=${name}`
  if (by === 'team') return `/agents/registry?team=${encodeURIComponent(name)}`
  return `/agents/runs?subject=${encodeURIComponent(name)}`
}

const versionColumn: Column<Row> = {
  key: 'version',
  title: 'Version',
  isNumber: true,
  sortBy: ({ version }) => version,
  render: ({ version }) => version,
}

const sumColumns: Column<Row>[] = [
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

/** What agents cost, by agent and version, team, or subject; the figures are the gateway's. */
export default function Cost() {
  const chosen = useDays()
  const { days } = chosen
  const [state, set] = useUrlState({ by: 'agent' })
  const by: By = state.by in groups ? (state.by as By) : 'agent'
  const cost = useQuery({
    queryKey: ['agents', 'cost', days, by],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get('/cost', { query: { days, by }, signal }),
  })
  return (
    <Page
      title="Cost"
      lead="What runs cost. Costs of models are those that the gateway metered, answers that did not come whole included."
    >
      <FilterBar>
        <DaysChoice label="Begun in the last" {...chosen} />
        <NativeSelect
          label="Sum by"
          value={by}
          onChange={(event) => set({ by: event.currentTarget.value })}
          data={Object.entries(groups).map(([value, { label }]) => ({ value, label }))}
        />
      </FilterBar>
      <Loaded of={cost} what="Adding up" lines={8}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <Panel>
              <Empty title="No run in this time">Take a longer time, or run an agent.</Empty>
            </Panel>
          ) : (
            <>
              <Sums total={total} />
              {total.costMicros === 0 ? <WhyNothing tokens={total.tokens} /> : null}
              <Panel title={`By ${groups[by].label}`} note="the dearest first" flush>
                <DataTable
                  caption={`Cost by ${groups[by].label}`}
                  columns={columnsBy(by)}
                  rows={rows}
                  keyOf={({ name, version }) => `${name} ${version}`}
                />
              </Panel>
              {by === 'subject' && rows.every(({ name }) => name === null) ? (
                <Notice title="No agent says whom its runs are about">
                  <p>
                    Give its definition a <code>subject</code>, such as{' '}
                    <code>{'subject: "${input.customerId}"'}</code>, and its runs are summed by it.
                  </p>
                </Notice>
              ) : null}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

/** Why a sum is zero, and what would make it one that says something. */
function WhyNothing({ tokens }: { tokens: number }) {
  return tokens === 0 ? (
    <Notice title="No model was asked in these runs, so they cost nothing">
      <p>
        Where no model is configured, the agents of the samples work by rules, tools and people. A step of the
        kind <em>model</em> or <em>tool loop</em> costs what the gateway meters;{' '}
        <Link to={'/models' as '/'}>Models</Link> says which models there are.
      </p>
    </Notice>
  ) : (
    <Notice title={`${formatCount(tokens)} tokens of models that have no price`}>
      <p>
        A model of this machine is free unless its entry in the table of models says what a million tokens
        come to; see <Link to={'/models' as '/'}>Models</Link>.
      </p>
    </Notice>
  )
}

function Sums({ total }: { total: Omit<Row, 'name' | 'version'> }) {
  const { runs, failed, costMicros, tokens } = total
  return (
    <Stats>
      <Stat label="Cost" value={formatCost(costMicros)} detail={`${formatCount(tokens)} tokens`} />
      <Stat label="Runs" value={formatCount(runs)} detail={`${formatCost(costMicros / runs)} each`} />
      <Stat
        label="Failed"
        value={formatCount(failed)}
        detail={formatPercent(failed / runs)}
        {...(failed > 0 ? { tone: 'warn' as const } : {})}
      />
    </Stats>
  )
}

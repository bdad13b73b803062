import { Button } from '@mantine/core'
import {
  Chip,
  DataTable,
  Empty,
  FilterBar,
  FilterText,
  Loaded,
  Page,
  Panel,
  StateMark,
  formatAgo,
  formatCount,
  formatDuration,
  formatPercent,
  useUrlState,
} from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { api } from '../api.ts'

const readAgents = () => api.get('/agents')
type Agent = Awaited<ReturnType<typeof readAgents>>['agents'][number]

/** An agent that is published, edited, or both. */
interface Row {
  name: string
  agent: Agent | null
  draftMs: number | null
  /** Its runs of the last days, trials of drafts apart. */
  recent: Recent
}

interface Recent {
  runs: number
  failed: number
  /** Of the version that had most of them. */
  medianMs: number | null
}

const recentDays = 7
const none: Recent = { runs: 0, failed: 0, medianMs: null }

/** Every agent, and which version new runs get. */
export default function AgentsOverview() {
  const [state, set] = useUrlState({ text: '' })
  const navigate = useNavigate()
  const agents = useQuery({
    queryKey: ['agents', 'list'],
    queryFn: ({ signal }) => api.get('/agents', { signal }),
  })
  const drafts = useQuery({
    queryKey: ['agents', 'drafts'],
    queryFn: ({ signal }) => api.get('/drafts', { signal }),
  })
  const costs = useQuery({
    queryKey: ['agents', 'cost', recentDays, 'agent'],
    queryFn: ({ signal }) => api.get('/cost', { query: { days: recentDays, by: 'agent' }, signal }),
  })
  const sought = state.text.toLowerCase()
  return (
    <Page
      title="Agents"
      lead="Which version new runs get, what is tried on a share of them, and how each stands."
      actions={
        <Button component={Link} to={'/agents/templates' as '/'} size="compact-md">
          New agent
        </Button>
      }
    >
      <FilterBar isFiltered={state.text !== ''} onClear={() => set({ text: '' })}>
        <FilterText
          label="Find"
          placeholder="Part of a name, or of what it does"
          value={state.text}
          onChange={(text) => set({ text })}
        />
      </FilterBar>
      <Panel title="Agents" flush>
        <Loaded of={agents} what="Reading the agents" lines={8}>
          {({ agents: published }) => {
            const rows = join(published, drafts.data?.drafts ?? [], recentOf(costs.data?.rows ?? [])).filter(
              ({ name, agent }) =>
                `${name} ${agent?.title ?? ''} ${agent?.summary ?? ''}`.toLowerCase().includes(sought),
            )
            return rows.length === 0 ? (
              <Empty
                title={sought === '' ? 'No agent yet' : 'No agent of that name'}
                action={
                  <Button component={Link} to={'/agents/templates' as '/'}>
                    Start from a template
                  </Button>
                }
              >
                A template works at once, on data that comes with it.
              </Empty>
            ) : (
              <DataTable
                caption="Agents"
                rows={rows}
                keyOf={({ name }) => name}
                onOpen={({ name }) => void navigate({ to: `/agents/studio/${name}` as '/' })}
                columns={[
                  {
                    key: 'name',
                    title: 'Name',
                    isWide: true,
                    sortBy: ({ name }) => name,
                    render: ({ name, agent }) => <WhatItDoes name={name} agent={agent} />,
                  },
                  { key: 'state', title: 'State', render: ({ agent }) => <AgentState agent={agent} /> },
                  {
                    key: 'live',
                    title: 'Live version',
                    isNumber: true,
                    render: ({ agent }) => (
                      <>
                        {agent?.canary && (
                          <Chip tone="accent">
                            {agent.canary.version} for {formatPercent(agent.canary.share)}
                          </Chip>
                        )}{' '}
                        {agent?.liveVersion ?? '–'}
                      </>
                    ),
                  },
                  {
                    key: 'runs',
                    title: `Runs, ${recentDays} days`,
                    isNumber: true,
                    sortBy: ({ recent }) => recent.runs,
                    render: ({ name, agent, recent }) =>
                      agent === null ? (
                        '–'
                      ) : (
                        <Link to={`/agents/runs?agent=${name}` as '/'}>{formatCount(recent.runs)}</Link>
                      ),
                  },
                  {
                    key: 'failed',
                    title: 'Failed',
                    isNumber: true,
                    isSecondary: true,
                    sortBy: ({ recent }) => recent.failed,
                    render: ({ recent: { failed, runs } }) =>
                      failed === 0 ? '0' : `${formatCount(failed)} (${formatPercent(failed / runs)})`,
                  },
                  {
                    key: 'median',
                    title: 'Half within',
                    isNumber: true,
                    isSecondary: true,
                    sortBy: ({ recent }) => recent.medianMs,
                    render: ({ recent: { medianMs } }) =>
                      medianMs === null ? '–' : formatDuration(medianMs),
                  },
                  {
                    key: 'changed',
                    title: 'Changed',
                    sortBy: changedMs,
                    render: (row) => formatAgo(changedMs(row), Date.now()),
                  },
                ]}
              />
            )
          }}
        </Loaded>
      </Panel>
    </Page>
  )
}

function WhatItDoes({ name, agent }: { name: string; agent: Agent | null }) {
  return (
    <>
      <div className="hl-cut">
        <strong>{agent?.title ?? name}</strong>{' '}
        {agent?.title && <span className="hl-fine hl-code">{name}</span>}
      </div>
      {agent?.summary && (
        <div className="hl-fine hl-cut" title={agent.summary}>
          {agent.summary}
        </div>
      )}
    </>
  )
}

function AgentState({ agent }: { agent: Agent | null }) {
  if (agent === null || agent.liveVersion === null) return <StateMark state="idle">Draft</StateMark>
  if (agent.pausedBecause !== null)
    return (
      <span title={agent.pausedBecause}>
        <StateMark state="warn">Paused</StateMark>
      </span>
    )
  return <StateMark state="good">Live</StateMark>
}

const changedMs = ({ agent, draftMs }: Row): number => Math.max(agent?.changedMs ?? 0, draftMs ?? 0)

/** Sums over the versions of each agent. */
function recentOf(rows: readonly (Recent & { name: string | null })[]): ReadonlyMap<string, Recent> {
  const sums = new Map<string, Recent & { most: number }>()
  for (const { name, runs, failed, medianMs } of rows) {
    if (name === null) continue
    const sum = sums.get(name) ?? { ...none, most: 0 }
    sums.set(name, {
      runs: sum.runs + runs,
      failed: sum.failed + failed,
      medianMs: runs > sum.most ? medianMs : sum.medianMs,
      most: Math.max(runs, sum.most),
    })
  }
  return sums
}

function join(
  agents: readonly Agent[],
  drafts: readonly { name: string; changedMs: number }[],
  recents: ReadonlyMap<string, Recent>,
): Row[] {
  // Trials of drafts are no agents of anybody.
  const lasting = agents.filter(({ name }) => !name.startsWith('try-'))
  const rows = new Map<string, Row>()
  for (const agent of lasting)
    rows.set(agent.name, { name: agent.name, agent, draftMs: null, recent: recents.get(agent.name) ?? none })
  for (const { name, changedMs: draftMs } of drafts) {
    const agent = rows.get(name)?.agent ?? null
    rows.set(name, { name, agent, draftMs, recent: recents.get(name) ?? none })
  }
  return [...rows.values()].toSorted((a, b) => changedMs(b) - changedMs(a))
}

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
}

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
          placeholder="Part of a name"
          value={state.text}
          onChange={(text) => set({ text })}
        />
      </FilterBar>
      <Panel title="Agents" flush>
        <Loaded of={agents} what="Reading the agents" lines={8}>
          {({ agents: published }) => {
            const rows = join(published, drafts.data?.drafts ?? []).filter(({ name }) =>
              name.includes(sought),
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
                    render: ({ name }) => name,
                  },
                  { key: 'state', title: 'State', render: ({ agent }) => <AgentState agent={agent} /> },
                  {
                    key: 'live',
                    title: 'Live version',
                    isNumber: true,
                    render: ({ agent }) => agent?.liveVersion ?? '–',
                  },
                  {
                    key: 'canary',
                    title: 'Canary',
                    isSecondary: true,
                    render: ({ agent }) =>
                      agent?.canary ? (
                        <Chip tone="accent">
                          {agent.canary.version} for {Math.round(agent.canary.share * 100)} %
                        </Chip>
                      ) : (
                        '–'
                      ),
                  },
                  {
                    key: 'runs',
                    title: 'Runs',
                    isSecondary: true,
                    render: ({ name, agent }) =>
                      agent === null ? (
                        '–'
                      ) : (
                        <Link to={`/agents/runs?agent=${name}` as '/'}>See its runs</Link>
                      ),
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

function join(agents: readonly Agent[], drafts: readonly { name: string; changedMs: number }[]): Row[] {
  // Trials of drafts are no agents of anybody.
  const lasting = agents.filter(({ name }) => !name.startsWith('try-'))
  const rows = new Map<string, Row>(
    lasting.map((agent) => [agent.name, { name: agent.name, agent, draftMs: null }]),
  )
  for (const { name, changedMs: draftMs } of drafts)
    rows.set(name, { name, agent: rows.get(name)?.agent ?? null, draftMs })
  return [...rows.values()].toSorted((a, b) => changedMs(b) - changedMs(a))
}

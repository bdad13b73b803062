import { NativeSelect } from '@mantine/core'
import {
  Chip,
  DataTable,
  Empty,
  FilterBar,
  FilterText,
  Loaded,
  Notice,
  Page,
  Panel,
  formatCount,
  useUrlState,
} from '@heavylift/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { api } from '../api.ts'
import { AgentStateMark } from './agent-state.tsx'
import type { Narrowed } from './stop-dialog.tsx'
import { measureWords } from './measure-words.ts'
import { StopButton, StopNotice } from './stop-dialog.tsx'

const facets = [
  { key: 'state', label: 'State' },
  { key: 'team', label: 'Team' },
  { key: 'owner', label: 'Owner' },
  { key: 'tool', label: 'Tool' },
  { key: 'data', label: 'Data' },
  { key: 'model', label: 'Model' },
] as const
const blank = { text: '', state: '', team: '', owner: '', tool: '', data: '', model: '' }
const pageSize = 50
const mostTold = 8

/** Every agent there is: found before another one is built, with who answers for it. */
export default function Registry() {
  const [state, set] = useUrlState(blank)
  const navigate = useNavigate()
  const { text, ...chosen } = state
  const narrow: Narrowed = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''))
  const found = useQuery({
    queryKey: ['agents', 'registry', state],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get('/registry', { query: { text, limit: pageSize, ...narrow }, signal }),
  })
  const duties = useQuery({
    queryKey: ['agents', 'duties'],
    queryFn: ({ signal }) => api.get('/registry/duties', { signal }),
  })
  const stops = useQuery({
    queryKey: ['agents', 'stops'],
    queryFn: ({ signal }) => api.get('/stops', { query: {}, signal }),
  })
  const isFiltered = Object.values(state).some((value) => value !== '')
  const total = found.data?.total ?? 0
  return (
    <Page
      title="Registry"
      lead="Look for an agent before you build one: by what it does, its tools, data, team or owner."
      actions={
        isFiltered && total > 0 ? (
          <StopButton
            what={total === 1 ? 'the one found' : `all ${formatCount(total)} found`}
            body={{ query: { text, ...narrow } }}
          />
        ) : null
      }
    >
      {stops.data?.stops.map((stop) => (
        <StopNotice key={stop.id} stop={stop} />
      ))}
      <DutyNotice
        title="Worse than before"
        of={(duties.data?.drifted ?? []).map(({ agent, measure }) => [
          agent,
          measureWords[measure].worse.toLowerCase(),
        ])}
      />
      <DutyNotice
        title="To be taken over"
        of={(duties.data?.handovers ?? []).map(({ agent, from, to }) => [
          agent,
          `${from} is gone, ${to} is asked`,
        ])}
      />
      <DutyNotice
        title="To be looked at again"
        of={(duties.data?.overdue ?? []).map(({ agent, reviewOn }) => [agent, `by ${reviewOn}`])}
      />
      <FilterBar isFiltered={isFiltered} onClear={() => set(blank)}>
        <FilterText
          label="Find"
          placeholder="What it does, a tool, a person"
          value={text}
          onChange={(next) => set({ text: next })}
        />
        {facets.map(({ key, label }) => {
          const values = found.data?.facets[key] ?? []
          const value = state[key]
          if (values.length === 0 && value === '') return null
          return (
            <NativeSelect
              key={key}
              label={label}
              value={value}
              onChange={(event) => set({ [key]: event.currentTarget.value })}
              data={[
                { value: '', label: 'any' },
                ...(value !== '' && !values.some((each) => each.value === value)
                  ? [{ value, label: value }]
                  : []),
                ...values.map(({ value: each, count }) => ({
                  value: each,
                  label: `${each} (${formatCount(count)})`,
                })),
              ]}
            />
          )
        })}
      </FilterBar>
      <Panel
        title="Agents"
        note={
          total > pageSize ? `the first ${pageSize} of ${formatCount(total)}` : `${formatCount(total)} found`
        }
        flush
      >
        <Loaded of={found} what="Looking for agents" lines={8}>
          {({ agents }) =>
            agents.length === 0 ? (
              <Empty title="No agent does that yet">
                Say it in other words, or build one from a template.
              </Empty>
            ) : (
              <DataTable
                caption="Agents"
                rows={agents}
                keyOf={({ name }) => name}
                onOpen={({ name }) => void navigate({ to: `/agents/registry/${name}` as '/' })}
                columns={[
                  {
                    key: 'title',
                    title: 'Agent',
                    isWide: true,
                    render: ({ title, summary }) => (
                      <span title={summary}>
                        <b>{title}</b> {summary}
                      </span>
                    ),
                  },
                  {
                    key: 'state',
                    title: 'State',
                    width: '120px',
                    render: (agent) => <AgentStateMark state={agent.state} because={agent.because} />,
                  },
                  {
                    key: 'team',
                    title: 'Team',
                    isSecondary: true,
                    width: '140px',
                    render: ({ team }) => team ?? '–',
                  },
                  {
                    key: 'owner',
                    title: 'Owner',
                    isSecondary: true,
                    width: '150px',
                    render: ({ owner }) => owner ?? '–',
                  },
                  {
                    key: 'tools',
                    title: 'Tools',
                    isNumber: true,
                    isSecondary: true,
                    width: '80px',
                    render: ({ edges }) => edges.filter(({ kind }) => kind === 'tool').length,
                  },
                  {
                    key: 'instead',
                    title: 'Instead',
                    isSecondary: true,
                    width: '140px',
                    render: ({ successor }) => (successor === null ? '–' : <Chip>{successor}</Chip>),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  )
}

/** Agents that somebody has to see to, each with why. */
function DutyNotice({
  title,
  of,
}: {
  title: string
  of: readonly (readonly [agent: string, why: string])[]
}) {
  if (of.length === 0) return null
  return (
    <Notice tone="warn" title={title}>
      <p>
        {of.slice(0, mostTold).map(([agent, why], at) => (
          <span key={`${agent} ${why}`}>
            {at > 0 ? ', ' : ''}
            <Link to={`/agents/registry/${agent}` as '/'}>{agent}</Link> ({why})
          </span>
        ))}
        {of.length > mostTold ? ` and ${formatCount(of.length - mostTold)} more` : ''}
      </p>
    </Notice>
  )
}

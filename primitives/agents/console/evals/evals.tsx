import { Button, NativeSelect, TextInput } from '@mantine/core'
import {
  Bar,
  DataTable,
  Empty,
  ErrorState,
  FilterBar,
  Loaded,
  Notice,
  Page,
  Panel,
  StateMark,
  formatAgo,
  formatCount,
  useUrlState,
} from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { changeWords, evaluationStates } from './words.ts'

const readEvaluations = () => api.get('/evaluations', { query: {} })
type Evaluation = Awaited<ReturnType<typeof readEvaluations>>['evaluations'][number]
const readCases = () => api.get('/cases')
type Counted = Awaited<ReturnType<typeof readCases>>['agents'][number]

const columns: Column<Evaluation>[] = [
  {
    key: 'agent',
    title: 'Agent',
    isWide: true,
    sortBy: ({ agent }) => agent,
    render: ({ agent, version }) => `${agent}, version ${version}`,
  },
  {
    key: 'state',
    title: 'Came out',
    render: ({ state }) => (
      <StateMark state={evaluationStates[state].mark}>{evaluationStates[state].word}</StateMark>
    ),
  },
  {
    key: 'passed',
    title: 'Cases that pass',
    sortBy: ({ passed, cases }) => passed / cases,
    render: ({ passed, failed, cases }) => (
      <span className="hl-row">
        <Bar share={passed / cases} tone={failed > 0 ? 'warn' : 'good'} />
        <span>
          {passed} of {cases}
        </span>
      </span>
    ),
  },
  {
    key: 'change',
    title: 'What was tried',
    isSecondary: true,
    render: ({ change, brokenByChange }) =>
      change === null
        ? 'the version as it is'
        : `${changeWords(change)}${brokenByChange > 0 ? `: breaks ${formatCount(brokenByChange)}` : ''}`,
  },
  {
    key: 'made',
    title: 'Begun',
    isSecondary: true,
    sortBy: ({ madeMs }) => madeMs,
    render: ({ madeMs }) => formatAgo(madeMs, Date.now()),
  },
]

/** What came of playing the cases of agents, and what a change would break. */
export default function Evals() {
  const [state, set] = useUrlState({ agent: '', fleet: '' })
  const navigate = useNavigate()
  const counted = useQuery({
    queryKey: ['agents', 'cases'],
    queryFn: ({ signal }) => api.get('/cases', { signal }),
  })
  const evaluations = useQuery({
    queryKey: ['agents', 'evaluations', state.agent, state.fleet],
    queryFn: ({ signal }) =>
      api.get('/evaluations', {
        query: {
          limit: 200,
          ...(state.agent === '' ? {} : { agent: state.agent }),
          ...(state.fleet === '' ? {} : { fleet: state.fleet }),
        },
        signal,
      }),
    refetchInterval: ({ state: { data } }) =>
      data?.evaluations.some((each) => each.state === 'playing') ? 1_000 : false,
  })
  return (
    <Page
      title="Evals"
      lead="Cases are runs that went well. They are played again on a new version, and before a tool or a model changes; nothing outside is touched by that."
    >
      <Loaded of={counted} what="Reading cases" lines={4}>
        {({ agents }) =>
          agents.length === 0 ? (
            <Panel>
              <Empty title="No agent has cases yet">
                Open a run that went well and choose “Save as case”. From then on no version goes live that
                does not pass it.
              </Empty>
            </Panel>
          ) : (
            <>
              <Play agents={agents} />
              <TryChange onBegun={(fleet) => set({ fleet, agent: '' })} />
            </>
          )
        }
      </Loaded>
      <FilterBar
        isFiltered={state.agent !== '' || state.fleet !== ''}
        onClear={() => set({ agent: '', fleet: '' })}
      >
        <NativeSelect
          label="Agent"
          value={state.agent}
          onChange={(event) => set({ agent: event.currentTarget.value })}
          data={[
            { value: '', label: 'all' },
            ...(counted.data?.agents ?? []).map(({ agent }) => ({ value: agent, label: agent })),
          ]}
        />
      </FilterBar>
      <Panel
        title="Evaluations"
        note={state.fleet === '' ? 'the newest first' : 'of the change that was tried'}
        flush
      >
        <Loaded of={evaluations} what="Reading evaluations" lines={6}>
          {({ evaluations: rows }) =>
            rows.length === 0 ? (
              <Empty title="Nothing was played yet">Choose an agent above and play its cases.</Empty>
            ) : (
              <DataTable
                caption="Evaluations"
                columns={columns}
                rows={rows}
                keyOf={({ evaluationId }) => evaluationId}
                onOpen={({ evaluationId }) => void navigate({ to: `/agents/evals/${evaluationId}` as '/' })}
              />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  )
}

/** Agents with cases, each with a button that plays them on its live version. */
function Play({ agents }: { agents: Counted[] }) {
  const client = useQueryClient()
  const play = useMutation({
    mutationFn: ({ agent, liveVersion }: Counted) =>
      api.post('/agents/:name/evaluations', { params: { name: agent }, body: { version: liveVersion ?? 1 } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['agents', 'evaluations'] }),
  })
  return (
    <Panel title="Cases" note="by agent" flush>
      {play.isError ? <ErrorState error={play.error} /> : null}
      <DataTable
        caption="Agents with cases"
        urlName="cases"
        columns={[
          {
            key: 'agent',
            title: 'Agent',
            isWide: true,
            sortBy: ({ agent }) => agent,
            render: ({ agent }) => <Link to={`/agents/studio/${agent}` as '/'}>{agent}</Link>,
          },
          {
            key: 'cases',
            title: 'Cases',
            isNumber: true,
            sortBy: ({ cases }) => cases,
            render: ({ cases }) => formatCount(cases),
          },
          {
            key: 'play',
            title: 'Play',
            render: (row) =>
              row.liveVersion === null ? (
                'not live'
              ) : (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`On version ${row.liveVersion}: play the cases of ${row.agent}`}
                  loading={play.isPending && play.variables.agent === row.agent}
                  onClick={() => play.mutate(row)}
                >
                  On version {row.liveVersion}
                </Button>
              ),
          },
        ]}
        rows={agents}
        keyOf={({ agent }) => agent}
      />
    </Panel>
  )
}

/** Asks which agents a change of a tool or a model would break. */
function TryChange({ onBegun }: { onBegun: (fleetId: string) => void }) {
  const [kind, setKind] = useState<'model' | 'tool'>('model')
  const [what, setWhat] = useState('default')
  const [instead, setInstead] = useState('')
  const begin = useMutation({
    mutationFn: () =>
      api.post('/fleet-evaluations', {
        body:
          kind === 'model'
            ? { model: { route: what, with: instead } }
            : { tool: { from: what, tool: instead } },
      }),
    onSuccess: ({ fleetId }) => onBegun(fleetId),
  })
  return (
    <Panel title="What would a change break?" note="plays the cases of every live agent that it could reach">
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          begin.mutate()
        }}
      >
        <div className="hl-row">
          <NativeSelect
            label="Change of"
            value={kind}
            onChange={(event) => {
              setKind(event.currentTarget.value === 'tool' ? 'tool' : 'model')
              setWhat(event.currentTarget.value === 'tool' ? '' : 'default')
              setInstead('')
            }}
            data={[
              { value: 'model', label: 'a model' },
              { value: 'tool', label: 'a tool' },
            ]}
          />
          <TextInput
            label={kind === 'model' ? 'Route that steps name' : 'Source'}
            placeholder={kind === 'model' ? 'default' : 'openapi:petstore'}
            value={what}
            onChange={(event) => setWhat(event.currentTarget.value)}
          />
          <TextInput
            label={kind === 'model' ? 'Route that is tried instead' : 'Tool, as it is now'}
            placeholder={kind === 'model' ? 'candidate' : 'getPet'}
            value={instead}
            onChange={(event) => setInstead(event.currentTarget.value)}
          />
        </div>
        {begin.isError ? <ErrorState error={begin.error} /> : null}
        {begin.isSuccess ? (
          <Notice tone="good" title={`Tried on ${formatCount(begin.data.agents)} agents`}>
            <p>Below is what came of each; “breaks” counts cases that pass without the change.</p>
          </Notice>
        ) : null}
        <div className="hl-row">
          <Button
            type="submit"
            variant="default"
            disabled={what.trim() === '' || instead.trim() === ''}
            loading={begin.isPending}
          >
            Try it on the cases
          </Button>
        </div>
      </form>
    </Panel>
  )
}

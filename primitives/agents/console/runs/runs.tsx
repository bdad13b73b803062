import { NativeSelect } from '@mantine/core'
import {
  DataTable,
  Empty,
  FilterBar,
  FilterText,
  LoadedPages,
  Page,
  Panel,
  StateMark,
  formatAgo,
  formatCost,
  formatCount,
  formatDuration,
  useUrlState,
} from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { RunState } from '../../src/run/entry.ts'
import { api } from '../api.ts'
import { runStates, startedBy } from '../words.ts'
import type { RunAnswer } from './use-run.ts'

type RunRow = RunAnswer['run']
const pageSize = 50
const blank = { text: '', agent: '', subject: '', state: '' }

/** Of the address, which people may have typed. */
const stateOf = (text: string): RunState | undefined =>
  Object.hasOwn(runStates, text) ? (text as RunState) : undefined

const columns: Column<RunRow>[] = [
  {
    key: 'state',
    title: 'State',
    width: '112px',
    render: ({ state }) => <StateMark state={runStates[state].mark}>{runStates[state].word}</StateMark>,
  },
  { key: 'agent', title: 'Agent', isWide: true, render: ({ agent }) => agent },
  {
    key: 'what',
    title: 'What went wrong',
    isSecondary: true,
    render: ({ error }) => (error ? <span title={error.message}>{error.message}</span> : ''),
  },
  { key: 'version', title: 'Version', isNumber: true, isSecondary: true, render: ({ version }) => version },
  {
    key: 'by',
    title: 'Started',
    isSecondary: true,
    render: ({ trigger }) => startedBy[trigger.kind] ?? trigger.kind,
  },
  { key: 'when', title: 'When', render: ({ createdMs }) => formatAgo(createdMs, Date.now()) },
  {
    key: 'took',
    title: 'Took',
    isNumber: true,
    isSecondary: true,
    sortBy: ({ startedMs, endedMs }) => (startedMs === null || endedMs === null ? null : endedMs - startedMs),
    render: ({ startedMs, endedMs }) =>
      startedMs === null || endedMs === null ? '–' : formatDuration(Math.max(1, endedMs - startedMs)),
  },
  {
    key: 'tokens',
    title: 'Tokens',
    isNumber: true,
    isSecondary: true,
    render: ({ tokens }) => formatCount(tokens),
  },
  {
    key: 'cost',
    title: 'Cost',
    isNumber: true,
    isSecondary: true,
    render: ({ costMicros }) => formatCost(costMicros),
  },
]

/** Every run, newest first. */
export default function Runs() {
  const [state, set] = useUrlState(blank)
  const navigate = useNavigate()
  const agents = useQuery({
    queryKey: ['agents', 'list'],
    queryFn: ({ signal }) => api.get('/agents', { signal }),
  })
  const query = {
    ...(state.agent === '' ? {} : { agent: state.agent }),
    ...(state.subject === '' ? {} : { subject: state.subject }),
    ...(stateOf(state.state) === undefined ? {} : { state: stateOf(state.state)! }),
  }
  const runs = useInfiniteQuery({
    queryKey: ['agents', 'runs', query],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    refetchInterval: 3_000,
    queryFn: ({ signal, pageParam }) =>
      api.get('/runs', {
        query: { ...query, limit: pageSize, ...(pageParam === '' ? {} : { before: pageParam }) },
        signal,
      }),
    getNextPageParam: ({ runs: rows }) => (rows.length < pageSize ? null : (rows.at(-1)?.runId ?? null)),
  })
  const sought = state.text.toLowerCase()
  const fits = (run: RunRow) =>
    sought === '' ||
    `${run.runId} ${run.agent} ${run.error?.message ?? ''} ${run.error?.code ?? ''}`
      .toLowerCase()
      .includes(sought)
  const isFiltered = Object.values(state).some((value) => value !== '')
  return (
    <Page title="Runs" lead="Each with its steps as a graph, live. End states never change.">
      <FilterBar isFiltered={isFiltered} onClear={() => set(blank)}>
        <FilterText
          label="Find"
          placeholder="Part of an id, agent or error among those loaded"
          value={state.text}
          onChange={(text) => set({ text })}
        />
        <NativeSelect
          label="Agent"
          value={state.agent}
          onChange={(event) => set({ agent: event.currentTarget.value })}
          data={[
            { value: '', label: 'Any' },
            ...(agents.data?.agents ?? []).map(({ name }) => ({ value: name, label: name })),
          ]}
        />
        <NativeSelect
          label="State"
          value={state.state}
          onChange={(event) => set({ state: event.currentTarget.value })}
          data={[
            { value: '', label: 'Any' },
            ...Object.entries(runStates).map(([value, { word }]) => ({ value, label: word })),
          ]}
        />
      </FilterBar>
      <Panel title="Runs" note="newest first" flush>
        <LoadedPages
          of={runs}
          rows={({ runs: rows }) => rows.filter(fits)}
          what="Reading runs"
          more={`Show ${pageSize} more`}
          empty={
            <Empty title={isFiltered ? 'No run fits' : 'No run yet'}>
              {isFiltered ? (
                'Take a filter away, or load more.'
              ) : (
                <>
                  Publish an agent and run it:{' '}
                  <Link to={'/agents/templates' as '/'}>start from a template</Link>.
                </>
              )}
            </Empty>
          }
        >
          {(rows) => (
            <DataTable
              caption="Runs"
              columns={columns}
              rows={rows}
              keyOf={({ runId }) => runId}
              onOpen={({ runId }) => void navigate({ to: `/agents/runs/${runId}` as '/' })}
            />
          )}
        </LoadedPages>
      </Panel>
    </Page>
  )
}

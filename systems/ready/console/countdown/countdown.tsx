import {
  ActionButton,
  Chip,
  DataTable,
  Loaded,
  Notice,
  Page,
  Panel,
  Stat,
  Stats,
  formatNumber,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../api.ts'
import { Fan } from '../forecast/fan.tsx'
import type { FanData, PeakDay } from '../forecast/fan.tsx'
import { LastGameDay } from '../game-days/last-game-day.tsx'
import { evidenceColumns as columns } from './evidence-columns.tsx'
import { HeadroomTable } from './headroom-table.tsx'

const keys = {
  countdown: ['ready', 'countdown'],
  limits: ['ready', 'limits'],
  runs: ['ready', 'load', 'runs'],
}

/** The next sale with its peak a minute, as the chart is. */
function peakDayOf(fan: FanData, demand: { median: number; plan95: number }): PeakDay | undefined {
  const sale = fan.events.at(-1)
  return sale === undefined ? undefined : { ...sale, median: 60 * demand.median, plan95: 60 * demand.plan95 }
}

/** What is coming, whether it can be borne, and what is known of each step towards it. */
export default function Countdown() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const sample = useQuery({
    queryKey: ['ready', 'forecast', 'sample'],
    queryFn: ({ signal }) => api.get('/forecast/sample', { signal }),
  })
  const limits = useQuery({
    queryKey: keys.limits,
    queryFn: ({ signal }) => api.get('/limits', { signal }),
    refetchInterval: (query) => (query.state.data?.search?.state === 'running' ? 1000 : 15_000),
  })
  const runs = useQuery({
    queryKey: keys.runs,
    queryFn: ({ signal }) => api.get('/load/runs', { signal }),
    refetchInterval: (query) => (query.state.data?.runs[0]?.state === 'running' ? 1000 : 15_000),
  })
  const run = runs.data?.runs[0]
  const search = limits.data?.search ?? null
  const isLoading = run?.state === 'running'
  const isSearching = search?.state === 'running'
  const countdown = useQuery({
    queryKey: [...keys.countdown, run?.state, search?.found.length],
    queryFn: ({ signal }) => api.get('/countdown', { signal }),
    placeholderData: (before) => before,
  })
  const settled = () => client.invalidateQueries({ queryKey: ['ready'] })
  const load = useMutation({
    mutationFn: async () => {
      const { scenario } = await api.get('/load/sample')
      return api.post('/load/runs', { body: { scenario } })
    },
    onSettled: settled,
  })
  const find = useMutation({ mutationFn: () => api.post('/limits', { body: {} }), onSettled: settled })
  const stop = useMutation({
    mutationFn: async () => {
      if (isSearching) await api.post('/limits/stop', {})
      if (isLoading) await api.post('/load/runs/:id/stop', { params: { id: run.id } })
    },
    onSettled: settled,
  })
  const problem = load.error ?? find.error ?? stop.error
  return (
    <Page
      title="Countdown"
      lead="The days to the peak: what is forecast, what the demo shop bears, and what was tried."
      actions={
        isLoading || isSearching ? (
          <ActionButton label="Stop at once" shortcut="x" color="red" onAct={() => stop.mutate()} />
        ) : (
          <>
            <ActionButton
              label="Load the demo shop"
              shortcut="s"
              disabled={load.isPending}
              onAct={() => load.mutate()}
            />
            <ActionButton
              label="Find its limits"
              shortcut="l"
              disabled={find.isPending}
              onAct={() => find.mutate()}
            />
          </>
        )
      }
    >
      {problem && <Notice tone="bad">{problem.message}</Notice>}
      {isSearching && (
        <Notice>{`Searching for limits, ${Math.round((100 * search.done) / search.total)} %: ${search.stage}`}</Notice>
      )}
      {isLoading && (
        <Notice>{`Loading: ${formatNumber(run.report.sent)} of ${formatNumber(run.report.planned)} requests sent, 99 % within ${formatNumber(run.report.latencyMs.p99)} ms.`}</Notice>
      )}
      {search?.problem && <Notice tone="bad">{search.problem}</Notice>}
      <Loaded of={countdown} what="Loading the countdown">
        {(data) => (
          <>
            <Stats>
              <Stat label={`Days to ${data.peakDay}`} value={String(data.daysLeft)} />
              <Stat
                label="Peak of the next sale, half of days below"
                value={formatNumber(Math.round(data.demand.median))}
                unit="requests/s"
              />
              <Stat
                label="Plan for 95 % of such days"
                value={formatNumber(Math.round(data.demand.plan95))}
                unit="requests/s"
              />
            </Stats>
            <Panel title="Forecast" note="sample: requests a minute of a made shop">
              <Loaded of={sample} what="Loading the forecast">
                {(fan) => <Fan fan={fan} day={peakDayOf(fan, data.demand)} />}
              </Loaded>
            </Panel>
            <Panel title="Go or no-go" note="by area">
              <ul className="hl-stack" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
                {data.areas.map(({ name, state, why }) => (
                  <li key={name}>
                    <Chip tone={state === 'go' ? 'good' : state === 'no-go' ? 'bad' : 'warn'}>{state}</Chip>{' '}
                    <strong>{name}</strong> {why}
                  </li>
                ))}
              </ul>
            </Panel>
            <Panel
              title="Headroom on the day"
              note="limit of each part of the demo shop by its share of the plan"
            >
              <HeadroomTable headroom={data.headroom} />
            </Panel>
            <LastGameDay />
            <Panel title="The loop" note="what was said and what came, from the ledger">
              <DataTable
                caption="Evidence of each step"
                rows={data.evidence}
                columns={columns}
                keyOf={({ decisionId }) => decisionId}
                onOpen={({ decisionId }) => void navigate({ to: `/ledger/decisions/${decisionId}` as '/' })}
              />
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  )
}

import { Group } from '@mantine/core'
import {
  ActionButton,
  Chip,
  Empty,
  Loaded,
  Notice,
  Page,
  Panel,
  Stat,
  Stats,
  formatNumber,
  formatPercent,
  formatTime,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'
import { ProbeChart } from './probe-chart.tsx'

const limitsKey = ['ready', 'limits']

/** The highest rate at which each part of a service keeps its objective: what was predicted, and every probe of the search. */
export default function Limits() {
  const client = useQueryClient()
  const limits = useQuery({
    queryKey: limitsKey,
    queryFn: ({ signal }) => api.get('/limits', { signal }),
    refetchInterval: (query) => (query.state.data?.search?.state === 'running' ? 1000 : 15_000),
  })
  const reload = () => client.invalidateQueries({ queryKey: limitsKey })
  const starting = useMutation({ mutationFn: () => api.post('/limits', { body: {} }), onSettled: reload })
  const stopping = useMutation({ mutationFn: () => api.post('/limits/stop', {}), onSettled: reload })
  const isRunning = limits.data?.search?.state === 'running'
  return (
    <Page
      title="Limits"
      lead="Short trains of requests and little load tell where a service gives out; then a search finds the highest rate inside its objective."
      actions={
        isRunning ? (
          <ActionButton label="Stop the search" shortcut="x" color="red" onAct={() => stopping.mutate()} />
        ) : (
          <ActionButton
            label="Find the limits of the demo shop"
            shortcut="s"
            disabled={starting.isPending}
            onAct={() => starting.mutate()}
          />
        )
      }
    >
      {starting.error && <Notice tone="bad">{starting.error.message}</Notice>}
      {stopping.error && <Notice tone="bad">{stopping.error.message}</Notice>}
      <Loaded of={limits} what="Loading the search">
        {({ search }) => {
          if (search === null)
            return (
              <Empty title="No search yet">
                Start it: it loads the demo service that comes with Ready for some minutes.
              </Empty>
            )
          return (
            <>
              {search.state === 'running' && (
                <Notice>{`${Math.round((100 * search.done) / search.total)} %: ${search.stage}`}</Notice>
              )}
              {search.isSample && (
                <Notice>
                  A recorded sample, measured elsewhere. Start a search: it loads the demo service that comes
                  with Ready for some minutes. For a service of your own start it below its scenario, on the
                  page of load.
                </Notice>
              )}
              {search.cutOffAtMs !== null && (
                <Notice tone="bad">
                  {`Cut off at ${formatTime(search.cutOffAtMs)}, when the server ended. Below is what was found until then; start the search again for the rest.`}
                </Notice>
              )}
              {search.problem && <Notice tone="bad">{search.problem}</Notice>}
              {search.found.map(({ name, limit, objective }) => (
                <Panel
                  key={name}
                  title={name}
                  note={`${search.scenario}; 99 % within ${formatNumber(objective.p99Ms)} ms, at most ${formatPercent(objective.errorRate)} failed`}
                >
                  {!limit.isReliable && (
                    <Notice tone="bad">
                      The generator could not keep its plan, so this is no limit of the target. Try again when
                      the machine has time.
                    </Notice>
                  )}
                  <Stats>
                    <Stat
                      label="Limit that was found"
                      value={formatNumber(Math.round(limit.ratePerSecond))}
                      unit="requests/s"
                    />
                    <Stat
                      label="Predicted before"
                      value={formatNumber(Math.round(limit.predicted.ratePerSecond))}
                      unit="requests/s"
                    />
                    <Stat
                      label="Comes out at most"
                      value={formatNumber(Math.round(limit.predicted.capacityPerSecond))}
                      unit="requests/s"
                    />
                    <Stat
                      label="Done at once, about"
                      value={formatNumber(limit.predicted.workers)}
                      unit="requests"
                    />
                  </Stats>
                  <Group gap="xs" my="md" wrap="nowrap" align="baseline">
                    <Chip>{limit.saturated.what}</Chip>
                    <span>{limit.saturated.evidence}</span>
                  </Group>
                  <ProbeChart
                    probes={limit.probes}
                    limit={limit.ratePerSecond}
                    predicted={limit.predicted.ratePerSecond}
                    p99Ms={objective.p99Ms}
                  />
                </Panel>
              ))}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

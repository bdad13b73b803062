import { Group, Textarea } from '@mantine/core'
import {
  ActionButton,
  Chip,
  Loaded,
  Notice,
  Page,
  Panel,
  Stat,
  Stats,
  formatCount,
  formatDuration,
  formatNumber,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { ImportButton } from './import-button.tsx'
import { HeatMap } from './heat-map.tsx'
import { RateChart } from './rate-chart.tsx'

const runsKey = ['ready', 'load', 'runs']

/** One load run, as it goes: what was planned, what was sent, how long answers took, and a button that stops it. */
export default function Load() {
  const client = useQueryClient()
  const [text, setText] = useState<string | null>(null)
  const sample = useQuery({
    queryKey: ['ready', 'load', 'sample'],
    queryFn: ({ signal }) => api.get('/load/sample', { signal }),
  })
  const runs = useQuery({
    queryKey: runsKey,
    queryFn: ({ signal }) => api.get('/load/runs', { signal }),
    refetchInterval: (query) => (query.state.data?.runs[0]?.state === 'running' ? 1000 : 10_000),
  })
  const reload = () => client.invalidateQueries({ queryKey: runsKey })
  const scenario = text ?? sample.data?.scenario ?? ''
  const starting = useMutation({
    mutationFn: () => api.post('/load/runs', { body: { scenario } }),
    onSettled: reload,
  })
  const stopping = useMutation({
    mutationFn: (id: string) => api.post('/load/runs/:id/stop', { params: { id } }),
    onSettled: reload,
  })
  const latest = runs.data?.runs[0]
  const isRunning = latest?.state === 'running'
  return (
    <Page
      title="Load"
      lead="Requests are sent when they are planned, whether answers come or not; latency runs from then. Only this machine is loaded, or a host that has consented."
      actions={
        isRunning ? (
          <ActionButton
            label="Stop the run"
            shortcut="x"
            color="red"
            onAct={() => stopping.mutate(latest.id)}
          />
        ) : (
          <ActionButton
            label="Start the run"
            shortcut="s"
            disabled={scenario === '' || starting.isPending}
            onAct={() => starting.mutate()}
          />
        )
      }
    >
      {starting.error && <Notice tone="bad">{starting.error.message}</Notice>}
      <Loaded of={runs} what="Loading runs">
        {({ runs: all }) => {
          const run = all[0]
          if (run === undefined) return null
          const { report } = run
          return (
            <Panel
              title={run.name}
              note={`${run.target}, ${run.state}${run.state === 'running' ? '' : `, ${formatDuration(report.durationMs)}`}${run.isSample ? ', recorded sample: start a run of your own' : ''}`}
            >
              <Stats>
                <Stat label="Planned" value={formatCount(report.planned)} unit="requests" />
                <Stat label="Sent" value={formatCount(report.sent)} unit="requests" />
                <Stat label="Latency, half below" value={formatNumber(report.latencyMs.p50)} unit="ms" />
                <Stat label="99 % below" value={formatNumber(report.latencyMs.p99)} unit="ms" />
                <Stat
                  label="Failed"
                  value={formatCount(report.failed)}
                  unit={`of ${formatCount(report.ok + report.failed)}`}
                  {...(report.failed > 0 ? { tone: 'bad' as const } : {})}
                />
                <Stat label="Generator late, 99 % below" value={formatNumber(report.lagP99Ms)} unit="ms" />
              </Stats>
              <Group gap="xs" my="sm">
                <Chip tone={report.isValid ? 'good' : 'bad'}>{report.isValid ? 'valid' : 'not valid'}</Chip>
                {report.thresholds.map(({ metric, atMost, value, isMet }) => (
                  <Chip key={metric} tone={isMet ? 'good' : 'bad'}>
                    {`${metric} ${formatNumber(value)} ${isMet ? '≤' : '>'} ${formatNumber(atMost)}`}
                  </Chip>
                ))}
              </Group>
              {[run.problem, ...report.remarks].map(
                (remark) => remark && <Notice key={remark}>{remark}</Notice>,
              )}
              <RateChart seconds={report.seconds} />
              <HeatMap seconds={report.seconds} endsMs={report.heatEndsMs} />
              {report.faults.length > 0 && (
                <p>
                  Failed by kind:{' '}
                  {report.faults.map(({ kind, count }) => `${kind} ${formatCount(count)}`).join(', ')}
                </p>
              )}
            </Panel>
          )
        }}
      </Loaded>
      <Panel title="Scenario" note="YAML or JSON">
        <ImportButton onScenario={setText} />
        <Textarea
          mt="sm"
          aria-label="Scenario"
          autosize
          minRows={8}
          maxRows={24}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={scenario}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Panel>
    </Page>
  )
}

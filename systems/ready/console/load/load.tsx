import { Textarea } from '@mantine/core'
import {
  ActionButton,
  DataTable,
  Loaded,
  Notice,
  Page,
  Panel,
  formatCount,
  formatNumber,
  formatTime,
  useUrlState,
} from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { bandsOf } from '../game-days/fault-bands.ts'
import type { FaultBand } from '../game-days/fault-bands.ts'
import { useGameDays } from '../game-days/last-game-day.tsx'
import type { GameDay } from '../game-days/last-game-day.tsx'
import { ImportButton } from './import-button.tsx'
import { LimitOfScenario } from './limit-of-scenario.tsx'
import { RunPanel } from './run-panel.tsx'
import type { LoadRun } from './run-panel.tsx'

const runsKey = ['ready', 'load', 'runs']

const columns: Column<LoadRun>[] = [
  { key: 'name', title: 'Scenario', isWide: true, render: ({ name }) => name },
  { key: 'started', title: 'Started', width: '170px', render: ({ startedAtMs }) => formatTime(startedAtMs) },
  { key: 'state', title: 'State', width: '90px', render: ({ state }) => state },
  {
    key: 'sent',
    title: 'Sent',
    width: '90px',
    isNumber: true,
    isSecondary: true,
    render: ({ report }) => formatCount(report.sent),
  },
  {
    key: 'p99',
    title: '99 % below, ms',
    width: '120px',
    isNumber: true,
    isSecondary: true,
    render: ({ report }) => formatNumber(report.latencyMs.p99),
  },
]

/** Faults of game days with the same target that were on while a run went on, in its seconds; the demo of one is not that of the other. */
function faultsIn(run: LoadRun, days: readonly GameDay[]): FaultBand[] {
  const lastSecond = run.report.seconds.length
  if (run.isSample || run.target === 'demo') return []
  return days.flatMap(({ isSample, target, report }) => {
    if (isSample || target !== run.target || report.beganAtMs === null) return []
    const laterS = (report.beganAtMs - run.startedAtMs) / 1000
    return bandsOf(report.events, report.seconds.length)
      .map(({ from, to, name }) => ({
        from: Math.max(0, from + laterS),
        to: Math.min(lastSecond, to + laterS),
        name,
      }))
      .filter(({ from, to }) => from < to)
  })
}

/** A load run, as it goes or as it went: what was planned, what was sent, how long answers took, and a button that stops it. */
export default function Load() {
  const client = useQueryClient()
  const [{ run: shown }, setUrl] = useUrlState({ run: '' })
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
  const days = useGameDays()
  const reload = () => client.invalidateQueries({ queryKey: runsKey })
  const scenario = text ?? sample.data?.scenario ?? ''
  const starting = useMutation({
    mutationFn: () => api.post('/load/runs', { body: { scenario } }),
    onSuccess: () => setUrl({ run: '' }),
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
      {stopping.error && <Notice tone="bad">{stopping.error.message}</Notice>}
      <Loaded of={runs} what="Loading runs">
        {({ runs: all }) => {
          const run = all.find(({ id }) => id === shown) ?? all[0]
          if (run === undefined) return null
          return (
            <>
              <RunPanel run={run} bands={faultsIn(run, days.data?.days ?? [])} />
              {all.length > 1 && (
                <Panel title="Runs" note="the last fifty">
                  <DataTable
                    caption="Load runs"
                    columns={columns}
                    rows={all}
                    keyOf={({ id }) => id}
                    onOpen={({ id }) => setUrl({ run: id === latest?.id ? '' : id })}
                    selected={run.id}
                    heightPx={320}
                  />
                </Panel>
              )}
            </>
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
        <LimitOfScenario scenario={scenario} />
      </Panel>
    </Page>
  )
}

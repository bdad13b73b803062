import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import {
  ActionButton,
  ErrorState,
  Page,
  Panel,
  Skeleton,
  StaleBanner,
  TimeRange,
  useTimeRange,
  LiveMark,
  useSnapshot,
} from '@heavylift/ui'
import type { JobsOverview } from '../../src/routes/jobs.ts'
import { api } from '../api.ts'
import { Figures } from './figures.tsx'
import { HappenedList } from './happened-list.tsx'
import { NoJobs } from './no-jobs.tsx'
import { Nodes } from './nodes.tsx'
import { Queue } from './queue.tsx'
import styles from './overview.module.css'

/** How far back nodes and happenings may be looked at, in minutes. */
const windows = { '5m': 5, '15m': 15, '1h': 60 } as const

/** Every job and every node, now and over the last minutes. */
export default function Overview() {
  const time = useTimeRange('15m', ['5m', '15m', '1h'])
  const minutes = time.name in windows ? windows[time.name as keyof typeof windows] : 15
  const { snapshot, freshness, lastAtMs } = useSnapshot<JobsOverview>(
    api.events('/live', { query: { minutes } }),
  )
  const [error, setError] = useState<unknown>(null)
  const navigate = useNavigate()
  const sample = useMutation({
    mutationFn: () => api.post('/sample'),
    onSuccess: ({ jobId }) => void navigate({ to: `/jobs/${jobId}` }),
    onError: setError,
  })
  const start = (
    <ActionButton
      label="Run the sample"
      shortcut="n"
      variant="default"
      loading={sample.isPending}
      onAct={() => sample.mutate()}
    />
  )
  return (
    <Page
      title="Jobs"
      lead="Much work in chunks: what runs, on which nodes, what failed, and what was done about it."
      actions={
        <>
          <LiveMark freshness={freshness} />
          {snapshot !== null && snapshot.jobs.length > 0 ? start : null}
          <TimeRange of={time} isCompact />
        </>
      }
    >
      {freshness === 'stale' ? <StaleBanner sinceMs={lastAtMs} /> : null}
      {error === null ? null : <ErrorState error={error} retry={() => setError(null)} />}
      {snapshot === null ? (
        <>
          <div className={styles['figuresSpace']}>
            <Skeleton lines={2} what="Waiting for the first picture" />
          </div>
          <Panel title="Queue" flush>
            <Skeleton lines={6} what="Waiting for the first picture" />
          </Panel>
          <Panel title="Nodes" flush>
            <Skeleton lines={3} what="Waiting for the first picture" />
          </Panel>
        </>
      ) : (
        <>
          <Figures answer={snapshot} />
          {snapshot.jobs.length === 0 ? (
            <NoJobs start={start} />
          ) : (
            <Queue jobs={snapshot.jobs} onError={setError} />
          )}
          <Nodes picture={snapshot.nodes} />
          {snapshot.jobs.length === 0 ? null : (
            <Panel title="What happened, and what was done" note={`last ${minutes} min, all jobs`} flush>
              <HappenedList happened={snapshot.nodes.happened} showsJob />
            </Panel>
          )}
        </>
      )}
    </Page>
  )
}

import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Copy, ErrorState, Loaded, Page, Panel, StaleBanner, LiveMark, useSnapshot } from '@heavylift/ui'
import { api } from '../api.ts'
import { HappenedList } from '../overview/happened-list.tsx'
import type { JobDetail } from '../../src/service/job-summary.ts'
import { DeleteJob } from '../delete-job.tsx'
import { Steer } from '../steer.tsx'
import { ChunkMap } from './chunk-map.tsx'
import { Failures } from './failures.tsx'
import { JobFigures } from './job-figures.tsx'

/** One job: how far, where, what failed and why. */
export default function Job() {
  const { jobId = '' } = useParams({ strict: false }) as { jobId?: string }
  const first = useQuery({
    queryKey: ['jobs', jobId],
    queryFn: ({ signal }) => api.get('/jobs/:jobId', { params: { jobId }, signal }),
  })
  const { snapshot, freshness, lastAtMs } = useSnapshot<JobDetail>(
    api.events('/jobs/:jobId/live', { params: { jobId } }),
  )
  const [error, setError] = useState<unknown>(null)
  const detail = snapshot ?? first.data
  return (
    <Page
      title={detail?.job.name ?? 'Job'}
      lead={
        <>
          <Link to="/jobs">All jobs</Link> · {detail?.job.task ?? ''} ·{' '}
          <Copy text={jobId} label="Copy the id" />
        </>
      }
      actions={
        <>
          {first.isError ? null : <LiveMark freshness={freshness} />}
          {detail === undefined ? null : <Steer job={detail.job} onError={setError} />}
          {detail === undefined ? null : <DeleteJob job={detail.job} />}
        </>
      }
    >
      {freshness === 'stale' && !first.isError ? <StaleBanner sinceMs={lastAtMs} /> : null}
      {error === null ? null : <ErrorState error={error} retry={() => setError(null)} />}
      {detail === undefined ? (
        <Panel flush>
          <Loaded of={first} what="Reading the job" lines={12}>
            {() => null}
          </Loaded>
        </Panel>
      ) : (
        <>
          <JobFigures detail={detail} />
          <ChunkMap detail={detail} />
          <Failures detail={detail} />
          <Panel title="What happened, and what was done" note="newest first" flush>
            <HappenedList happened={detail.happened} />
          </Panel>
        </>
      )}
    </Page>
  )
}

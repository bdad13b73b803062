import { Link, useNavigate } from '@tanstack/react-router'
import { Bar, DataTable, Panel, StateMark, format } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import type { JobSummary } from '../../src/service/job-summary.ts'
import { Steer } from '../steer.tsx'
import { executorNames, isLive, JobState } from '../words.tsx'
import styles from './queue.module.css'

/** Those under way first, by priority as they get workers; then the newest. */
function inOrder(jobs: readonly JobSummary[]): JobSummary[] {
  return [...jobs].sort(
    (a, b) =>
      Number(isLive(b)) - Number(isLive(a)) ||
      (isLive(a) ? b.priority - a.priority : 0) ||
      (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0),
  )
}

export function Queue({ jobs, onError }: { jobs: readonly JobSummary[]; onError: (error: unknown) => void }) {
  const navigate = useNavigate()
  const columns: Column<JobSummary>[] = [
    {
      key: 'name',
      title: 'Job',
      isWide: true,
      sortBy: (job) => job.name,
      render: (job) => (
        <Link to={`/jobs/${job.id}`} onClick={(event) => event.stopPropagation()}>
          {job.name}
        </Link>
      ),
    },
    { key: 'state', title: 'State', render: (job) => <JobState job={job} /> },
    { key: 'progress', title: 'Progress', render: (job) => <Progress job={job} /> },
    {
      key: 'rate',
      title: 'Inputs/s',
      isNumber: true,
      isSecondary: true,
      render: (job) => (isLive(job) ? format.formatNumber(job.inputsPerSecond) : '–'),
    },
    {
      key: 'eta',
      title: 'Left',
      isNumber: true,
      isSecondary: true,
      render: (job) =>
        isLive(job) ? format.formatDuration(job.etaMs === null ? null : Math.max(1000, job.etaMs)) : '–',
    },
    {
      key: 'priority',
      title: 'Priority',
      isNumber: true,
      isSecondary: true,
      sortBy: (job) => job.priority,
      render: (job) => job.priority,
    },
    {
      key: 'where',
      title: 'Where',
      isSecondary: true,
      render: (job) =>
        job.executor === null
          ? '–'
          : `${executorNames[job.executor]}${job.workers > 0 ? `, ${job.workers}` : ''}`,
    },
    {
      key: 'failed',
      title: 'Failed',
      isNumber: true,
      isSecondary: true,
      sortBy: (job) => job.inputsFailed,
      render: (job) => (
        <span title={`${job.inputsFailed} inputs failed for good; ${job.failedAttempts} attempts failed`}>
          {job.inputsFailed > 0 ? (
            <StateMark state="bad">{format.formatCount(job.inputsFailed)}</StateMark>
          ) : (
            '0'
          )}
        </span>
      ),
    },
    {
      key: 'submitted',
      title: 'Submitted',
      isSecondary: true,
      sortBy: (job) => job.createdAtMs,
      render: (job) => <Time atMs={job.createdAtMs} />,
    },
    {
      key: 'started',
      title: 'Started',
      isSecondary: true,
      isExtra: true,
      render: (job) => <Time atMs={job.startedAtMs} sameDayAsMs={job.createdAtMs} />,
    },
    {
      key: 'ended',
      title: 'Ended',
      isSecondary: true,
      render: (job) => <Time atMs={job.endedAtMs} sameDayAsMs={job.createdAtMs} />,
    },
    {
      key: 'steer',
      title: <span className="hl-hidden">Actions</span>,
      name: 'Actions',
      render: (job) => <Steer job={job} onError={onError} />,
    },
  ]
  return (
    <Panel title="Queue" note="those under way by priority, then the newest" flush>
      <DataTable
        caption="Jobs"
        columns={columns}
        rows={inOrder(jobs)}
        keyOf={({ id }) => id}
        hasColumnChoice
        onOpen={({ id }) => void navigate({ to: `/jobs/${id}` })}
      />
    </Panel>
  )
}

function Progress({ job }: { job: JobSummary }) {
  const share = job.inputs === 0 ? 1 : job.inputsDone / job.inputs
  return (
    <span className={styles['progress']}>
      <Bar
        share={share}
        label={`${format.formatCount(job.inputsDone)} of ${format.formatCount(job.inputs)} inputs`}
        {...(job.state === 'done'
          ? { tone: 'good' as const }
          : job.state === 'failed'
            ? { tone: 'bad' as const }
            : {})}
      />
      <span className="hl-number">{format.formatPercent(share)}</span>
    </span>
  )
}

/** Date and time; the time alone on the same day as `sameDayAsMs`. */
function Time({ atMs, sameDayAsMs = null }: { atMs: number | null; sameDayAsMs?: number | null }) {
  if (atMs === null) return <>–</>
  const text = format.formatTime(atMs)
  const isSameDay = sameDayAsMs !== null && format.formatTime(sameDayAsMs).slice(0, 10) === text.slice(0, 10)
  return (
    <time className="hl-number" dateTime={new Date(atMs).toISOString()} title={text}>
      {text.slice(isSameDay ? 11 : 5)}
    </time>
  )
}

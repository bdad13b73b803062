import { Bar, Stat, Stats, format } from '@heavylift/ui'
import type { JobDetail } from '../shapes.ts'
import { executorNames, isLive, JobState } from '../words.tsx'

export function JobFigures({ detail: { job, retries, inputTimeoutMs, chunkSize } }: { detail: JobDetail }) {
  const share = job.inputs === 0 ? 1 : job.inputsDone / job.inputs
  return (
    <>
      <div className="jobs-whole">
        <span className="hl-row">
          <JobState job={job} />
          <span className="hl-number">
            {format.formatCount(job.inputsDone)} of {format.formatCount(job.inputs)} inputs
          </span>
          {isLive(job) && job.etaMs !== null ? (
            <span className="hl-dim">about {format.formatDuration(Math.max(1000, job.etaMs))} left</span>
          ) : null}
          {job.message === null ? null : <span className="jobs-bad">{job.message}</span>}
        </span>
        <Bar
          share={share}
          label={`${format.formatPercent(share)} done`}
          {...(job.state === 'done' ? { tone: 'good' as const } : {})}
        />
      </div>
      <Stats>
        <Stat
          label="Rate"
          value={isLive(job) ? format.formatNumber(job.inputsPerSecond) : '–'}
          unit="inputs/s"
          detail={isLive(job) ? 'over the last half minute' : 'it does not run'}
        />
        <Stat
          label="Chunks done"
          value={format.formatCount(job.chunksDone)}
          unit={`of ${format.formatCount(job.chunks)}`}
          detail={`${format.formatCount(chunkSize)} inputs each`}
        />
        <Stat
          label="Failed inputs"
          value={format.formatCount(job.inputsFailed)}
          detail={`after ${retries} retr${retries === 1 ? 'y' : 'ies'} each`}
          {...(job.inputsFailed > 0 ? { tone: 'bad' as const } : {})}
        />
        <Stat
          label="Failed attempts"
          value={format.formatCount(job.failedAttempts)}
          detail={
            inputTimeoutMs === null
              ? 'no limit on an input’s time'
              : `limit ${format.formatDuration(inputTimeoutMs)} an input`
          }
        />
        <Stat
          label="Preemptions"
          value={format.formatCount(job.preemptions)}
          detail={`priority ${job.priority}`}
        />
        <Stat
          label="Runs on"
          value={job.executor === null ? '–' : executorNames[job.executor]}
          detail={`${job.workers} worker${job.workers === 1 ? '' : 's'} now${job.starts > 1 ? `; start ${job.starts}` : ''}`}
        />
      </Stats>
      <dl className="jobs-times">
        <Moment label="Submitted" atMs={job.createdAtMs} />
        <Moment label="Started" atMs={job.startedAtMs} />
        <Moment label="Ended" atMs={job.endedAtMs} />
        <div>
          <dt>Took</dt>
          <dd className="hl-number">
            {job.startedAtMs === null || job.endedAtMs === null
              ? '–'
              : format.formatDuration(job.endedAtMs - job.startedAtMs)}
          </dd>
        </div>
      </dl>
    </>
  )
}

function Moment({ label, atMs }: { label: string; atMs: number | null }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="hl-number">{atMs === null ? '–' : format.formatTime(atMs)}</dd>
    </div>
  )
}

import { Bar, Facts, Stat, StateMark, Stats, format } from '@heavylift/ui'
import type { ReactNode } from 'react'
import type { JobDetail } from '../../src/service/job-summary.ts'
import { executorNames, isLive, JobState } from '../words.tsx'
import styles from './job-figures.module.css'

export function JobFigures({ detail: { job, retries, inputTimeoutMs, chunkSize } }: { detail: JobDetail }) {
  const share = job.inputs === 0 ? 1 : job.inputsDone / job.inputs
  return (
    <>
      <div className={styles['whole']}>
        <span className="hl-row">
          <JobState job={job} />
          <span className="hl-number">
            {format.formatCount(job.inputsDone)} of {format.formatCount(job.inputs)} inputs
          </span>
          {isLive(job) && job.etaMs !== null ? (
            <span className="hl-dim">about {format.formatDuration(Math.max(1000, job.etaMs))} left</span>
          ) : null}
          {job.message === null ? null : <StateMark state="bad">{job.message}</StateMark>}
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
      <Facts
        isInline
        facts={[
          ['Submitted', moment(job.createdAtMs)],
          ['Started', moment(job.startedAtMs)],
          ['Ended', moment(job.endedAtMs)],
          [
            'Took',
            job.startedAtMs === null || job.endedAtMs === null
              ? '–'
              : format.formatDuration(job.endedAtMs - job.startedAtMs),
          ],
        ]}
      />
    </>
  )
}

function moment(atMs: number | null): ReactNode {
  return atMs === null ? '–' : <span className="hl-number">{format.formatTime(atMs)}</span>
}

import { Bar, Empty } from '@heavylift/ui'
import type { MiniatureProps } from '@heavylift/ui'
import type { JobSummary } from '../../src/service/job-summary.ts'
import { JobState } from '../words.tsx'
import styles from './miniature.module.css'

/** The newest jobs and how far they are, now. */
export default function JobsMiniature({ picture }: MiniatureProps) {
  const { jobs = [] } = (picture ?? {}) as {
    jobs?: Pick<JobSummary, 'id' | 'name' | 'state' | 'inputs' | 'inputsDone'>[]
  }
  if (picture === undefined) return <div className={styles['mini']} />
  if (jobs.length === 0) {
    return (
      <div className={styles['mini']}>
        <Empty title="No job yet">
          <span className="hl-code">npx heavylift jobs sample</span> runs a small one here.
        </Empty>
      </div>
    )
  }
  return (
    <div className={styles['mini']}>
      <ul>
        {jobs.map((job) => (
          <li key={job.id}>
            <span className="hl-cut">{job.name}</span>
            <JobState job={job} />
            <Bar
              share={job.inputs === 0 ? 1 : job.inputsDone / job.inputs}
              label={`${job.inputsDone} of ${job.inputs} inputs`}
              {...(job.state === 'done' ? { tone: 'good' as const } : {})}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

import { formatTable } from '@heavylift/core/text'
import type { JobSummary } from '../service/job-summary.ts'

/** Jobs as a table: id, state, share, inputs, rate, time left, priority, name. */
export function formatJobs(jobs: readonly JobSummary[]): string {
  return formatTable(
    ['Id', 'State', 'Done', 'Inputs', 'Per second', 'Left', 'Priority', 'Name'],
    jobs.map((job) => [
      job.id.slice(0, 8),
      job.state,
      `${job.inputs === 0 ? 100 : Math.floor((job.inputsDone / job.inputs) * 100)} %`,
      `${job.inputsDone}/${job.inputs}`,
      job.inputsPerSecond === null ? '' : job.inputsPerSecond.toFixed(1),
      job.etaMs === null || job.state !== 'running' ? '' : `${Math.ceil(job.etaMs / 1000)} s`,
      String(job.priority),
      job.name,
    ]),
    ['Done', 'Inputs', 'Per second', 'Left', 'Priority'],
  )
}

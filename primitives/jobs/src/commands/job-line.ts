import type { JobSummary } from '../service/job-summary.ts'

/** One line on a job: id, state, progress, rate, name. */
export function jobLine(job: JobSummary): string {
  const share = job.inputs === 0 ? 100 : Math.floor((job.inputsDone / job.inputs) * 100)
  const rate = job.inputsPerSecond === null ? '' : `${job.inputsPerSecond.toFixed(1)}/s`
  const eta = job.etaMs === null || job.state !== 'running' ? '' : `${Math.ceil(job.etaMs / 1000)} s left`
  return [
    job.id.slice(0, 8),
    job.state.padEnd(9),
    `${share} %`.padStart(5),
    `${job.inputsDone}/${job.inputs}`.padStart(15),
    rate.padStart(10),
    eta.padStart(11),
    `priority ${job.priority}`.padEnd(12),
    job.name,
  ].join('  ')
}

import type { CommandInput } from '@heavylift/core'
import { openJobsForCommand } from '../service/open-jobs.ts'
import { findJob } from './find-job.ts'
import { formatJobs } from './job-table.ts'

export async function runShow(input: CommandInput) {
  const jobs = openJobsForCommand(input)
  const detail = await jobs.show((await findJob(jobs, input.args['id'] ?? '')).id)
  const { job, failures, happened } = detail
  input.print(formatJobs([job]))
  input.print(
    `  ${job.task}; ${job.chunksDone} of ${job.chunks} chunks; ${job.inputsFailed} failed inputs, ${job.failedAttempts} failed attempts, ${job.preemptions} preemptions`,
  )
  for (const { index, code, message } of failures.slice(0, 20)) {
    input.print(`  input ${index}: ${code}: ${message}`)
  }
  for (const { atMs, node, text, action } of happened.slice(0, 20)) {
    const time = new Date(atMs).toISOString().slice(11, 19)
    input.print(`  ${time}  ${node}  ${text}${action === null ? '' : ` → ${action}`}`)
  }
  return detail
}

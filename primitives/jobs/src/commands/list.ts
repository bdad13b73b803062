import type { CommandInput } from '@heavylift/core'
import { openJobsForCommand } from '../service/open-jobs.ts'
import { formatJobs } from './job-table.ts'

export async function runList(input: CommandInput) {
  const jobs = await openJobsForCommand(input).list()
  if (jobs.length === 0) input.print('There is no job yet. Start a small one: heavylift jobs sample')
  else input.print(formatJobs(jobs))
  return { jobs }
}

import type { CommandInput } from '@heavylift/core'
import { openJobsForCommand } from '../service/open-jobs.ts'
import { jobLine } from './job-line.ts'

export async function runList(input: CommandInput) {
  const jobs = await openJobsForCommand(input).list()
  if (jobs.length === 0) input.print('There is no job yet. Start a small one: heavylift jobs sample')
  for (const job of jobs) input.print(jobLine(job))
  return { jobs }
}

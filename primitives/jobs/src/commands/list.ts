import type { Command } from '@heavylift/core'
import { jobsForCommand } from '../service/open-jobs.ts'
import { jobLine } from './job-line.ts'

/** `heavylift jobs list` */
export const listCommand: Command = {
  name: 'list',
  summary: 'Lists jobs, newest first, whichever process runs them.',
  async run(input) {
    const jobs = await jobsForCommand(input).list()
    if (jobs.length === 0) input.print('There is no job yet. Start a small one: heavylift jobs sample')
    for (const job of jobs) input.print(jobLine(job))
    return { jobs }
  },
}

import type { CommandInput } from '@heavylift/core'
import { openJobsForCommand } from '../service/open-jobs.ts'
import { findJob } from './find-job.ts'
import { followRun } from './follow-run.ts'

export async function runResume(input: CommandInput) {
  const jobs = openJobsForCommand(input)
  try {
    const { id } = await findJob(jobs, input.args['id'] ?? '')
    const run = await jobs.resume(id, input.options['slurm'] === true ? { executor: 'slurm' } : {})
    const { state } = await followRun(run, input)
    input.print(`${id} is ${state}.`)
    return { id, state }
  } finally {
    await jobs.close()
  }
}

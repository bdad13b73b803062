import type { CommandInput } from '@heavylift/core'
import { openJobsForCommand } from '../service/open-jobs.ts'
import { findJob } from './find-job.ts'

export async function runCancel(input: CommandInput) {
  const jobs = openJobsForCommand(input)
  const { id } = await findJob(jobs, input.args['id'] ?? '')
  await jobs.cancel(id)
  const { job } = await jobs.show(id)
  input.print(`${id} is ${job.state}, ${job.inputsDone} of ${job.inputs} inputs done.`)
  if (job.state === 'cancelled') input.print(`Go on with: heavylift jobs resume ${id.slice(0, 8)}`)
  return { job }
}

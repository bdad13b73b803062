import type { CommandInput } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { openJobsForCommand } from '../service/open-jobs.ts'
import { findJob } from './find-job.ts'

export async function runDelete(input: CommandInput) {
  const jobs = openJobsForCommand(input)
  const { id, name, inputsDone } = await findJob(jobs, input.args['id'] ?? '')
  await input.confirm(`Delete ${name} (${id}) with the results of ${plural(inputsDone, 'input')}?`)
  await jobs.remove(id)
  input.print(`${id} is deleted.`)
  return { id }
}

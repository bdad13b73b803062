import type { CommandInput } from '@heavylift/core'
import { runSample } from '../../samples/run-sample.ts'
import { openJobsForCommand } from '../service/open-jobs.ts'
import { followRun } from './follow-run.ts'

export async function runSampleCommand(input: CommandInput) {
  const jobs = openJobsForCommand(input)
  try {
    const round = typeof input.options['round'] === 'string' ? input.options['round'] : ''
    const run = await runSample(jobs, round, input.options['slurm'] === true ? { executor: 'slurm' } : {})
    const { state } = await followRun(run, input)
    input.print(`${run.id} is ${state}. See it with: heavylift jobs show ${run.id.slice(0, 8)}`)
    return { id: run.id, state }
  } finally {
    await jobs.close()
  }
}

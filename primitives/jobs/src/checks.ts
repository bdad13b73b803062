import type { Check } from '@heavylift/core'
import { checkProgram } from '@heavylift/core/runtime/check-program'
import type { JobsConfig } from './config.ts'

/** For `heavylift doctor`: Slurm, where it is configured. */
export function checkJobs({ slurm }: JobsConfig): Promise<Check[]> {
  if (slurm === null) return Promise.resolve([])
  const partitions = slurm.partitions.map(({ name }) => name).join(',')
  const advice = `Slurm’s commands must reach the controller, and know ${partitions}. Try: sinfo -p ${partitions}`
  return Promise.resolve([
    checkProgram('sinfo', { args: ['--noheader', '-p', partitions], missing: 'fail', advice }),
  ])
}

import type { Command } from '@heavylift/core'
import { jobsForCommand } from '../service/open-jobs.ts'
import { findJob } from './find-job.ts'
import { followRun } from './follow-run.ts'

/** `heavylift jobs resume ID` */
export const resumeCommand: Command = {
  name: 'resume',
  summary: 'Goes on with a job that was cancelled, failed or killed, in this process, with progress.',
  args: [{ name: 'id', summary: 'The id, or as much of its beginning as names one job.' }],
  options: [{ flags: '--slurm', summary: 'On the configured cluster, wherever it ran before.' }],
  async run(input) {
    const jobs = jobsForCommand(input)
    try {
      const { id } = await findJob(jobs, input.args['id'] ?? '')
      const run = await jobs.resume(id, input.options['slurm'] === true ? { executor: 'slurm' } : {})
      const { state } = await followRun(run, input)
      input.print(`${id} is ${state}.`)
      return { id, state }
    } finally {
      await jobs.close()
    }
  },
}

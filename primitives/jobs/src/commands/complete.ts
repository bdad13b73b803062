import type { CompleteInput } from '@heavylift/core'
import { jobsForCommand } from '../service/open-jobs.ts'

/** Ids of the jobs on this machine, newest first. */
export async function completeJob(input: CompleteInput): Promise<string[]> {
  return (await jobsForCommand(input).list()).map(({ id }) => id)
}

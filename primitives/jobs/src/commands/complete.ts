import type { CompleteInput } from '@heavylift/core'
import { openJobsForCommand } from '../service/open-jobs.ts'

/** Ids of the jobs on this machine, newest first. */
export async function completeJob(input: CompleteInput): Promise<string[]> {
  return (await openJobsForCommand(input).list()).map(({ id }) => id)
}

import { InvalidInputError, NotFoundError } from '@heavylift/core'
import type { JobSummary } from '../service/job-summary.ts'
import type { JobsService } from '../service/jobs-service.ts'

/** The job whose id begins so. Throws `job-not-found`, or an `InvalidInputError` (`job-ambiguous`) when several do. */
export async function findJob(jobs: JobsService, start: string): Promise<JobSummary> {
  const found = (await jobs.list()).filter(({ id }) => id.startsWith(start))
  if (found.length === 1) return found[0]!
  if (found.length === 0) {
    throw new NotFoundError({
      code: 'job-not-found',
      message: `There is no job ${start}. See: heavylift jobs list`,
    })
  }
  throw new InvalidInputError({
    code: 'job-ambiguous',
    message: `${found.length} jobs begin with ${start}. Give more of the id.`,
  })
}

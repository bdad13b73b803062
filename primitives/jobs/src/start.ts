import type { RunningSystem } from '@heavylift/core'
import type { JobsConfig } from './config.ts'
import type { JobsContext } from './context.ts'
import { routeGroups } from './routes/route-groups.ts'
import { createTile } from './tile.ts'

const cleanEveryMs = 3_600_000

/** Goes on with the jobs that the last end stopped, and answers for all. */
export async function startJobs(context: JobsContext, config: JobsConfig): Promise<RunningSystem> {
  const { jobs, log } = context
  if (config.resumeAtStart) {
    // That some cannot go on is no reason not to start.
    const left = await jobs.resumeStopped().catch((error: unknown) => [{ id: '', error }])
    for (const { id, error } of left) {
      if (error === null) log.info({ job: id }, 'job resumed')
      else log.warn({ job: id, error }, 'job cannot be resumed')
    }
  }
  const clean = async (): Promise<void> => {
    const removed = await jobs.removeOld()
    if (removed.length > 0) log.info({ jobs: removed }, 'jobs removed that are kept no longer')
  }
  const cleanLogged = (): void => void clean().catch((error: unknown) => log.warn({ error }, 'old jobs stay'))
  cleanLogged()
  const cleaning = setInterval(cleanLogged, cleanEveryMs).unref()
  return {
    routes: routeGroups.flatMap((group) => group(context)),
    tile: (tenantId) => createTile(jobs, tenantId),
    stop: () => {
      clearInterval(cleaning)
      return jobs.close()
    },
  }
}

import type { RunningSystem } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { JobsConfig } from './config.ts'
import type { JobsContext } from './context.ts'
import { routeGroups } from './routes/route-groups.ts'
import { createTile } from './tile.ts'

/** A process that has been silent for 15 s is taken for dead. */
const takeUpMs = 5_000
const cleanEveryMs = 3_600_000

/** Goes on with the jobs that the last end stopped, and answers for all. */
export async function startJobs(context: JobsContext, config: JobsConfig): Promise<RunningSystem> {
  const { jobs, log, store, signal } = context
  const stopping = new AbortController()
  const ending = AbortSignal.any([signal, stopping.signal])
  const takingUp = store.shared.lead('jobs.take-up', {
    signal: ending,
    lead: async (over) => {
      if (config.resumeAtStart) await takeUp(context, over)
    },
  })
  const clean = async (): Promise<void> => {
    const removed = await jobs.removeOld()
    if (removed.length > 0) log.info({ jobs: removed }, 'jobs removed that are kept no longer')
  }
  const cleanLogged = (): void => void clean().catch((error: unknown) => log.warn({ error }, 'old jobs stay'))
  cleanLogged()
  const cleaning = setInterval(cleanLogged, cleanEveryMs).unref()
  return {
    routes: routeGroups.flatMap((group) => group(context)),
    tile: (tenantId) => createTile(context, tenantId),
    stop: async () => {
      clearInterval(cleaning)
      stopping.abort()
      await takingUp
      await jobs.close()
    },
  }
}

/** Goes on with what ended servers left, again and again: with another one's where servers share the folder. */
async function takeUp({ jobs, log }: JobsContext, signal: AbortSignal): Promise<void> {
  const told = new Set<string>()
  while (!signal.aborted) {
    for (const { id, error } of await jobs.resumeStopped()) {
      if (error === null) log.info({ job: id }, 'job resumed')
      else if (!told.has(id)) log.warn({ job: id, error }, 'job cannot be resumed')
      told.add(id)
    }
    await sleep(takeUpMs, signal, { keepsAlive: false })
  }
}

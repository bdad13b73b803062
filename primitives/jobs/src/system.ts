import { defineSystem } from '@heavylift/core'
import type { CoreServices, RunningSystem } from '@heavylift/core'
import { killBench } from './benches/kill-bench.ts'
import { overheadBench } from './benches/overhead-bench.ts'
import { slurmPreemptBench } from './benches/slurm-preempt-bench.ts'
import { jobCommands } from './commands/commands.ts'
import { jobsConfigSchema, type JobsConfig } from './jobs-config.ts'
import { jobRoutes } from './routes/job-routes.ts'
import type { JobsService } from './service/jobs-service.ts'
import { createTile } from './tile.ts'

/** What systems that run jobs ask for. */
export interface JobsServices {
  jobs: JobsService
}

async function start(services: CoreServices & JobsServices, config: JobsConfig): Promise<RunningSystem> {
  const { jobs, clock, log } = services
  if (config.resumeAtStart) {
    // Only what is kept in the folder of jobs; that it cannot go on is no reason not to start.
    const resumed = await jobs.resumeStopped().catch((error: unknown) => {
      log.warn({ error }, 'jobs that were stopped could not be resumed')
      return []
    })
    if (resumed.length > 0) log.info({ jobs: resumed }, 'jobs resumed')
  }
  return {
    routes: jobRoutes(jobs, clock),
    tile: (tenantId) => createTile(jobs, tenantId),
    stop: () => jobs.close(),
  }
}

export const jobs = defineSystem<CoreServices & JobsServices, JobsConfig>({
  name: 'jobs',
  title: 'Jobs',
  summary:
    'Much work in chunks, on this machine or on Slurm, that survives any kill and ends in the same bytes.',
  layer: 'primitive',
  config: jobsConfigSchema,
  migrations: [],
  pages: [{ path: '/', title: 'Queue and nodes' }],
  commands: jobCommands,
  evals: [],
  benches: [killBench, overheadBench, slurmPreemptBench],
  start,
})

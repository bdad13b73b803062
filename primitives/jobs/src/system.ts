import { defineSystem } from '@heavylift/core'
import type { CoreServices, RunningSystem } from '@heavylift/core'
import { killBench } from './benches/kill-bench.ts'
import { overheadBench } from './benches/overhead-bench.ts'
import { slurmPreemptBench } from './benches/slurm-preempt-bench.ts'
import { jobCommands } from './commands/commands.ts'
import { jobsConfigSchema, type JobsConfig } from './config.ts'
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
    // That some cannot go on is no reason not to start.
    const left = await jobs.resumeStopped().catch((error: unknown) => [{ id: '', error }])
    for (const { id, error } of left) {
      if (error === null) log.info({ job: id }, 'job resumed')
      else log.warn({ job: id, error }, 'job cannot be resumed')
    }
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

import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { jobsConfigSchema } from './config.ts'
import type { JobsConfig } from './config.ts'
import type { JobsContext } from './context.ts'

export const jobs = defineSystem<JobsContext, JobsConfig>({
  name: 'jobs',
  title: 'Jobs',
  summary:
    'Much work in chunks, on this machine or on Slurm, that survives any kill and ends in the same bytes.',
  layer: 'primitive',
  config: jobsConfigSchema,
  migrations: [],
  pages: [{ path: '/', title: 'Queue and nodes' }],
  commands,
  evals: [],
  benches,
  checks: async (config) => (await import('./checks.ts')).checkJobs(config),
  start: async (services, config) => (await import('./start.ts')).startJobs(services, config),
})

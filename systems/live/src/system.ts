import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { liveConfigSchema } from './config.ts'
import type { LiveConfig } from './config.ts'
import type { LiveServices } from './context.ts'
import { evals } from './evals/evals.ts'
import { migrations } from './migrations/migrations.ts'

export const live = defineSystem<LiveServices, LiveConfig>({
  name: 'live',
  title: 'Live',
  summary: 'Insights on live sport, on screen within a tenth of a second and scored against what happened.',
  layer: 'system',
  needs: ['models'],
  config: liveConfigSchema,
  migrations,
  pages: [
    { path: '/', title: 'Director' },
    { path: '/wall', title: 'Wall' },
    { path: '/insights', title: 'Insights' },
    { path: '/calibration', title: 'Calibration' },
    { path: '/moments', title: 'Moments' },
    { path: '/control', title: 'Graphics control' },
    { path: '/recap', title: 'Recap' },
    { path: '/mappings', title: 'Mappings' },
    { path: '/feeds', title: 'Feed health' },
  ],
  commands,
  evals,
  benches,
  checks: async (config) => (await import('./checks.ts')).checkLive(config),
  start: async (services, config) => (await import('./start.ts')).startLive(services, config),
})

import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { readyConfig } from './config.ts'
import type { ReadyConfig } from './config.ts'
import type { ReadyServices } from './services.ts'
import { evals } from './evals/evals.ts'
import { migrations } from './migrations/migrations.ts'

export const ready = defineSystem<ReadyServices, ReadyConfig>({
  name: 'ready',
  title: 'Ready',
  summary: 'A peak day without surprises: forecast, load, faults and a review, each with its evidence.',
  layer: 'system',
  config: readyConfig,
  migrations,
  // Their code is in `console/`.
  pages: [
    { path: '/', title: 'Countdown' },
    { path: '/load', title: 'Load' },
    { path: '/limits', title: 'Limits' },
    { path: '/game-days', title: 'Game days' },
    { path: '/review', title: 'Review' },
  ],
  commands,
  evals,
  benches,
  start: async (services, config) => (await import('./start.ts')).startReady(services, config),
})

import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { robotsConfig } from './config.ts'
import type { RobotsConfig } from './config.ts'
import type { RobotsServices } from './context.ts'
import { evals } from './evals/evals.ts'
import { migrations } from './migrations/migrations.ts'

export const robots = defineSystem<RobotsServices, RobotsConfig>({
  name: 'robots',
  title: 'Robots',
  summary: 'Plans the joint motion of thousands of warehouse robots, and checks every step of it.',
  layer: 'system',
  needs: ['jobs'],
  config: robotsConfig,
  migrations,
  // Their code is in `console/`.
  pages: [
    { path: '/', title: 'Live floor' },
    { path: '/what-if', title: 'What if' },
    { path: '/control', title: 'Control' },
    { path: '/map', title: 'Read a map' },
  ],
  commands,
  evals,
  benches,
  start: async (services, config) => (await import('./start.ts')).startRobots(services, config),
})

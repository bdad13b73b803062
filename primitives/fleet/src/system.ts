import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { fleetConfigSchema } from './config.ts'
import type { FleetConfig } from './config.ts'
import type { FleetServices } from './context.ts'
import { evals } from './evals/evals.ts'

export const fleet = defineSystem<FleetServices, FleetConfig>({
  name: 'fleet',
  title: 'Fleet',
  summary: 'What capacity, which policy, at what cost: replays a cluster’s own logs under other rules.',
  layer: 'primitive',
  config: fleetConfigSchema,
  migrations: [],
  // Their code is in `console/`.
  pages: [
    { path: '/', title: 'Cluster' },
    { path: '/policies', title: 'Policies' },
    { path: '/mix', title: 'Mix' },
  ],
  commands,
  evals,
  benches,
  start: async (services, config) => (await import('./start.ts')).startFleet(services, config),
})

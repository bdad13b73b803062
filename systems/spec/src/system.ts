import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { specConfig } from './config.ts'
import type { SpecConfig } from './config.ts'
import type { SpecServices } from './context.ts'
import { evals } from './evals/evals.ts'
import { migrations } from './migrations/migrations.ts'

export const spec = defineSystem<SpecServices, SpecConfig>({
  name: 'spec',
  title: 'Spec',
  summary: 'Turns a code base into a spec that is true and traceable, and keeps the two together.',
  layer: 'system',
  config: specConfig,
  migrations,
  // Their code is in `console/`.
  pages: [
    { path: '/', title: 'Repositories' },
    { path: '/catalogue', title: 'Catalogue' },
    { path: '/velocity', title: 'Velocity' },
    { path: '/frameworks', title: 'Frameworks' },
  ],
  commands,
  evals,
  benches,
  start: async (services, config) => (await import('./start.ts')).startSpec(services, config),
})

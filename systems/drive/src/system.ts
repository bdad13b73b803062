import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { driveConfigSchema } from './config.ts'
import type { DriveConfig } from './config.ts'
import type { DriveServices } from './context.ts'
import { clearingMigration } from './migrations/0001-clearing.ts'
import { evals } from './evals/evals.ts'

export const drive = defineSystem<DriveServices, DriveConfig>({
  name: 'drive',
  title: 'Drive',
  summary: 'Runs driving software through scenarios, and says with figures whether it is fit to be released.',
  layer: 'system',
  needs: ['jobs'],
  config: driveConfigSchema,
  migrations: [clearingMigration],
  // Their code is in `console/`.
  pages: [
    { path: '/', title: 'Clearance' },
    { path: '/scenarios', title: 'Scenarios' },
    { path: '/viewer', title: 'Viewer' },
    { path: '/stack', title: 'Stack' },
  ],
  commands,
  evals,
  benches,
  start: async (services, config) => (await import('./start.ts')).startDrive(services, config),
})

import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { driveConfigSchema } from './config.ts'
import type { DriveConfig } from './config.ts'
import type { DriveServices } from './context.ts'
import { evals } from './evals/evals.ts'
import { drivePages } from './pages.ts'
import { startDrive } from './start.ts'

export const drive = defineSystem<DriveServices, DriveConfig>({
  name: 'drive',
  title: 'Drive',
  summary: 'Runs driving software through scenarios, and says with figures whether it is fit to be released.',
  layer: 'system',
  config: driveConfigSchema,
  migrations: [],
  pages: drivePages,
  commands,
  evals,
  benches,
  start: startDrive,
})

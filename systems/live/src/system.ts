import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { evals } from './evals/evals.ts'
import { liveConfigSchema } from './config.ts'
import type { LiveConfig } from './config.ts'
import type { LiveServices } from './context.ts'
import { migrations } from './migrations/migrations.ts'
import { livePages } from './pages.ts'
import { startLive } from './start.ts'

export const live = defineSystem<LiveServices, LiveConfig>({
  name: 'live',
  title: 'Live',
  summary: 'Insights on live sport, on screen within a tenth of a second and scored against what happened.',
  layer: 'system',
  config: liveConfigSchema,
  migrations,
  pages: livePages,
  commands,
  evals,
  benches,
  start: startLive,
})

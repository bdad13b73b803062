import { defineSystem } from '@heavylift/core'
import { modelBenches } from './benches/benches.ts'
import { modelCommands } from './commands/commands.ts'
import { modelsConfigSchema } from './config.ts'
import type { ModelsConfig } from './config.ts'
import { modelEvals } from './evals/evals.ts'
import type { ModelsServices } from './gateway/start-gateway.ts'
import { cacheMigrations } from './migrations/cache.ts'
import { keptMigrations } from './migrations/kept.ts'
import { meteringMigrations } from './migrations/metering.ts'
import { modelsPages } from './pages.ts'

export const models = defineSystem<ModelsServices, ModelsConfig>({
  name: 'models',
  title: 'Models',
  summary: 'One gateway in front of every model: routes, queues, caches and meters each call.',
  layer: 'primitive',
  worksWithoutDatabase: true,
  config: modelsConfigSchema,
  migrations: [...meteringMigrations, ...cacheMigrations, ...keptMigrations],
  pages: modelsPages,
  commands: modelCommands,
  evals: modelEvals,
  benches: modelBenches,
  checks: async (config, folders) => (await import('./checks.ts')).checkModels(config, folders),
  start: async (services, config) => (await import('./start.ts')).startModels(services, config),
})

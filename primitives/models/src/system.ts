import { defineSystem } from '@heavylift/core'
import type { RunningSystem } from '@heavylift/core'
import { modelCommands } from './commands/commands.ts'
import { conformanceEval } from './evals/conformance/conformance.ts'
import { createFront } from './gateway/front.ts'
import { startGateway } from './host/start-gateway.ts'
import type { ModelsServices } from './host/start-gateway.ts'
import { cacheMigrations } from './migrations/cache.ts'
import { meteringMigrations } from './migrations/metering.ts'
import { modelsConfigSchema } from './models-config.ts'
import type { ModelsConfig } from './models-config.ts'
import { modelsPages } from './pages.ts'
import { routeGroups } from './routes/route-groups.ts'
import { createTile } from './tile.ts'
import { engineBench } from './benches/engine/engine-bench.ts'
import { chaosBench } from './benches/chaos/chaos.ts'
import { overheadBench } from './benches/overhead/overhead.ts'
import { routingBench } from './benches/routing/routing-bench.ts'

async function start(services: ModelsServices, config: ModelsConfig): Promise<RunningSystem> {
  const { context, close } = await startGateway(services, config)
  let front: ReturnType<typeof createFront> | null = null
  return {
    routes: routeGroups.flatMap((group) => group(context)),
    raw: [
      {
        mount: '/v1/',
        handle(request, response, identify) {
          front ??= createFront(context.gateway, identify)
          front(request, response)
        },
      },
    ],
    tile: (tenantId) => createTile(context, tenantId),
    stop: close,
  }
}

export const models = defineSystem<ModelsServices, ModelsConfig>({
  name: 'models',
  title: 'Models',
  summary: 'One gateway in front of every model: routes, queues, caches and meters each call.',
  layer: 'primitive',
  config: modelsConfigSchema,
  migrations: [...meteringMigrations, ...cacheMigrations],
  pages: modelsPages,
  commands: modelCommands,
  evals: [conformanceEval],
  benches: [chaosBench, engineBench, overheadBench, routingBench],
  start,
})

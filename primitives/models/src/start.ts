import type { Route, RunningSystem } from '@heavylift/core'
import { anthropicBatchPaths } from './batches/anthropic-paths.ts'
import { openAiBatchPaths } from './batches/openai-paths.ts'
import type { ModelsConfig } from './config.ts'
import { createFront } from './gateway/entry/front.ts'
import { relaySocket } from './gateway/entry/relay-socket.ts'
import { startGateway } from './gateway/start-gateway.ts'
import type { ModelsServices } from './gateway/start-gateway.ts'
import { routeGroups } from './routes/route-groups.ts'
import { createTile } from './tile.ts'

/** Starts the gateway and its management API. */
export async function startModels(services: ModelsServices, config: ModelsConfig): Promise<RunningSystem> {
  const { context, batches: kept, showSample, close } = await startGateway(services, config)
  const batches =
    kept === null ? null : new (await import('./batches/batches.ts')).Batches({ ...kept, ...context })
  let front: ReturnType<typeof createFront> | null = null
  return {
    routes: routeGroups.flatMap((group): Route[] => group(context)),
    raw: [
      {
        mount: '/v1/',
        handle(request, response, identify) {
          front ??= createFront(context.gateway, (asking) => identify(asking, 'models'), [
            ...openAiBatchPaths(batches),
            ...anthropicBatchPaths(batches),
          ])
          front(request, response)
        },
        upgrade(request, socket, head, identify) {
          void relaySocket(context.gateway, (asking) => identify(asking, 'models'), request, socket, head)
        },
        stopping: () => context.gateway.stopCalls(),
      },
    ],
    tile: (tenantId) => createTile(context, tenantId),
    loadSample: showSample,
    stop: close,
  }
}

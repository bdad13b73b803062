import { sleep } from '@heavylift/core/async'
import { EventStream, route, type ServerEvent } from '@heavylift/core'
import { gatewaySnapshotSchema, type GatewaySnapshot } from '../metering/gateway-snapshot.ts'
import type { ModelsContext } from '../context.ts'
import { visibleTenant } from './visibility.ts'

const everyMs = 1000

export function takeSnapshot(models: ModelsContext, tenantId: string | null): GatewaySnapshot {
  models.sample.look()
  const served = Array.from(models.gateway.routes.values(), ({ name, balancer, queue }) => ({
    name,
    replicas: balancer.replicas,
    waiting: queue.waiting,
  }))
  return models.meter.live.snapshot(served, models.clock.nowMs(), tenantId)
}

/** What goes on now. */
export function liveRoutes(models: ModelsContext) {
  return [
    route({
      method: 'get',
      path: '/snapshot',
      summary: 'Replicas, models and calls in flight at this moment, with the load of the last minutes.',
      access: 'operator',
      response: gatewaySnapshotSchema,
      handle: ({ caller }) => takeSnapshot(models, visibleTenant(caller)),
    }),
    route({
      method: 'get',
      path: '/live',
      summary: 'The snapshot at once and then every second, as server-sent events.',
      access: 'operator',
      events: { message: gatewaySnapshotSchema },
      handle: ({ caller, signal }) => new EventStream(snapshots(models, visibleTenant(caller), signal)),
    }),
  ]
}

async function* snapshots(
  models: ModelsContext,
  tenantId: string | null,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  while (!signal.aborted) {
    yield { data: takeSnapshot(models, tenantId) }
    // Aborting is how a viewer leaves, not a failure.
    await sleep(everyMs, signal).catch(() => undefined)
  }
}

import { sleep } from '@heavylift/core/async'
import { EventStream, route, type ServerEvent } from '@heavylift/core'
import { z } from 'zod'
import { changesOf, Fleet, fleetChangesSchema, fleetListSchema, type FleetMoment } from '../metering/fleet.ts'
import {
  gatewaySnapshotSchema,
  type GatewaySnapshot,
  replicaSnapshotSchema,
} from '../metering/gateway-snapshot.ts'
import type { ServedModel } from '../metering/live-stats.ts'
import { replicaNotFound } from './replicas.ts'
import type { ModelsContext } from '../context.ts'
import { visibleTenant } from './visibility.ts'

const everyMs = 1000

export function takeSnapshot(models: ModelsContext, tenantId: string | null): GatewaySnapshot {
  models.sample.look()
  return models.meter.live.snapshot(servedBy(models), models.clock.nowMs(), tenantId)
}

/** The models of the table with their replicas and queues. */
export function servedBy(models: ModelsContext): ServedModel[] {
  return Array.from(models.gateway.routes.values(), ({ name, balancer, queue }) => ({
    name,
    replicas: balancer.replicas,
    waiting: queue.waiting,
  }))
}

/** What goes on now. */
export function liveRoutes(models: ModelsContext) {
  const fleet = new Fleet(models.meter.live, () => servedBy(models))
  return [
    route({
      method: 'get',
      path: '/fleet/live',
      summary:
        'Every replica in a few whole numbers: the list first, then every second those that changed, as server-sent events.',
      access: 'operator',
      events: { list: fleetListSchema, changes: fleetChangesSchema },
      handle: ({ signal }) => new EventStream(fleetEvents(models, fleet, signal)),
    }),
    route({
      method: 'get',
      path: '/replicas/:replicaId',
      summary: 'One replica at this moment, with the oldest calls at it.',
      access: 'operator',
      params: z.object({ replicaId: z.string().min(1).max(600).describe('URL-encoded: ids hold slashes.') }),
      response: replicaSnapshotSchema,
      handle: ({ caller, params }) => {
        const nowMs = models.clock.nowMs()
        const found = models.meter.live.replica(
          servedBy(models),
          params.replicaId,
          nowMs,
          visibleTenant(caller),
        )
        if (found !== null) return found
        throw replicaNotFound(params.replicaId)
      },
    }),
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

async function* fleetEvents(
  models: ModelsContext,
  fleet: Fleet,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  let sent: FleetMoment | null = null
  while (!signal.aborted) {
    models.sample.look()
    const moment = fleet.read(models.clock.nowMs())
    const isOther: boolean = moment.list !== sent?.list
    if (isOther) yield { event: 'list', data: { atMs: moment.atMs, replicas: moment.list } }
    // Also when nothing changed: silence would mean that the picture is old.
    const changes = changesOf(moment.values, isOther ? null : (sent?.values ?? null))
    yield { event: 'changes', data: { atMs: moment.atMs, changes } }
    sent = moment
    await sleep(everyMs, signal)
  }
}

async function* snapshots(
  models: ModelsContext,
  tenantId: string | null,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  while (!signal.aborted) {
    yield { data: takeSnapshot(models, tenantId) }
    await sleep(everyMs, signal)
  }
}

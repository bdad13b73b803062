import { sleep } from '@heavylift/core/async'
import { EventStream, route, type ServerEvent } from '@heavylift/core'
import { z } from 'zod'
import {
  changesOf,
  Fleet,
  fleetChangesSchema,
  fleetListSchema,
  type FleetMoment,
  seenHere,
} from '../metering/fleet.ts'
import {
  gatewaySnapshotSchema,
  type GatewaySnapshot,
  replicaSnapshotSchema,
} from '../metering/gateway-snapshot.ts'
import { replicasOf } from '../metering/live-stats.ts'
import type { ServedModel } from '../metering/live-stats.ts'
import { addToFleet, mergeCalls, mergeReplica, mergeSnapshots } from '../metering/seen-elsewhere.ts'
import type { Seen } from '../metering/seen-elsewhere.ts'
import { replicaNotFound } from './replicas.ts'
import type { ModelsContext } from '../context.ts'
import { visibleTenant } from './visibility.ts'

const everyMs = 1000

export function takeSnapshot(models: ModelsContext, tenantId: string | null): GatewaySnapshot {
  models.sample.look()
  const own = models.meter.live.snapshot(servedBy(models), models.clock.nowMs(), tenantId)
  const others = elsewhere(models).map(({ snapshot }) => snapshot)
  return mergeSnapshots(own, others, tenantId)
}

/** What the other processes of this server saw last; asks them anew. */
function elsewhere(models: ModelsContext): Seen[] {
  return models.elsewhere?.() ?? []
}

/** What this process sees, for another one of its server to show. */
export function seenFrom(models: Pick<ModelsContext, 'meter' | 'clock' | 'gateway'>): Seen {
  const served = servedBy(models)
  const nowMs = models.clock.nowMs()
  return {
    snapshot: models.meter.live.snapshot(served, nowMs, null),
    fleet: replicasOf(served)
      .map(({ replica }) => seenHere(replica, models.meter.live, nowMs))
      .filter(
        ({ state, requestsInFlight, ttftMs, failedShare, tokensPerSecond }) =>
          state !== 'healthy' || requestsInFlight + failedShare + tokensPerSecond > 0 || ttftMs !== null,
      ),
  }
}

/** The models of the table with their replicas and queues. */
export function servedBy(models: Pick<ModelsContext, 'gateway'>): ServedModel[] {
  return Array.from(models.gateway.routes.values(), ({ name, balancer, queue }) => ({
    name,
    replicas: balancer.replicas,
    waiting: queue.waiting,
  }))
}

/** What goes on now. */
export function liveRoutes(models: ModelsContext) {
  const fleet = new Fleet(
    models.meter.live,
    () => servedBy(models),
    () => addToFleet(elsewhere(models)),
  )
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
        const { replicaId } = params
        const tenantId = visibleTenant(caller)
        const found = models.meter.live.replica(servedBy(models), replicaId, models.clock.nowMs(), tenantId)
        if (found === null) throw replicaNotFound(replicaId)
        const others = elsewhere(models).map(({ snapshot }) => snapshot)
        return {
          replica: mergeReplica(
            found.replica,
            others.flatMap(({ replicas }) => replicas.find(({ id }) => id === replicaId) ?? []),
            tenantId,
          ),
          calls: mergeCalls(
            found.calls,
            others.flatMap(({ calls }) => calls.filter((call) => call.replicaId === replicaId)),
            tenantId,
          ),
        }
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

import type { MetricFamily } from '@heavylift/core'
import { isSampleModel } from '../table/sample-names.ts'
import { replicasOf } from './live-stats.ts'
import type { LiveStats, ServedModel } from './live-stats.ts'

/** Replicas and tenants beyond so many are counted together as `other`, those with the most to do apart: names come from outside. */
const MOST_REPLICAS = 1000
const MOST_TENANTS = 100
/** A replica in one of these takes requests. */
const inService = new Set(['healthy', 'probing'])

/** A model with the bound of its queue. */
export interface GaugedModel extends ServedModel {
  mostWaiting: number
}

export interface GaugeSources {
  models: () => GaugedModel[]
  live: Pick<LiveStats, 'inFlightBy'>
  cache: () => { entries: number; bytes: number; readyAnswers: number }
}

/**
 * What an autoscaler asks, read at each scrape: calls in flight and in the queue, what that is for each replica in service,
 * replicas by state, what engines say of themselves, caches, tenants. Sample traffic is left out.
 */
export function gatewayGauges({ models, live, cache }: GaugeSources): MetricFamily[] {
  const served = models().filter(({ name }) => !isSampleModel(name))
  const replicas = replicasOf(served).map(({ replica }) => replica)
  const own = replicas.toSorted((a, b) => b.requestsInFlight - a.requestsInFlight).slice(0, MOST_REPLICAS)
  const { entries, bytes, readyAnswers } = cache()
  const ofModel = (read: (model: GaugedModel) => number): MetricFamily['samples'] =>
    served.map((model) => ({ labels: { model: model.name }, value: read(model) }))
  const ofReplica = (read: (replica: (typeof own)[number]) => number | null): MetricFamily['samples'] =>
    own.flatMap((replica) => {
      const value = read(replica)
      return value === null ? [] : [{ labels: { replica: replica.id }, value }]
    })
  return [
    gauge('models_in_flight', 'Calls at replicas now.', ofModel(sent)),
    gauge(
      'models_queue_waiting',
      'Calls that wait for a replica.',
      ofModel(({ waiting }) => waiting),
    ),
    gauge(
      'models_queue_limit',
      'Most that may wait.',
      ofModel(({ mostWaiting }) => mostWaiting),
    ),
    gauge(
      'models_load_per_replica',
      'Calls in flight and waiting, for each replica in service: what to scale by.',
      // With none in service, as if there were one: the load is there.
      ofModel((model) => (sent(model) + model.waiting) / Math.max(1, working(model))),
    ),
    gauge(
      'models_replicas',
      'Replicas by state.',
      served.flatMap(({ name, replicas: all }) =>
        Array.from(
          Map.groupBy(all, ({ state }) => state),
          ([state, those]) => ({ labels: { model: name, state }, value: those.length }),
        ),
      ),
    ),
    gauge('models_replica_in_flight', 'Calls at a replica now.', [
      ...ofReplica(({ requestsInFlight }) => requestsInFlight),
      ...rest('replica', replicas.length > own.length, sentTo(replicas) - sentTo(own)),
    ]),
    gauge(
      'models_replica_out_of_service',
      '1 while a replica takes no calls: breaker open, ejected, unhealthy or draining.',
      ofReplica(({ state }) => (inService.has(state) ? 0 : 1)),
    ),
    gauge(
      'models_replica_engine_waiting',
      'Requests that wait in a replica, whoever sent them, as its own metrics say.',
      ofReplica(({ engine }) => engine?.waiting ?? null),
    ),
    gauge(
      'models_replica_kv_use_ratio',
      'Share of a replica’s memory for keys and values in use, as its own metrics say.',
      ofReplica(({ engine }) => engine?.kvUse ?? null),
    ),
    gauge('models_cache_entries', 'Answers that are kept, and those made ahead.', [
      { labels: { kind: 'kept' }, value: entries },
      { labels: { kind: 'ready' }, value: readyAnswers },
    ]),
    gauge('models_cache_bytes', 'Memory of the answers that are kept.', [{ labels: {}, value: bytes }]),
    gauge('models_tenant_in_flight', 'Calls of a tenant, waiting or running.', byTenant(live.inFlightBy())),
  ]
}

function sent({ replicas }: GaugedModel): number {
  return sentTo(replicas)
}

function sentTo(replicas: GaugedModel['replicas']): number {
  return replicas.reduce((sum, { requestsInFlight }) => sum + requestsInFlight, 0)
}

function working({ replicas }: GaugedModel): number {
  return replicas.filter(({ state }) => inService.has(state)).length
}

function byTenant(counts: ReadonlyMap<string, number>): MetricFamily['samples'] {
  const most = [...counts].toSorted(([, a], [, b]) => b - a)
  const others = most.slice(MOST_TENANTS).reduce((sum, [, count]) => sum + count, 0)
  return [
    ...most.slice(0, MOST_TENANTS).map(([tenant, value]) => ({ labels: { tenant }, value })),
    ...rest('tenant', most.length > MOST_TENANTS, others),
  ]
}

function rest(label: string, isThere: boolean, value: number): MetricFamily['samples'] {
  return isThere ? [{ labels: { [label]: 'other' }, value }] : []
}

function gauge(name: string, help: string, samples: MetricFamily['samples']): MetricFamily {
  return { name, help, type: 'gauge', samples }
}

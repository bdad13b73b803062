import type { GatewaySnapshot, LiveCall, LiveReplica, Load } from './gateway-snapshot.ts'
import { maxCallsListed } from './live-stats.ts'

/** What another process of the same server saw at one moment: all tenants, with costs. Survives JSON. */
export interface Seen {
  snapshot: GatewaySnapshot
  /** Replicas with something to tell. */
  fleet: SeenReplica[]
}

export interface SeenReplica {
  id: string
  state: LiveReplica['state']
  requestsInFlight: number
  tokensPerSecond: number
  ttftMs: number | null
  failedShare: number
}

/** From well to out of service: a replica that any process cannot use is shown so. */
const byBadness: readonly LiveReplica['state'][] = [
  'healthy',
  'probing',
  'draining',
  'open',
  'ejected',
  'unhealthy',
]

export function worseOf(one: LiveReplica['state'], other: LiveReplica['state']): LiveReplica['state'] {
  return byBadness.indexOf(one) >= byBadness.indexOf(other) ? one : other
}

/**
 * One picture of all processes. Counts and rates are sums; percentiles are the processes' means, by the calls that ended in each: the
 * system shares connections out evenly, so that these hardly differ. With a `tenantId`, calls are that tenant's only and costs are left out.
 */
export function mergeSnapshots(
  own: GatewaySnapshot,
  others: readonly GatewaySnapshot[],
  tenantId: string | null,
): GatewaySnapshot {
  // Only the first process shows sample traffic, which ends with the first real call anywhere.
  if (others.length === 0 || own.hasSample) return own
  const loadsOf = <T extends Load>(mine: T, same: (other: GatewaySnapshot) => T | undefined): T[] => [
    mine,
    ...others.flatMap((other) => same(other) ?? []),
  ]
  return {
    ...own,
    overall: mergeLoads(
      loadsOf(own.overall, ({ overall }) => overall),
      tenantId,
    ),
    models: own.models.map((model) => {
      const all = loadsOf(model, ({ models }) => models.find(({ name }) => name === model.name))
      return { ...model, ...mergeLoads(all, tenantId), waiting: total(all, ({ waiting }) => waiting) }
    }),
    replicasWell: Math.min(own.replicasWell, ...others.map(({ replicasWell }) => replicasWell)),
    replicas: own.replicas.map((replica) =>
      mergeReplica(
        replica,
        others.flatMap(({ replicas }) => replicas.find(({ id }) => id === replica.id) ?? []),
        tenantId,
      ),
    ),
    calls: mergeCalls(
      own.calls,
      others.flatMap(({ calls }) => calls),
      tenantId,
    ),
  }
}

export function mergeReplica(
  own: LiveReplica,
  others: readonly LiveReplica[],
  tenantId: string | null,
): LiveReplica {
  const all = [own, ...others]
  return {
    ...own,
    ...mergeLoads(all, tenantId),
    state: all.reduce((state, one) => worseOf(state, one.state), own.state),
    tokensInFlight: total(all, ({ tokensInFlight }) => tokensInFlight),
    prefillTokensInFlight: total(all, ({ prefillTokensInFlight }) => prefillTokensInFlight),
  }
}

/** The oldest of all. */
export function mergeCalls(
  own: readonly LiveCall[],
  others: readonly LiveCall[],
  tenantId: string | null,
): LiveCall[] {
  return [...own, ...others.filter((call) => tenantId === null || call.tenantId === tenantId)]
    .toSorted((a, b) => b.ageMs - a.ageMs)
    .slice(0, maxCallsListed)
}

/** What others see of the fleet, beside what is seen here. */
export function addToFleet(seen: readonly Seen[]): ReadonlyMap<string, SeenReplica> {
  const merged = new Map<string, SeenReplica>()
  for (const replica of seen.flatMap(({ fleet }) => fleet)) {
    const before = merged.get(replica.id)
    merged.set(replica.id, before === undefined ? replica : mergeSeen(before, replica))
  }
  return merged
}

export function mergeSeen(one: SeenReplica, other: SeenReplica): SeenReplica {
  const weight = one.tokensPerSecond + other.tokensPerSecond
  const share = weight === 0 ? 0.5 : one.tokensPerSecond / weight
  const mean = (a: number, b: number) => share * a + (1 - share) * b
  return {
    id: one.id,
    state: worseOf(one.state, other.state),
    requestsInFlight: one.requestsInFlight + other.requestsInFlight,
    tokensPerSecond: weight,
    ttftMs:
      one.ttftMs === null || other.ttftMs === null
        ? (one.ttftMs ?? other.ttftMs)
        : mean(one.ttftMs, other.ttftMs),
    failedShare: mean(one.failedShare, other.failedShare),
  }
}

function mergeLoads(loads: readonly Load[], tenantId: string | null): Load {
  const sum = (of: (load: Load) => number) => total(loads, of)
  const errors: Record<string, number> = {}
  for (const load of loads)
    for (const [code, count] of Object.entries(load.errors)) errors[code] = (errors[code] ?? 0) + count
  const seconds = Math.min(...loads.map(({ tokens }) => tokens.length))
  return {
    inFlight: sum(({ inFlight }) => inFlight),
    tokensPerSecond: sum(({ tokensPerSecond }) => tokensPerSecond),
    promptTokensPerSecond: sum(({ promptTokensPerSecond }) => promptTokensPerSecond),
    callsPerSecond: sum(({ callsPerSecond }) => callsPerSecond),
    tokens: Array.from({ length: seconds }, (_, at) => sum(({ tokens }) => tokens.at(at - seconds) ?? 0)),
    ttftMs: meanQuantiles(loads, ({ ttftMs }) => ttftMs),
    durationMs: meanQuantiles(loads, ({ durationMs }) => durationMs),
    ended: sum(({ ended }) => ended),
    failed: sum(({ failed }) => failed),
    cut: sum(({ cut }) => cut),
    cancelled: sum(({ cancelled }) => cancelled),
    shed: sum(({ shed }) => shed),
    rejected: sum(({ rejected }) => rejected),
    cacheHits: sum(({ cacheHits }) => cacheHits),
    cacheAsked: sum(({ cacheAsked }) => cacheAsked),
    errors,
    costMicrosLastHour: tenantId === null ? sum(({ costMicrosLastHour }) => costMicrosLastHour ?? 0) : null,
  }
}

function meanQuantiles(loads: readonly Load[], of: (load: Load) => Load['ttftMs']): Load['ttftMs'] {
  const known = loads.flatMap((load) => {
    const quantiles = of(load)
    return quantiles === null ? [] : [{ ...quantiles, weight: Math.max(1, load.ended) }]
  })
  if (known.length === 0) return null
  const weight = total(known, (one) => one.weight)
  const mean = (at: (one: (typeof known)[number]) => number) =>
    total(known, (one) => one.weight * at(one)) / weight
  return { p50: mean(({ p50 }) => p50), p95: mean(({ p95 }) => p95), p99: mean(({ p99 }) => p99) }
}

function total<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((sum, one) => sum + of(one), 0)
}

import type { Replica } from './replica.ts'

/** What the gateway's table says of one replica. */
export interface ReplicaSpec {
  /** Stable over reloads: `<provider>/<index or host>/<model>`. */
  id: string
  provider: string
  /** The upstream's name of the model. */
  model: string
  /** Default 0. */
  tier?: number
  /** Default 1. */
  weight?: number
  /** Null or absent for no limit. */
  maxInFlight?: number | null
  /** Default 4000. */
  prefillTokensPerSecond?: number
  /** Default 200,000. */
  cacheTokens?: number
  /** Where it stands; null or absent when nobody says. */
  zone?: string | null
}

/** A replica with nothing in flight. */
export function createReplica(spec: ReplicaSpec): Replica {
  return {
    ...traitsOf(spec),
    requestsInFlight: 0,
    tokensInFlight: 0,
    prefillTokensInFlight: 0,
    engine: null,
    state: 'healthy',
  }
}

/** Changes what the table says of a replica that stays; what it has in flight stays counted. */
export function updateReplica(replica: Replica, spec: ReplicaSpec): void {
  Object.assign(replica, traitsOf(spec))
}

function traitsOf(spec: ReplicaSpec) {
  return {
    id: spec.id,
    provider: spec.provider,
    model: spec.model,
    tier: spec.tier ?? 0,
    weight: spec.weight ?? 1,
    maxInFlight: spec.maxInFlight ?? Infinity,
    prefillTokensPerSecond: spec.prefillTokensPerSecond ?? 4000,
    cacheTokens: spec.cacheTokens ?? 200_000,
    zone: spec.zone ?? null,
  }
}

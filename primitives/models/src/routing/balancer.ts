import type { PolicyName } from '../table/gateway-config.ts'
import type { ReplicaSpec } from './create-replica.ts'
import type { EngineLoad, Replica } from './replica.ts'

/** What a policy knows of a request. */
export interface CallTraits {
  /** Estimated from the bytes when the client did not say. */
  promptTokens: number
  /** Most tokens that it may answer with, or a guess. */
  outputTokens: number
  /** The answer comes in one piece, when all of it is written; a stream when absent. */
  isWhole?: boolean
  /** Chained hashes of the prompt's blocks, block i's over everything up to its end; empty where no policy needs them. */
  prefix: Uint32Array
  /** Prompt tokens a block stands for. */
  tokensPerBlock: number
}

/** How a request that was sent to a replica ended. Only `ok` counts for the breaker as success, and only at the end. */
export type Outcome =
  | 'ok'
  /** Its fault: unreachable, reset, stalled, garbage, 5xx, cut in the middle. */
  | 'failed'
  /** 429 or 503 with Retry-After: full, not broken. */
  | 'busy'
  /** A 4xx of the request's own: it is there, and no more is known. */
  | 'refused'
  /**
   * Ours or the client's doing: cancelled, lost a hedge. Says nothing of the replica, unless
   * it ended without a byte and other replicas were faster.
   */
  | 'neutral'

/** One request at one replica, from sent to ended. */
export interface Outstanding {
  readonly replica: Replica
  /** When another replica should be asked beside this one, which may hang; null in the ordinary run of things. */
  readonly hedgeAfterMs: number | null
  /**
   * Hears when the replica is taken out while this request has no byte; another one may be asked. Must not call back. A
   * function for each request in its place would keep finished calls alive through young collections.
   */
  heldBy: { ejected(): void } | null
  firstToken(nowMs: number): void
  /** Exactly once. `retryAfterMs` with `busy`. */
  end(outcome: Outcome, nowMs: number, retryAfterMs?: number): void
}

/** Chooses among the replicas of one model. Synchronous, no allocation beyond the `Outstanding`. */
export interface Balancer {
  readonly replicas: readonly Replica[]
  /** Whether `start` would find one now. */
  hasRoom(nowMs: number): boolean
  /**
   * Chooses a replica and counts the request there; null when all are full, open, ejected or excluded. Lower tiers go
   * first; a higher tier is taken only when none below can.
   */
  start(request: CallTraits, nowMs: number, excluded?: readonly Replica[]): Outstanding | null
  /**
   * Why waiting for a request to end would be no use: null when some replica is in the ordinary run of things, else
   * whether one is only busy (the others are down), and in how many ms the first may take a request; `Infinity` when
   * that is not known.
   */
  blocked(nowMs: number): { isBusy: boolean; forMs: number } | null
  /** Compares the replicas, if it is time; for when requests wait and none starts. */
  look(nowMs: number): void
  /** Another table. Replicas that stay keep their counts, breakers and what is known of their caches. */
  configure(table: { policy: PolicyName; replicas: readonly ReplicaSpec[] }): void
  /** What the active health check found. */
  setHealth(replicaId: string, isHealthy: boolean, nowMs: number): void
  /** What the replica's own metrics say of it; null when they no longer do. */
  setEngine(replicaId: string, load: EngineLoad | null, nowMs: number): void
  /** Somebody else found it broken: the next request is not left to it alone, and one failure takes it out. */
  suspect(replicaId: string, nowMs: number): void
  /** Finishes what it has and takes no more; `false` takes it back. */
  setDraining(replicaId: string, isDraining: boolean): void
}

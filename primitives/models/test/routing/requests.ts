import type { RouteRequest } from '../../src/routing/balancer.ts'
import type { ReplicaSpec } from '../../src/routing/create-replica.ts'

export function routeRequest(request: Partial<RouteRequest> = {}): RouteRequest {
  return { promptTokens: 100, outputTokens: 50, prefix: new Uint32Array(0), tokensPerBlock: 16, ...request }
}

export function replicaSpecs(count: number, spec: Partial<ReplicaSpec> = {}): ReplicaSpec[] {
  return Array.from({ length: count }, (_, at) => ({ id: `p/${at}/m`, provider: 'p', model: 'm', ...spec }))
}

/** The same numbers on every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

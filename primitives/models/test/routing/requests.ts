import { createRandom } from '@heavylift/core/math'
import type { CallTraits } from '../../src/routing/balancer.ts'
import type { ReplicaSpec } from '../../src/routing/create-replica.ts'

export function routeRequest(request: Partial<CallTraits> = {}): CallTraits {
  return { promptTokens: 100, outputTokens: 50, prefix: new Uint32Array(0), tokensPerBlock: 16, ...request }
}

export function replicaSpecs(count: number, spec: Partial<ReplicaSpec> = {}): ReplicaSpec[] {
  return Array.from({ length: count }, (_, at) => ({ id: `p/${at}/m`, provider: 'p', model: 'm', ...spec }))
}

/** Numbers in [0, 1), the same on every run. */
export function seeded(seed: number): () => number {
  const random = createRandom(seed)
  return () => random.next()
}

import type { ConfigurableQueue } from '../admission/queue.ts'
import type { ModelConfig } from '../config/gateway-config.ts'
import type { Balancer } from '../routing/balancer.ts'
import type { Upstream } from './upstream.ts'

/** A model that clients can ask for, ready to serve. */
export interface ModelRoute {
  name: string
  /** Equal when replicas and policy are the same, so that a change of the table can keep the balancer. */
  identity: string
  config: ModelConfig
  balancer: Balancer
  queue: ConfigurableQueue
  /** By replica id. */
  upstreams: ReadonlyMap<string, Upstream>
  /** Whether the policy looks at prefixes, so that hashing is done only then. */
  needsPrefix: boolean
}

/** True when no replica can take a request now or once another ends: all are down, so waiting is no use. */
export function isDown(route: ModelRoute, nowMs: number): boolean {
  if (route.balancer.hasRoom(nowMs)) return false
  return !route.balancer.replicas.some(({ state }) => state === 'healthy' || state === 'probing')
}

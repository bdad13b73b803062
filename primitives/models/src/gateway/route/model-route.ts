import type { ConfigurableQueue } from '../../admission/queue.ts'
import type { ModelConfig } from '../../table/gateway-config.ts'
import type { Balancer } from '../../routing/balancer.ts'
import type { Upstream } from './upstream.ts'

/** A model that clients can ask for, ready to serve. A change of the table changes it in place, under the requests that wait or run. */
export interface ModelRoute {
  name: string
  config: ModelConfig
  balancer: Balancer
  queue: ConfigurableQueue
  /** By replica id. */
  upstreams: ReadonlyMap<string, Upstream>
  /** Whether the policy looks at prefixes, so that hashing is done only then. */
  needsPrefix: boolean
}

import type { ConfigurableQueue } from '../../admission/queue.ts'
import type { ModelConfig } from '../../table/gateway-config.ts'
import type { Balancer } from '../../routing/balancer.ts'
import { ruleFor } from './path-rules.ts'
import type { PathRule } from './path-rules.ts'
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

/** Whether that replica passes requests to a path below `/v1` as bytes. */
export function serves({ upstreams }: ModelRoute, replicaId: string, path: string): boolean {
  return ruleFor(upstreams.get(replicaId)?.paths ?? [], path) !== null
}

/** The declared path that covers `path` at some replica; null when none does. */
export function declaredAt({ upstreams }: ModelRoute, path: string): PathRule | null {
  for (const { paths } of upstreams.values()) {
    const rule = ruleFor(paths, path)
    if (rule !== null) return rule
  }
  return null
}

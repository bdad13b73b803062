import type { Dispatcher } from 'undici'
import { replicaIdOf } from '../gateway/route/route-table.ts'
import { bearerAuthorizer } from '../providers/authorize.ts'
import type { EngineLoad } from '../routing/replica.ts'
import type { ReadSecret } from '../secret.ts'
import type { GatewayConfig, ReplicaConfig } from '../table/gateway-config.ts'
import type { MetricsTarget } from './engine-loads.ts'

/** The replicas of the table whose own metrics are asked. */
export function metricsTargets(
  config: GatewayConfig,
  readSecret: ReadSecret,
  report: (replicaId: string, load: EngineLoad | null) => void,
  dispatcherTo: (replica: ReplicaConfig) => Dispatcher | null = () => null,
): MetricsTarget[] {
  return Object.entries(config.providers).flatMap(([name, provider]) => {
    if (provider.kind !== 'openai' || provider.metrics === null) return []
    const { path, everyMs } = provider.metrics
    const authorize = bearerAuthorizer(provider.apiKey, readSecret)
    const models = new Set(
      Object.values(config.models).flatMap(({ targets }) =>
        targets.flatMap((target) => (target.provider === name ? [target.model] : [])),
      ),
    )
    return provider.replicas.map((replica): MetricsTarget => {
      const url = new URL(path, replica.url).href
      return {
        id: `${name} ${url}`,
        url,
        dispatcher: replica.tls && dispatcherTo(replica),
        everyMs,
        models: [...models],
        headers: () => authorize({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) }),
        report: (model, load) => report(replicaIdOf(name, replica.url, model), load),
      }
    })
  })
}

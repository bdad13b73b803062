import type { Dispatcher } from 'undici'
import type { GatewayConfig, ReplicaConfig } from '../table/gateway-config.ts'
import { replicaIdOf } from '../gateway/route/route-table.ts'
import { bearerAuthorizer } from '../providers/authorize.ts'
import type { ReadSecret } from '../secret.ts'
import type { HealthTarget } from './active-health-checks.ts'
import type { Replica } from './replica.ts'

/** The addresses of the table that say how to ask for their health. What is found goes to every model served from there. */
export function healthTargets(
  config: GatewayConfig,
  readSecret: ReadSecret,
  setHealth: (which: (replica: Replica) => boolean, isHealthy: boolean) => void,
  dispatcherTo: (replica: ReplicaConfig) => Dispatcher | null = () => null,
): HealthTarget[] {
  return Object.entries(config.providers).flatMap(([name, provider]) => {
    if (provider.kind !== 'openai' || provider.healthPath === null) return []
    const { healthPath, replicas } = provider
    const authorize = bearerAuthorizer(provider.apiKey, readSecret)
    return replicas.map((replica): HealthTarget => {
      const url =
        healthPath === undefined
          ? `${replica.url.replace(/\/+$/, '')}/models`
          : new URL(healthPath, replica.url).href
      return {
        id: `${name} ${replica.url}`,
        url,
        dispatcher: replica.tls && dispatcherTo(replica),
        ...(healthPath === undefined ? { isWell: isAlive } : {}),
        headers: () => authorize({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) }),
        report: (isHealthy) =>
          setHealth(
            ({ id, provider: of, model }) => of === name && id === replicaIdOf(name, replica.url, model),
            isHealthy,
          ),
      }
    })
  })
}

/** A server that knows no list of models, or not this key, is there all the same; what it thinks of calls, they tell. */
function isAlive(status: number): boolean {
  return status < 500
}

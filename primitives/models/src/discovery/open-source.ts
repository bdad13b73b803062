import { Resolver } from 'node:dns/promises'
import type { ReadSecret } from '../secret.ts'
import type { DiscoverConfig } from './discover-config.ts'
import { dnsSource } from './dns-source.ts'
import { ecsSource } from './ecs-source.ts'
import { kubernetesSource } from './kubernetes-source.ts'
import type { DiscoverySource } from './source.ts'

const DNS_TIMEOUT_MS = 3_000
const DNS_TRIES = 2

/** What looks for the replicas that the table's entry means. */
export function openSource(
  config: DiscoverConfig,
  nowMs: () => number,
  readSecret: ReadSecret,
): DiscoverySource {
  switch (config.kind) {
    case 'dns':
      return dnsSource(config, new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES }))
    case 'kubernetes':
      return kubernetesSource(config, readSecret)
    case 'ecs':
      return ecsSource(config, nowMs, readSecret)
  }
}

import { isIPv6 } from 'node:net'
import type { Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { networkList } from '@heavylift/core/safe-fetch'
import type { GatewayConfig, ReplicaConfig } from '../table/gateway-config.ts'
import type { DiscoverConfig } from './discover-config.ts'
import type { DiscoverySource, FoundAddress } from './source.ts'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000
/** Replicas of one provider; more are left out. */
const MOST = 5_000
/** Link-local, where clouds hand out credentials, and their addresses beside it: never a replica, whatever is allowed. */
const isNeverAllowed = networkList([
  '169.254.0.0/16',
  'fe80::/10',
  'fd00:ec2::/32',
  '168.63.129.16/32',
  '0.0.0.0/8',
])

/** How it stands with the replicas of one provider that are looked for. */
export interface DiscoveryStatus {
  provider: string
  kind: DiscoverConfig['kind']
  found: number
  /** Outside of the networks that are allowed, or too many. */
  leftOut: number
  /** When it last knew all; null before the first time. Unix ms. */
  atMs: number | null
  /** Why it does not know now; the last set stays. Null while it does. */
  problem: string | null
}

export interface DiscoveryOptions {
  open: (config: DiscoverConfig) => DiscoverySource
  nowMs: () => number
  log: Logger
  /** The replicas of some provider are others now. */
  onChange: () => void
  /** In [0, 1). */
  random?: () => number
}

interface Search {
  /** Of the table's entry: another one begins anew. */
  text: string
  status: DiscoveryStatus
  replicas: ReplicaConfig[]
  stop: AbortController
}

/** Keeps looking for the replicas of providers that say where. A source that fails is asked again, ever more seldom, and the last set stays. */
export class Discovery {
  readonly #options: DiscoveryOptions
  readonly #searches = new Map<string, Search>()

  constructor(options: DiscoveryOptions) {
    this.#options = options
  }

  /** Searches for the providers of this table from now on. One whose entry stays goes on as it is. */
  watch({ providers }: Pick<GatewayConfig, 'providers'>): void {
    for (const [name, search] of this.#searches) {
      const config = discoverOf(providers[name])
      if (config !== null && JSON.stringify(config) === search.text) continue
      search.stop.abort()
      this.#searches.delete(name)
    }
    for (const [name, provider] of Object.entries(providers)) {
      const config = discoverOf(provider)
      if (config === null || this.#searches.has(name)) continue
      const search: Search = {
        text: JSON.stringify(config),
        status: { provider: name, kind: config.kind, found: 0, leftOut: 0, atMs: null, problem: null },
        replicas: [],
        stop: new AbortController(),
      }
      this.#searches.set(name, search)
      void this.#run(search, config)
    }
  }

  get status(): DiscoveryStatus[] {
    return Array.from(this.#searches.values(), ({ status }) => status)
  }

  /** The table with what was found beside the replicas that it names. */
  addTo(table: GatewayConfig): GatewayConfig {
    if (this.#searches.size === 0) return table
    const providers = { ...table.providers }
    for (const [name, { replicas }] of this.#searches) {
      const provider = providers[name]
      if (provider?.kind !== 'openai') continue
      const named = new Set(provider.replicas.map(({ url }) => url.replace(/\/+$/, '')))
      const added = replicas.filter(({ url }) => !named.has(url.replace(/\/+$/, '')))
      providers[name] = { ...provider, replicas: [...provider.replicas, ...added] }
    }
    return { ...table, providers }
  }

  stop(): void {
    for (const { stop } of this.#searches.values()) stop.abort()
    this.#searches.clear()
  }

  async #run(search: Search, config: DiscoverConfig): Promise<void> {
    const { open, nowMs, log, onChange, random = Math.random } = this.#options
    const { status } = search
    const { signal } = search.stop
    const source = open(config)
    let failures = 0
    while (!signal.aborted) {
      try {
        for await (const addresses of source(signal)) {
          if (signal.aborted) return
          failures = 0
          const { replicas, leftOut } = replicasOf(addresses, config)
          const isSame = JSON.stringify(replicas) === JSON.stringify(search.replicas)
          if (leftOut > 0 && leftOut !== status.leftOut) {
            log.warn(
              { provider: status.provider, leftOut, allow: config.allow },
              'replicas were found outside of the networks that "allow" lists, and are left out',
            )
          }
          Object.assign(status, { found: replicas.length, leftOut, atMs: nowMs(), problem: null })
          search.replicas = replicas
          if (!isSame) onChange()
        }
      } catch (error) {
        if (signal.aborted) return
        status.problem = problemOf(error)
        log.warn(
          { provider: status.provider, error },
          'replicas cannot be looked for now; the last that were found stay',
        )
      }
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, failures++))
      await sleep(pauseMs * (0.8 + 0.4 * random()), signal, { keepsAlive: false })
    }
  }
}

function discoverOf(provider: GatewayConfig['providers'][string] | undefined): DiscoverConfig | null {
  return provider?.kind === 'openai' ? provider.discover : null
}

/** In the order of their addresses, so that the same set is the same list. */
function replicasOf(
  found: readonly FoundAddress[],
  config: DiscoverConfig,
): { replicas: ReplicaConfig[]; leftOut: number } {
  const { allow, path, weight, maxInFlight, prefillTokensPerSecond, cacheTokens } = config
  const isAllowed = networkList(allow)
  const tls = tlsOf(config)
  const replicas = new Map<string, ReplicaConfig>()
  let leftOut = 0
  for (const { address, port, weight: own = 1, zone } of found) {
    const url = `${tls === null ? 'http' : 'https'}://${isIPv6(address) ? `[${address}]` : address}:${port}${path}`
    if (!isAllowed(address) || isNeverAllowed(address) || replicas.size >= MOST) leftOut++
    else {
      replicas.set(url, {
        url,
        weight: Math.min(1000, weight * own),
        maxInFlight,
        prefillTokensPerSecond,
        cacheTokens,
        zone: zone ?? null,
        tls,
      })
    }
  }
  return { replicas: [...replicas.values()].toSorted((a, b) => (a.url < b.url ? -1 : 1)), leftOut }
}

function tlsOf(config: DiscoverConfig): ReplicaConfig['tls'] {
  if (config.tls === null) return null
  const { serverName, ca } = config.tls
  const usual = {
    dns: () => ('name' in config ? config.name.replace(/\.$/, '') : null),
    kubernetes: () => ('namespace' in config ? `${config.service}.${config.namespace}.svc` : null),
    ecs: () => null,
  }
  return { serverName: serverName ?? usual[config.kind](), ca }
}

const dnsProblems: Record<string, string> = {
  ENOTFOUND: 'The name does not exist. Check "name", and that this machine asks the right DNS server.',
  ENODATA: 'The name has no such record. Check "record" and "name".',
  ETIMEOUT: 'The DNS server did not answer.',
  ESERVFAIL: 'The DNS server failed.',
}

function problemOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return (code === undefined ? undefined : dnsProblems[code]) ?? message ?? String(error)
}

import { bedrockBaseUrl } from '../providers/bedrock.ts'
import { isAtHome, secretFile } from '../secret.ts'
import type { Finding } from './cross-checks.ts'
import type { DiscoverConfig } from '../discovery/discover-config.ts'
import type { GatewayConfig, ProviderConfig } from './gateway-config.ts'

type Providers = GatewayConfig['providers']

export const secretFields = ['apiKey', 'accessKeyId', 'secretAccessKey', 'sessionToken'] as const

const discoverSecretFields = ['token', 'ca', 'accessKeyId', 'secretAccessKey', 'sessionToken'] as const

/** Where a secret goes: its reference, and the address that it is sent to or signs for. */
interface SecretUse {
  reference: string
  url: string
  path: Finding['path']
}

/**
 * The hosts that each secret has been sent to, so that a table that comes by the API cannot send one elsewhere: whoever may edit
 * the table need not know the keys. Tables from the disk are the operator's word and widen it.
 */
export class SecretHosts {
  /** Origins by reference. */
  readonly #known = new Map<string, Set<string>>()

  allow(providers: Providers): void {
    for (const { reference, url } of usesOf(providers)) {
      const origins = this.#known.get(reference) ?? new Set<string>()
      this.#known.set(reference, origins.add(originOf(url)))
    }
  }

  /** What a table by the API may not say: a known secret for another host, a usual variable for a strange one, a file elsewhere. */
  check(providers: Providers, secretsDir: string): Finding[] {
    return [...usesOf(providers)].flatMap(({ reference, url, path }) => {
      const message = this.#problem(reference, url, secretsDir)
      return message === null ? [] : [{ path, message }]
    })
  }

  #problem(reference: string, url: string, secretsDir: string): string | null {
    if (reference.startsWith('file:') && secretFile(reference.slice(5), secretsDir) === null)
      return `Secret files lie in ${secretsDir} (models.secretsDir).`
    const origin = originOf(url)
    const origins = this.#known.get(reference)
    if (origins?.has(origin) || (origins === undefined && isAtHome(reference, url))) return null
    const whose =
      origins === undefined ? 'is for its own provider' : `goes to ${[...origins].join(' and ')} only`
    return `The key ${reference} ${whose} and does not move to ${origin}. Give the key anew, under a reference that is not used yet, or edit the file on the server.`
  }
}

function* usesOf(providers: Providers): Generator<SecretUse> {
  for (const [name, provider] of Object.entries(providers)) {
    for (const field of secretFields) {
      const reference = (provider as Record<string, unknown>)[field]
      if (typeof reference !== 'string') continue
      for (const url of addressesOf(provider)) yield { reference, url, path: ['providers', name, field] }
    }
    const discover = provider.kind === 'openai' ? provider.discover : null
    if (discover === null) continue
    for (const field of discoverSecretFields) {
      const reference = (discover as Record<string, unknown>)[field]
      if (typeof reference === 'string') {
        yield { reference, url: askedBy(discover), path: ['providers', name, 'discover', field] }
      }
    }
  }
}

function addressesOf(provider: ProviderConfig): string[] {
  if ('replicas' in provider) {
    const named = provider.replicas.map(({ url }) => url)
    // A key goes to whatever is found as well, so another place to look is another host.
    const discover = provider.kind === 'openai' ? provider.discover : null
    return discover === null ? named : [...named, foundBy(discover)]
  }
  return provider.kind === 'bedrock' ? [provider.endpoint ?? bedrockBaseUrl(provider.region)] : []
}

/** Where a search asks. */
function askedBy(discover: DiscoverConfig): string {
  switch (discover.kind) {
    case 'dns':
      return `dns://${discover.name}`
    case 'kubernetes':
      return discover.server ?? 'https://kubernetes.default.svc'
    case 'ecs':
      return discover.endpoint ?? `https://ecs.${discover.region}.amazonaws.com`
  }
}

/** What stands for all that a search may find: the search itself, with the networks that it may find something in. */
function foundBy(discover: DiscoverConfig): string {
  const { kind, allow } = discover
  const what =
    kind === 'dns'
      ? `${discover.record}/${discover.name}/${discover.port}`
      : kind === 'kubernetes'
        ? `${askedBy(discover)}/${discover.namespace}/${discover.service}/${discover.port}`
        : `${askedBy(discover)}/${discover.cluster}/${discover.service}/${discover.port}`
  return `found:${kind}/${encodeURIComponent(`${what}/${allow.toSorted().join(',')}`)}`
}

/** Only http addresses have an origin; of the rest the whole counts. */
function originOf(url: string): string {
  const { origin } = new URL(url)
  return origin === 'null' ? url : origin
}

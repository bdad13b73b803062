import { bedrockBaseUrl } from '../providers/bedrock.ts'
import { isAtHome, secretFile } from '../secret.ts'
import type { Finding } from './cross-checks.ts'
import type { GatewayConfig, ProviderConfig } from './gateway-config.ts'

type Providers = GatewayConfig['providers']

export const secretFields = ['apiKey', 'accessKeyId', 'secretAccessKey', 'sessionToken'] as const

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
      this.#known.set(reference, origins.add(new URL(url).origin))
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
    const { origin } = new URL(url)
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
  }
}

function addressesOf(provider: ProviderConfig): string[] {
  if ('replicas' in provider) return provider.replicas.map(({ url }) => url)
  return provider.kind === 'bedrock' ? [provider.endpoint ?? bedrockBaseUrl(provider.region)] : []
}

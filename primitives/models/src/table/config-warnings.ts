import type { ReadSecret } from '../secret.ts'
import type { Finding } from './cross-checks.ts'
import type { GatewayConfig, ProviderConfig } from './gateway-config.ts'
import { secretFields } from './secret-moves.ts'

/** What the gateway can run with although it is likely a mistake. */
export interface WarningSources {
  /** Whether a price is known without the table's own, e.g. from a list. */
  hasPrice(provider: ProviderConfig, upstreamModel: string): boolean
  readSecret: ReadSecret
}

/** Models of unknown price, secrets that cannot be read, settings without effect. Reads secret files; keeps nothing of them. */
export async function configWarnings(config: GatewayConfig, sources: WarningSources): Promise<Finding[]> {
  return [
    ...missingPrices(config, sources),
    ...idleWeights(config),
    ...(await missingSecrets(config, sources)),
  ]
}

function* missingPrices(config: GatewayConfig, sources: WarningSources): Generator<Finding> {
  for (const [name, model] of Object.entries(config.models)) {
    for (const [index, target] of model.targets.entries()) {
      const provider = config.providers[target.provider]
      // The engine's calls cost nothing.
      if (!provider || provider.kind === 'engine' || Object.hasOwn(config.prices, target.model)) continue
      if (sources.hasPrice(provider, target.model)) continue
      yield {
        path: ['models', name, 'targets', index, 'model'],
        message: `No price is known for "${target.model}": its calls count as free. Add it to prices.`,
      }
    }
  }
}

function* idleWeights(config: GatewayConfig): Generator<Finding> {
  for (const [id, { weight }] of Object.entries(config.keys)) {
    if (weight === 1) continue
    yield {
      path: ['keys', id, 'weight'],
      message:
        'The queue is shared between tenants; the weight of a key has no effect. Set that of its tenant.',
    }
  }
}

async function missingSecrets(config: GatewayConfig, { readSecret }: WarningSources): Promise<Finding[]> {
  const references = Object.entries(config.providers).flatMap(([name, provider]) =>
    secretFields.flatMap((field) => {
      const reference = (provider as Record<string, unknown>)[field]
      return typeof reference === 'string' ? [{ path: ['providers', name, field], reference }] : []
    }),
  )
  const findings = await Promise.all(
    references.map(async ({ path, reference }): Promise<Finding | null> => {
      try {
        await readSecret(reference)
        return null
      } catch (error) {
        return { path, message: (error as Error).message }
      }
    }),
  )
  return findings.filter((finding) => finding !== null)
}

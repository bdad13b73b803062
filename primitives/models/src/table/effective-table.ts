import type { NamesBeside } from './cross-checks.ts'
import { gatewayConfigSchema } from './gateway-config.ts'
import type { GatewayConfig } from './gateway-config.ts'
import type { ModelsConfig } from '../config.ts'
import { isSampleModel } from './sample-names.ts'

/** Name of the provider that the options `models.baseUrl` and `models.model` make. */
const optionsProvider = 'configured'
/** Name of the provider that a pulled model makes, and that of a pulled model for embeddings. */
const localProvider = 'local'
const embedderProvider = 'local-embeddings'
/** What a model for embeddings was trained on at once; longer texts are cut by whoever asks. */
const embedderContext = 512

/** The pulled models that are served: for conversation, and for embeddings. */
export interface Pulled {
  current: string | null
  embedder: string | null
}
export const nothingPulled: Pulled = { current: null, embedder: null }

type SampleTable = Pick<GatewayConfig, 'providers' | 'models' | 'prices'>
type EndpointOptions = Pick<ModelsConfig, 'baseUrl' | 'model' | 'apiKey' | 'promptPrice' | 'completionPrice'>

/**
 * The table that the gateway runs on: the file's, with what can be had without writing one. `models.baseUrl` makes a provider
 * and a model; a pulled model makes the local engine. What the file says of the same name wins. `sample`: traffic to look
 * at until there is some, under names that no file can have.
 */
export function effectiveTable(
  file: GatewayConfig,
  options: EndpointOptions,
  pulled: Pulled,
  sample: SampleTable | null = null,
): GatewayConfig {
  const beside = tableBeside(options, pulled)
  return {
    ...file,
    providers: { ...beside.providers, ...file.providers, ...sample?.providers },
    models: { ...beside.models, ...file.models, ...sample?.models },
    prices: { ...sample?.prices, ...beside.prices, ...file.prices },
  }
}

/** Names that the file may use without having them. */
export function namesBeside(options: EndpointOptions, pulled: Pulled): NamesBeside {
  const { providers, models } = tableBeside(options, pulled)
  return { providers: Object.keys(providers), models: Object.keys(models) }
}

/** What the options and a pulled model make. */
export function tableBeside(options: EndpointOptions, pulled: Pulled): GatewayConfig {
  const providers: Record<string, unknown> = {}
  const models: Record<string, unknown> = {}
  const prices: Record<string, unknown> = {}
  const { baseUrl, model, apiKey } = options
  if (baseUrl !== null && model !== null) {
    providers[optionsProvider] = { kind: 'openai', replicas: [baseUrl], apiKey }
    models[model] = { targets: [{ provider: optionsProvider, model }] }
    if (options.promptPrice > 0 || options.completionPrice > 0) {
      prices[model] = { input: options.promptPrice, output: options.completionPrice }
    }
  }
  if (pulled.current !== null) {
    providers[localProvider] = { kind: 'engine', model: pulled.current }
    models[pulled.current] = { targets: [{ provider: localProvider, model: pulled.current }] }
  }
  if (pulled.embedder !== null) {
    providers[embedderProvider] = {
      kind: 'engine',
      model: pulled.embedder,
      sequences: 1,
      contextTokens: embedderContext,
      prefixCacheMb: 0,
    }
    models[pulled.embedder] = { targets: [{ provider: embedderProvider, model: pulled.embedder }] }
  }
  return gatewayConfigSchema.parse({ providers, models, prices })
}

/**
 * The model for a class of work: the one that `tasks` names, else its `default`, else the one of the options or the only one
 * there is. Null when that is none.
 */
export function modelForTask(table: GatewayConfig, task: string, preferred: string | null): string | null {
  const named = table.tasks[task] ?? table.tasks['default']
  if (named !== undefined) return named in table.models ? named : null
  if (preferred !== null && preferred in table.models) return preferred
  const names = Object.entries(table.models)
    .filter(([name, model]) => !isSampleModel(name) && !embeds(model))
    .map(([name]) => name)
  return names.length === 1 ? (names[0] ?? null) : null
}

/** The model that texts are embedded with: the one that `tasks` names for `embedding`, else the pulled one. Null when there is none. */
export function modelForEmbedding(table: GatewayConfig): string | null {
  const named = table.tasks['embedding']
  if (named !== undefined) return named in table.models ? named : null
  return Object.entries(table.models).find(([, model]) => embeds(model))?.[0] ?? null
}

function embeds({ targets }: GatewayConfig['models'][string]): boolean {
  return targets.every(({ provider }) => provider === embedderProvider)
}

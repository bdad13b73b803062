import type { NamesBeside } from './cross-checks.ts'
import { gatewayConfigSchema } from './gateway-config.ts'
import type { GatewayConfig } from './gateway-config.ts'
import type { ModelsConfig } from '../config.ts'
import { isSampleModel } from './sample-names.ts'

/** Name of the provider that the options `models.baseUrl` and `models.model` make. */
const optionsProvider = 'configured'
/** Name of the provider that a pulled model makes. */
const localProvider = 'local'

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
  pulled: string | null,
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
export function namesBeside(options: EndpointOptions, pulled: string | null): NamesBeside {
  const { providers, models } = tableBeside(options, pulled)
  return { providers: Object.keys(providers), models: Object.keys(models) }
}

/** What the options and a pulled model make. */
export function tableBeside(options: EndpointOptions, pulled: string | null): GatewayConfig {
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
  if (pulled !== null) {
    providers[localProvider] = { kind: 'engine', model: pulled }
    models[pulled] = { targets: [{ provider: localProvider, model: pulled }] }
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
  const names = Object.keys(table.models).filter((name) => !isSampleModel(name))
  return names.length === 1 ? (names[0] ?? null) : null
}

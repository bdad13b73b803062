import { createQueue } from '../../admission/queue.ts'
import { modelConfigOf } from '../../table/gateway-config.ts'
import type { GatewayConfig, ModelConfig, ProviderConfig, ReplicaConfig } from '../../table/gateway-config.ts'
import type { PathRule } from './path-rules.ts'
import { createAnthropicCodec } from '../../providers/anthropic.ts'
import { anthropicAuthorizer, bearerAuthorizer } from '../../providers/authorize.ts'
import type { Authorizer } from '../../providers/authorize.ts'
import { awsAuthorizer } from '../../providers/aws-signature.ts'
import { bedrockBaseUrl, createBedrockCodec } from '../../providers/bedrock.ts'
import { createBalancer } from '../../routing/create-balancer.ts'
import type { ReplicaSpec } from '../../routing/create-replica.ts'
import type { Api, ProviderCodec } from '../../wire/codec.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import type { ModelRoute } from './model-route.ts'
import type { Pools } from './pools.ts'
import type { Upstream } from './upstream.ts'

/** Where the engine of a provider listens, e.g. `http://127.0.0.1:40123/v1`; null while it has no address. */
export type EngineAddress = (provider: string) => string | null

/** A configuration made ready. */
export interface Table {
  config: GatewayConfig
  routes: ReadonlyMap<string, ModelRoute>
  /** By provider with paths of its own: for requests there that name no model. */
  passing: ReadonlyMap<string, ModelRoute>
}

interface Address extends Omit<ReplicaConfig, 'url'> {
  /** Null for an engine, which says at each call where it is. */
  url: string | null
}

/** What is the same for all replicas of a provider. */
interface Reach {
  addresses: Address[]
  apis: ReadonlySet<Api>
  paths: readonly PathRule[]
  codec: ProviderCodec | null
  authorizer: Authorizer
}

/**
 * Makes the routes of `config`. A model that was there before keeps its route, with its queue and all that its balancer
 * has learned of replicas that stay. Attempts under way end on what they began with.
 */
export function buildTable(
  config: GatewayConfig,
  before: Table | null,
  parts: GatewayParts,
  pools: Pools,
  engineAddress: EngineAddress,
): Table {
  const reaches = new Map<string, Reach>()
  for (const [name, provider] of Object.entries(config.providers)) reaches.set(name, reachOf(provider, parts))
  const routes = new Map<string, ModelRoute>()
  for (const [name, model] of Object.entries(config.models)) {
    routes.set(name, buildRoute(name, model, reaches, before?.routes.get(name), parts, pools, engineAddress))
  }
  const passing = new Map<string, ModelRoute>()
  for (const [name, { paths }] of reaches) {
    if (paths.length === 0) continue
    const unnamed = modelConfigOf([{ provider: name, model: '', tier: 0 }])
    passing.set(
      name,
      buildRoute(name, unnamed, reaches, before?.passing.get(name), parts, pools, engineAddress),
    )
  }
  return { config, routes, passing }
}

function buildRoute(
  name: string,
  config: ModelConfig,
  reaches: ReadonlyMap<string, Reach>,
  same: ModelRoute | undefined,
  parts: GatewayParts,
  pools: Pools,
  engineAddress: EngineAddress,
): ModelRoute {
  const specs: ReplicaSpec[] = []
  const upstreams = new Map<string, Upstream>()
  for (const { provider, model, tier } of config.targets) {
    const reach = reaches.get(provider)
    if (!reach) continue
    for (const { url, tls, ...traits } of reach.addresses) {
      const id = replicaIdOf(provider, url, model)
      specs.push({ id, provider, model, tier, ...traits })
      upstreams.set(id, {
        replicaId: id,
        provider,
        model,
        endpoint: () => pools.endpoint(url ?? engineAddress(provider), tls),
        apis: reach.apis,
        paths: reach.paths,
        codec: reach.codec,
        authorizer: reach.authorizer,
      })
    }
  }
  const needsPrefix = config.policy === 'prefix-affinity' || config.policy === 'prefill-aware'
  if (!same) {
    const { random, breaker = {}, onTakenOut = () => undefined } = parts
    const balancer = createBalancer({ policy: config.policy, replicas: specs, random, breaker, onTakenOut })
    return { name, config, upstreams, balancer, queue: createQueue(config.queue), needsPrefix }
  }
  same.balancer.configure({ policy: config.policy, replicas: specs })
  same.queue.configure(config.queue)
  return Object.assign(same, { config, upstreams, needsPrefix })
}

/** `<provider>/<host>/<model>`; `url` null for an engine. */
export function replicaIdOf(provider: string, url: string | null, model: string): string {
  return `${provider}/${url === null ? 'engine' : hostOf(url)}/${model}`
}

function reachOf(provider: ProviderConfig, { clock, ids, readSecret }: GatewayParts): Reach {
  const nowMs = () => clock.nowMs()
  switch (provider.kind) {
    case 'openai':
      return {
        addresses: provider.replicas,
        apis: new Set(provider.apis),
        paths: provider.paths,
        codec: null,
        authorizer: bearerAuthorizer(provider.apiKey, readSecret),
      }
    case 'anthropic':
      return {
        addresses: provider.replicas,
        apis: new Set<Api>(['messages']),
        paths: provider.paths,
        codec: createAnthropicCodec({ version: provider.version, nowMs }),
        authorizer: anthropicAuthorizer(provider.apiKey, provider.version, readSecret),
      }
    case 'bedrock':
      return {
        addresses: [{ url: provider.endpoint ?? bedrockBaseUrl(provider.region), ...usualTraits }],
        apis: new Set<Api>(),
        paths: [],
        codec: createBedrockCodec({ nowMs, newId: () => ids.next('chatcmpl') }),
        authorizer: awsAuthorizer(provider, nowMs, readSecret),
      }
    case 'engine':
      return {
        // The engine has a queue of its own for what it cannot decode at once; here it waits fairly by tenant.
        addresses: [{ url: null, ...usualTraits, maxInFlight: provider.sequences }],
        apis: new Set<Api>(['chat', 'completions', 'embeddings']),
        paths: [],
        codec: null,
        authorizer: bearerAuthorizer(null, readSecret),
      }
  }
}

const usualTraits = {
  weight: 1,
  maxInFlight: null,
  prefillTokensPerSecond: 4000,
  cacheTokens: 200_000,
  zone: null,
  tls: null,
}

function hostOf(url: string): string {
  const { host, pathname } = new URL(url)
  return pathname === '/' || pathname === '/v1' ? host : host + pathname.replace(/\/v1$/, '')
}

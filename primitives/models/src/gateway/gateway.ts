import type { Caller } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import type { GatewayConfig } from '../config/gateway-config.ts'
import type { RouteRequest } from '../routing/balancer.ts'
import type { Replica } from '../routing/replica.ts'
import { prefixHashes } from '../wire/prefix-hashes.ts'
import { promptTokens } from '../wire/scan-body.ts'
import type { Call } from './call.ts'
import { Exchange } from './exchange.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { unknownModel } from './list-models.ts'
import type { ModelRoute } from './model-route.ts'
import type { Sink } from './sink.ts'
import { buildTable } from './table.ts'
import type { EngineAddress, Table } from './table.ts'
import { Pools } from './pools.ts'

const noPrefix = new Uint32Array(0)
/** About 32 tokens of English. */
const blockBytes = 128
const tokensPerBlock = blockBytes / 4
/** A guess for requests that do not say: most answers are shorter, and the end corrects it. */
const usualOutputTokens = 256

/** Every model call goes through here. `configure` swaps the table under running streams, which end on what they began with. */
export class Gateway {
  readonly #parts: GatewayParts
  readonly #engineAddress: EngineAddress
  readonly #pools = new Pools()
  #table: Table
  #hashes = new Uint32Array(4096)
  /** A breaker's pause or a Retry-After that is over frees room without anything having ended. */
  readonly #waking = setInterval(() => {
    for (const { queue } of this.#table.routes.values()) if (queue.waiting > 0) queue.wake()
  }, 100).unref()
  configuredAtMs: number

  constructor(parts: GatewayParts, config: GatewayConfig, engineAddress: EngineAddress) {
    this.#parts = parts
    this.#engineAddress = engineAddress
    this.#table = buildTable(config, null, parts, this.#pools, engineAddress)
    this.configuredAtMs = parts.clock.nowMs()
  }

  get ids() {
    return this.#parts.ids
  }

  get log() {
    return this.#parts.log
  }

  get config(): GatewayConfig {
    return this.#table.config
  }

  get routes(): ReadonlyMap<string, ModelRoute> {
    return this.#table.routes
  }

  /** Replicas that stay keep their counts, breakers and connections; those that go finish what they have. */
  configure(config: GatewayConfig): void {
    this.#table = buildTable(config, this.#table, this.#parts, this.#pools, this.#engineAddress)
    this.#parts.limits.configure(config)
    this.configuredAtMs = this.#parts.clock.nowMs()
    this.#pools.keepOnly(this.#urls())
  }

  /** Takes replicas out, or back in: an engine that restarts, an address that fails its checks. */
  setHealth(which: (replica: Replica) => boolean, isHealthy: boolean): void {
    const nowMs = performance.now()
    for (const { balancer, queue } of this.#table.routes.values()) {
      for (const replica of balancer.replicas) {
        if (which(replica)) balancer.setHealth(replica.id, isHealthy, nowMs)
      }
      queue.wake()
    }
  }

  /** Models that the caller may ask for. */
  modelNames(caller: Pick<Caller, 'tenantId' | 'keyId'>): string[] {
    return [...this.#table.routes.keys()].filter((name) => this.#parts.limits.mayUse(caller, name))
  }

  /** Throws for a body without a model, or one that names an unknown one. */
  open(call: Call, sink: Sink): Exchange {
    const name = call.scanned.model
    if (name === null || name === '') {
      throw new InvalidInputError({
        code: 'model-missing',
        message: 'The body names no "model". GET /v1/models lists what there is.',
      })
    }
    const route = this.#table.routes.get(name)
    if (!route) throw unknownModel(name, this.modelNames(call))
    const request = this.#routeRequest(route, call)
    return new Exchange(this.#parts, route, call, sink, request, this.config.log.prompts)
  }

  close(): Promise<void> {
    clearInterval(this.#waking)
    return this.#pools.close()
  }

  #urls(): Set<string> {
    const urls = new Set<string>()
    for (const [name, provider] of Object.entries(this.config.providers)) {
      if (provider.kind === 'openai' || provider.kind === 'anthropic')
        for (const { url } of provider.replicas) urls.add(url)
      if (provider.kind === 'engine') urls.add(this.#engineAddress(name) ?? '')
      if (provider.kind === 'bedrock' && provider.endpoint !== null) urls.add(provider.endpoint)
    }
    urls.delete('')
    return urls
  }

  #routeRequest(route: ModelRoute, call: Call): RouteRequest {
    return {
      promptTokens: promptTokens(call.scanned),
      outputTokens: call.scanned.maxTokens ?? usualOutputTokens,
      prefix: route.needsPrefix ? this.#prefixOf(call) : noPrefix,
      tokensPerBlock,
    }
  }

  #prefixOf(call: Call): Uint32Array {
    const count = prefixHashes(call.body, call.scanned, blockBytes, this.#hashes)
    // A copy, since an exchange may wait while others are hashed.
    return this.#hashes.slice(0, count)
  }
}

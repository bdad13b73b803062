import type { Dispatcher } from 'undici'
import type { Caller } from '@heavylift/core'
import { Unordered } from '../unordered.ts'
import { InvalidInputError } from '@heavylift/core'
import type { GatewayConfig, ReplicaConfig } from '../table/gateway-config.ts'
import { ResponseCache } from '../cache/response-cache.ts'
import type { CallTraits } from '../routing/balancer.ts'
import type { EngineLoad, Replica } from '../routing/replica.ts'
import type { Api } from '../wire/codec.ts'
import { prefixHashes } from '../wire/prefix-hashes.ts'
import { promptTokens } from '../wire/scan-body.ts'
import { CachedCall } from './call/cached-call.ts'
import type { Call } from './call/call.ts'
import { CallReport } from './call/call-report.ts'
import { CascadingCall } from './call/cascading-call.ts'
import { createCascadeCheck } from './call/cascade-check.ts'
import type { Accept, CascadeCheck } from './call/cascade-check.ts'
import { ForwardedCall } from './call/forwarded-call.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { noReplica } from '../failure/no-replica.ts'
import { unknownModel } from '../failure/unknown-model.ts'
import { notOfModel, pathIsShared } from '../failure/unknown-path.ts'
import type { PassedRequest } from './entry/passed-request.ts'
import { mainTenantId } from '../main-tenant.ts'
import { declaredAt } from './route/model-route.ts'
import { isPlainPath } from './route/path-rules.ts'
import type { PathRule } from './route/path-rules.ts'
import type { ModelRoute } from './route/model-route.ts'
import type { RoutedCall } from './call/routed-call.ts'
import type { RunningCall } from './call/running-call.ts'
import type { Sink } from './answer/sink.ts'
import { bedrockBaseUrl } from '../providers/bedrock.ts'
import { isSampleModel } from '../table/sample-names.ts'
import { buildTable } from './route/route-table.ts'
import type { EngineAddress, Table } from './route/route-table.ts'
import { Pools } from './route/pools.ts'

const noPrefix = new Uint32Array(0)
/** About 128 tokens of English: less would tell no more of where a prefix is, and cost a choice its time. */
const blockBytes = 512
const tokensPerBlock = blockBytes / 4
/** A guess for requests that do not say: most answers are shorter, and the end corrects it. */
const usualOutputTokens = 256
/** Of this process's memory, for answers that are given again. */
export const maxCacheBytes = 64 * 1024 * 1024

/** Every model call goes through here. `configure` swaps the table under running streams, which end on what they began with. */
export class Gateway {
  readonly #parts: GatewayParts
  readonly #engineAddress: EngineAddress
  readonly #pools: Pools
  /** Answers of the models that keep them. */
  readonly cache: ResponseCache
  #table: Table
  #hashes = new Uint32Array(4096)
  readonly #running = new Unordered<ForwardedCall>()
  readonly #checks = new WeakMap<Accept, CascadeCheck>()
  /**
   * A breaker's pause or a Retry-After that is over frees room without anything having ended; a replica that hangs is
   * found out although no call begins.
   */
  readonly #waking = setInterval(() => {
    const nowMs = performance.now()
    for (const { queue, balancer } of this.#everyRoute()) {
      if (queue.waiting > 0) queue.wake()
      balancer.look(nowMs)
    }
  }, 100).unref()
  /** WebSockets that are relayed. */
  readonly sockets = new Set<{ stop(): void }>()
  configuredAtMs: number
  /** Hears of calls of clients; set only while there is sample traffic, which ends then. */
  onRealCall: (() => void) | null = null

  constructor(parts: GatewayParts, config: GatewayConfig, engineAddress: EngineAddress) {
    this.#parts = parts
    this.#engineAddress = engineAddress
    this.#pools = new Pools(parts.readSecret)
    this.cache = new ResponseCache(maxCacheBytes, () => parts.clock.nowMs())
    this.#table = buildTable(config, null, parts, this.#pools, engineAddress)
    this.configuredAtMs = parts.clock.nowMs()
  }

  get clock() {
    return this.#parts.clock
  }

  get ids() {
    return this.#parts.ids
  }

  get log() {
    return this.#parts.log
  }

  get responses() {
    return this.#parts.responses ?? null
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
    this.#pools.keepOnly(this.#addresses())
  }

  /** Takes replicas out, or back in: an engine that restarts, an address that fails its checks. */
  setHealth(which: (replica: Replica) => boolean, isHealthy: boolean): void {
    const nowMs = performance.now()
    for (const { balancer, queue } of this.#everyRoute()) {
      for (const replica of balancer.replicas) {
        if (which(replica)) balancer.setHealth(replica.id, isHealthy, nowMs)
      }
      queue.wake()
    }
  }

  /** Connections to an address, checked as its replica's entry says. */
  dispatcherTo({ url, tls }: Pick<ReplicaConfig, 'url' | 'tls'>): Dispatcher | null {
    return this.#pools.endpoint(url, tls)?.dispatcher ?? null
  }

  /** What a replica's own metrics say of it, in every model that it serves. */
  setEngine(replicaId: string, load: EngineLoad | null): void {
    const nowMs = performance.now()
    for (const { balancer } of this.#table.routes.values()) balancer.setEngine(replicaId, load, nowMs)
  }

  /** Lets a replica finish what it has and gives it no more, in every model that it serves, or takes it back. Returns whether there is one. */
  setDraining(replicaId: string, isDraining: boolean): boolean {
    let isThere = false
    for (const { balancer, queue } of this.#table.routes.values()) {
      if (!balancer.replicas.some(({ id }) => id === replicaId)) continue
      isThere = true
      balancer.setDraining(replicaId, isDraining)
      if (!isDraining) queue.wake()
    }
    return isThere
  }

  /** Another gateway found a replica broken: it is looked at sooner here. */
  suspect(replicaId: string): void {
    const nowMs = performance.now()
    for (const { balancer } of this.#table.routes.values()) balancer.suspect(replicaId, nowMs)
  }

  /** Models that the caller may ask for. */
  modelNames(caller: Pick<Caller, 'tenantId' | 'keyId' | 'limits'>): string[] {
    return [...this.#table.routes.keys()].filter(
      (name) => !isSampleModel(name) && this.#parts.limits.mayUse(caller, name),
    )
  }

  /**
   * `onAnswer` hears the answer at its clean end (see `RoutedCall`). Throws for a body without a model, or one that names
   * neither a model nor a task.
   */
  open(call: Call, sink: Sink, onAnswer: RoutedCall['onAnswer'] = null): RunningCall {
    const name = call.scanned.model
    if (name === null || name === '') {
      throw new InvalidInputError({
        code: 'model-missing',
        message: 'The body names no "model". GET /v1/models lists what there is.',
      })
    }
    const route = this.routeOf(name)
    if (!route || isSampleModel(route.name) !== (call.isSample ?? false)) {
      throw unknownModel(name, this.modelNames(call))
    }
    if (!call.isSample) this.onRealCall?.()
    return this.#serve({
      call,
      route,
      sink,
      limitAs: this.#limitAs(call, name, route),
      cache: 'off',
      onAnswer,
    })
  }

  /** Whether replicas of some provider declare this path below `/v1`. */
  declares(path: string): boolean {
    if (this.#table.passing.size === 0 || !isPlainPath(path)) return false
    return this.#passingAt(path) !== null
  }

  /** `/v1/audio/speech` …: what replicas declare. */
  declaredPaths(): string[] {
    const paths = Object.values(this.config.providers).flatMap((provider) =>
      'paths' in provider ? provider.paths.map(({ path }) => `/v1${path}`) : [],
    )
    return [...new Set(paths)]
  }

  /**
   * For a request that passes as bytes to a path which `declares` knows. It goes to the model that it names, or where it
   * names none to the first provider that declares the path. Throws where that model is not served there, and for callers of
   * other tenants than the main one where nothing says whose it is.
   */
  openPassed(call: Call & { passed: PassedRequest }, sink: Sink): RunningCall {
    return this.#forward({
      ...this.routePassed(call, call.passed.path),
      call,
      sink,
      cache: 'off',
      onAnswer: null,
    })
  }

  /** A WebSocket to such a path, as a call: where it goes, and what tells of it. */
  openSocket(call: Call & { passed: PassedRequest }): {
    route: ModelRoute
    report: CallReport
    traits: CallTraits
  } {
    const routed = this.routePassed(call, call.passed.path)
    const sink: Sink = { head: () => undefined, write: () => true, end: () => undefined }
    const report = new CallReport(this.#parts, { ...routed, call, sink, cache: 'off', onAnswer: null }, false)
    return { route: routed.route, report, traits: this.#traitsOf(routed.route, call) }
  }

  /** Where such a request goes, and the name under which limits look at it. */
  routePassed(
    call: Pick<Call, 'tenantId' | 'keyId' | 'limits' | 'home'> & { scanned: { model: string | null } },
    path: string,
  ): Pick<RoutedCall, 'route' | 'limitAs'> {
    const name = call.scanned.model
    if (name === null) {
      const at = this.#passingAt(path)
      if (at === null) throw noReplica(path, null)
      if (call.tenantId !== mainTenantId) throw pathIsShared(path)
      return { route: at.route, limitAs: at.rule.path }
    }
    const route = this.routeOf(name)
    if (!route || isSampleModel(route.name)) throw unknownModel(name, this.modelNames(call))
    if (declaredAt(route, path) === null && !call.home?.isRequired) {
      const serving = this.modelNames(call).filter((other) => {
        const found = this.routeOf(other)
        return found !== null && declaredAt(found, path) !== null
      })
      throw notOfModel(path, name, serving)
    }
    this.onRealCall?.()
    return { route, limitAs: this.#limitAs(call, name, route) }
  }

  #passingAt(path: string): { route: ModelRoute; rule: PathRule } | null {
    for (const route of this.#table.passing.values()) {
      const rule = declaredAt(route, path)
      if (rule !== null) return { route, rule }
    }
    return null
  }

  /** Who may use a task may use the model behind it, and the other way round. */
  #limitAs(call: Pick<Call, 'tenantId' | 'keyId' | 'limits'>, name: string, route: ModelRoute): string {
    return name === route.name || this.#parts.limits.mayUse(call, name) ? name : route.name
  }

  *#everyRoute(): Generator<ModelRoute> {
    yield* this.#table.routes.values()
    yield* this.#table.passing.values()
  }

  /** Of a model, or of the task that it serves; a model of that name goes first. */
  routeOf(name: string): ModelRoute | null {
    const { routes, config } = this.#table
    const route = routes.get(name)
    if (route) return route
    const served = Object.hasOwn(config.tasks, name) ? config.tasks[name] : undefined
    return served === undefined ? null : (routes.get(served) ?? null)
  }

  #serve(routed: RoutedCall): RunningCall {
    const { call, route } = routed
    const cache = route.config.cache !== null && canKeep(route, call.api) ? this.cache : null
    const isKeyed =
      cache !== null ||
      call.ready !== undefined ||
      this.#parts.ready?.mayHave(call.tenantId, route.name) === true
    if (!isKeyed) return this.#ask(routed)
    return new CachedCall(routed, {
      parts: this.#parts,
      cache,
      ask: (missed) => this.#ask(missed),
      keepsText: this.config.log.prompts,
    })
  }

  #ask(routed: RoutedCall): RunningCall {
    const { cascade } = routed.route.config
    // There is nothing in embeddings to judge.
    if (cascade === null || routed.call.api === 'embeddings') return this.#forward(routed)
    return new CascadingCall(this.#parts.log, routed, {
      check: this.#checkOf(cascade.accept),
      ask: (first) => this.#forward(first),
      askNext: (next) => {
        const route = this.#table.routes.get(cascade.to)
        return route === undefined ? null : this.#serve({ ...next, route })
      },
    })
  }

  #forward(routed: RoutedCall): RunningCall {
    const traits = this.#traitsOf(routed.route, routed.call)
    return new ForwardedCall(this.#parts, routed, traits, this.config.log.prompts, this.#running)
  }

  #checkOf(accept: Accept): CascadeCheck {
    let check = this.#checks.get(accept)
    if (!check) this.#checks.set(accept, (check = createCascadeCheck(accept)))
    return check
  }

  /** Ends every call that is under way, streams with an error event: the server closes their connections next. */
  stopCalls(): void {
    for (const call of this.#running) call.stop()
    for (const socket of this.sockets) socket.stop()
  }

  close(): Promise<void> {
    clearInterval(this.#waking)
    this.stopCalls()
    return this.#pools.close()
  }

  #addresses(): Pick<ReplicaConfig, 'url' | 'tls'>[] {
    return Object.entries(this.config.providers).flatMap(
      ([name, provider]): Pick<ReplicaConfig, 'url' | 'tls'>[] => {
        if (provider.kind === 'openai' || provider.kind === 'anthropic') return provider.replicas
        const url =
          provider.kind === 'engine'
            ? this.#engineAddress(name)
            : (provider.endpoint ?? bedrockBaseUrl(provider.region))
        return url === null ? [] : [{ url, tls: null }]
      },
    )
  }

  #traitsOf(route: ModelRoute, call: Call): CallTraits {
    return {
      promptTokens: promptTokens(call.scanned),
      outputTokens: hasNoOutput(call.api) ? 0 : (call.scanned.maxTokens ?? usualOutputTokens),
      isWhole: !call.isStream,
      prefix: route.needsPrefix ? this.#prefixOf(call) : noPrefix,
      tokensPerBlock,
    }
  }

  #prefixOf(call: Call): Uint32Array {
    const count = prefixHashes(call.body, call.scanned, blockBytes, this.#hashes)
    // A copy, since a call may wait while others are hashed.
    return this.#hashes.slice(0, count)
  }
}

/** Nothing is written, or nobody knows how much of what. */
function hasNoOutput(api: Api): boolean {
  return api === 'embeddings' || api === 'other'
}

/** A stream that one of the replicas writes in its own API passes undecoded, and is not kept. */
function canKeep({ upstreams }: ModelRoute, api: Api): boolean {
  if (api !== 'messages' && api !== 'responses') return true
  for (const { apis } of upstreams.values()) if (apis.has(api)) return false
  return true
}

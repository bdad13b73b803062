import { createSafeFetch, networkList } from '@heavylift/core/safe-fetch'
import type { AgentsConfig } from './config.ts'
import type { AgentsContext, AgentsServices } from './context.ts'
import { join } from 'node:path'
import { secretReader } from '@heavylift/models'
import { Meanings } from '@heavylift/models/meaning'
import { authorizer } from './credentials/configured.ts'
import type { CredentialTables } from './credentials/credential-tables.ts'
import { Credentials } from './credentials/credentials.ts'
import { ownSealKey, Sealer } from './credentials/seal.ts'
import { checkDraft } from './drafts/check-draft.ts'
import { Drafts } from './drafts/drafts.ts'
import { Drift } from './drift/drift.ts'
import type { DraftTables } from './drafts/drafts.ts'
import type { A2aEndpoint } from './faces/a2a/endpoint.ts'
import type { McpEndpoint } from './faces/mcp/endpoint.ts'
import { guardRuns } from './guard/guard-runs.ts'
import type { FaceContext } from './faces/face-context.ts'
import { Agents } from './publish/agents.ts'
import { Cases } from './evaluate/cases.ts'
import { Evaluations } from './evaluate/evaluations.ts'
import type { ExecutionDeps } from './run/deps.ts'
import { Dispatcher } from './run/dispatcher.ts'
import { hasLimit } from './run/limits.ts'
import type { Limits, LimitScope } from './run/limits.ts'
import { Triggers } from './triggers/triggers.ts'
import { openPostgresLog } from '@heavylift/streams'
import { Executor } from './run/executor.ts'
import { Journal } from './run/journal.ts'
import { Payloads } from './run/payload.ts'
import type { AgentsTables } from './run/run-row.ts'
import { PostgresRunStore } from './run/run-store.ts'
import { Registry } from './registry/registry.ts'
import { Stops } from './registry/stops.ts'
import { Runs } from './run/runs.ts'
import { Catalogue } from './tools/catalogue.ts'
import { makeSource } from './tools/register-sources.ts'
import { ToolChanges } from './tools/tool-changes.ts'
import type { ToolChangeTables } from './tools/tool-changes.ts'
import { ToolUses } from './tools/tool-uses.ts'
import type { ToolUseTables } from './tools/tool-uses.ts'
import { RegisteredSources } from './tools/registered-sources.ts'
import type { SourceTables } from './tools/registered-sources.ts'
import { toolFetch } from './tools/tool-fetch.ts'
import { catalogueTexts, countCards } from './registry/catalogue.ts'
import type { RegistryTables } from './registry/registry-tables.ts'
import { AgentMemory } from './memory/memory.ts'
import type { MemoryTables } from './memory/memory.ts'
import { memoryOfRuns } from './memory/memory-of-runs.ts'
import { memorySource } from './memory/memory-source.ts'
import { HouseRules } from './guard/house-rules.ts'
import { Templates } from './templates/templates.ts'
import { Value } from './value/value.ts'
import type { ToolSources } from './tools/tool-sources.ts'

/** What may stand in for a part: the policy, sources of tools, the checks of values. */
export interface AgentsParts extends Pick<ExecutionDeps, 'expressions' | 'misfit'> {
  /** Default: the guard, with the policy of each definition. */
  judge?: ExecutionDeps['judge']
  sources: ToolSources
  /** Default: by the keys of the configuration, or one that the server makes for itself. */
  sealer?: Sealer
}

export interface OpenAgents extends AgentsContext {
  /** Begins to take up runs that wait. Durable runs must have started, or start soon. */
  dispatch(): void
  close(): Promise<void>
}

/** Everything of agents that a process needs, wired. Workflows are registered here, so before durable runs start. */
export function openAgents(services: AgentsServices, config: AgentsConfig, parts: AgentsParts): OpenAgents {
  const { clock, ids, log, models, store } = services
  const database = store.database<AgentsTables>()
  const stopping = new AbortController()
  const signal = AbortSignal.any([services.signal, stopping.signal])
  const journal = new Journal(database, log)
  const payloads = new Payloads(store.objects)
  const runStore = new PostgresRunStore(database)
  const houseRules = new HouseRules({ store, clock, signal })
  const agents = new Agents({
    store,
    clock,
    signal,
    mayGoLive: async (tenantId, name, version) => {
      const { tools } = await agents.definition(tenantId, name, version)
      for (const { from } of tools) await parts.sources.find(tenantId, from)
      await evaluations.mayGoLive(tenantId, name, version)
    },
    onLive: (tenantId, definition) => triggers.follow(tenantId, definition),
  })
  const deps: ExecutionDeps = {
    clock,
    log,
    models,
    journal,
    payloads,
    runStore,
    ...parts,
    judge:
      parts.judge ??
      guardRuns(
        (tenantId, agent, version) => agents.definition(tenantId, agent, version),
        (tenantId) => houseRules.policy(tenantId),
      ),
    startChild: (child) => runs.startChild(child),
    onChildEnded: (parent) => runs.stir(parent),
    onToolChanged: (tenantId, { from, pin = '' }, tool) => toolChanges.found(tenantId, from, tool, pin),
    keepTool: (tenantId, source, tools) => toolChanges.keep(tenantId, source, tools),
    maxAnswerBytes: config.maxAnswerBytes,
    toolTimeoutMs: config.toolTimeoutSeconds * 1_000,
    noteUse: (tenantId, source, tool, outcome) => toolUses.note(tenantId, source, tool, outcome),
  }
  const readSecret = secretReader({ secretsDir: join(services.configDir, 'secrets') })
  const sealer =
    parts.sealer ??
    new Sealer(() =>
      config.sealKeys.length === 0
        ? ownSealKey(services.dataDir).then((key) => [key])
        : Promise.all(config.sealKeys.map(readSecret)),
    )
  const credentials = new Credentials({
    clock,
    database: store.database<CredentialTables>(),
    fetch: toolFetch(config),
    sealer,
    teamOf: async (tenantId, agent) => (await agents.limitsOf(tenantId, agent)).team,
    fallback: authorizer(config.credentials, readSecret),
  })
  const registeredSources = new RegisteredSources({
    clock,
    database: store.database<SourceTables>(),
    taken: (name) => Object.hasOwn(config.sources, name) || Object.hasOwn(config.programs, name),
  })
  const drift = new Drift({ agents, clock, store, ...config.drift })
  const cards = store.database<RegistryTables>()
  const meanings =
    services.dataDir === ''
      ? undefined
      : new Meanings({
          folder: join(services.dataDir, 'meaning'),
          embedder: () => models.embedder(),
          texts: (tenantId) => catalogueTexts(cards, tenantId),
          count: (tenantId) => countCards(cards, tenantId),
          log,
          signal,
        })
  const registry = new Registry({ store, clock, agents, drift, handoverDays: config.handoverDays, meanings })
  const stops = new Stops({
    clock,
    ids,
    signal,
    store,
    endLocal: (failureOf) => executor.cancelWhere(failureOf),
    end: (tenantId, runId, failure) => runs.cancel(tenantId, runId, failure),
  })
  deps.stops = stops
  const toolUses = new ToolUses({ clock, database: store.database<ToolUseTables>(), log })
  const catalogue = new Catalogue({
    sources: parts.sources,
    registered: registeredSources,
    configured: {
      ...config.sources,
      ...Object.fromEntries(Object.keys(config.programs).map((name) => [name, {}])),
    },
    database: store.database<object>(),
    nowMs: () => clock.nowMs(),
    onListed: (tenantId, source, tools) => toolChanges.look(tenantId, source, tools),
  })
  const draftsOf = (tenantId: string) => new Drafts({ db: store.database<DraftTables>(), tenantId, clock })
  const toolChanges = new ToolChanges({
    agents,
    clock,
    database: store.database<ToolChangeTables>(),
    draftsOf,
    usersOf: (tenantId) => catalogue.users(tenantId),
  })
  const executor = new Executor({
    deps,
    depsOf: (row, definition) => evaluations.depsOf(row, definition, deps),
    journal,
    store: runStore,
    durable: store.durable,
    find: (tenantId, agent, version) => agents.definition(tenantId, agent, version),
    stopOf: (row) => stops.ofRun(row),
    signal,
  })
  const { maxDepth, runsAtOnce } = config
  const scopesOf = async (
    tenantId: string,
    agent: string,
  ): Promise<{ scope: LimitScope; limits: Limits }[]> => {
    const { limits, team } = await agents.limitsOf(tenantId, agent)
    const ofTeam = team === null ? undefined : config.limits.teams[team]
    return [
      { scope: { agent }, limits },
      ...(team !== null && ofTeam !== undefined ? [{ scope: { team }, limits: ofTeam }] : []),
      { scope: 'tenant', limits: config.limits.tenant },
    ]
  }
  const runs = new Runs({
    agents,
    clock,
    executor,
    expressions: parts.expressions,
    ids,
    journal,
    maxDepth,
    misfit: parts.misfit,
    payloads,
    runStore,
    runsAtOnce,
    signal,
    stops,
    store,
    isLimited: async (tenantId, agent) =>
      (await scopesOf(tenantId, agent)).some(({ limits }) => hasLimit(limits)),
  })
  const cases = new Cases({ agents, clock, database, payloads, runs })
  const evaluations = new Evaluations({
    agents,
    cases,
    clock,
    database,
    durable: store.durable,
    ids,
    runs,
    sources: parts.sources,
  })
  const memory = new AgentMemory({ clock, database: store.database<MemoryTables>() })
  const remembered = memorySource(memory, memoryOfRuns(runs), clock)
  parts.sources.register('memory', (_tenantId, name) =>
    Promise.resolve(name === 'memory' ? remembered : null),
  )
  const value = new Value({
    agents,
    clock,
    database,
    ledger: store.ledger,
    onReported: (tenantId, agent) => drift.reported(tenantId, agent),
  })
  const stream = openPostgresLog({ store, clock, logger: log })
  const { expressions } = parts
  const triggers = new Triggers({ clock, database, expressions, log, runs, sealer, stream })
  const dispatcher = new Dispatcher({
    clock,
    database,
    executor,
    keepMs: config.keepDays * 86_400_000,
    log,
    forget: (beforeMs) => credentials.forget(beforeMs),
    runs,
    runsAtOnce,
    runStore,
    scopesOf,
    stops,
    signal,
    triggers,
  })
  runs.onQueued = () => dispatcher.wake()
  executor.onFree = () => {
    if (executor.count < runsAtOnce) dispatcher.wake()
  }
  let dispatching: Promise<void> | null = null
  const { callbacks } = config
  const faces: FaceContext = {
    agents,
    runs,
    clock,
    log,
    store,
    callWaitMs: config.callWaitSeconds * 1_000,
    isAllowedAddress: networkList(callbacks.allowNetworks),
  }
  let watching: Promise<void> | null = null
  let mcp: Promise<McpEndpoint> | null = null
  let a2a: Promise<A2aEndpoint> | null = null
  let pushing: Promise<void> | null = null
  return {
    ...services,
    agents,
    runs,
    cases,
    evaluations,
    value,
    drift,
    houseRules,
    memory,
    templates: new Templates(services.agents),
    triggers,
    mcp: () =>
      (mcp ??= import('./faces/mcp/endpoint.ts').then(({ McpEndpoint: Made }) => new Made(faces, signal))),
    registry,
    stops,
    a2a: () => (a2a ??= import('./faces/a2a/endpoint.ts').then(({ A2aEndpoint: Made }) => new Made(faces))),
    faces,
    publicUrl: config.publicUrl,
    sources: parts.sources,
    registeredSources,
    credentials,
    catalogue,
    toolUses,
    toolChanges,
    misfit: parts.misfit,
    tryLimits: { maxAnswerBytes: config.maxAnswerBytes, timeoutMs: config.toolTimeoutSeconds * 1_000 },
    makeSource: (name, spec, document) =>
      makeSource(name, spec, document, {
        config,
        fetch: toolFetch(config),
        authorize: credentials.authorize,
      }),
    draftsOf,
    problemsOf: (_tenantId, text) => Promise.resolve(checkDraft(text)),
    dispatch() {
      dispatching ??= dispatcher.run()
      pushing ??= import('./faces/a2a/push-notifier.ts').then(({ PushNotifier }) =>
        new PushNotifier(
          faces,
          createSafeFetch({ allowNetworks: callbacks.allowNetworks, ports: portsOf(callbacks.ports) }),
        ).run(signal),
      )
      watching ??= registry.watch(signal)
    },
    async close() {
      stopping.abort(new Error('The process stops.'))
      await dispatching
      await pushing
      await watching
      await stream.close()
      await toolUses.flush()
      await journal.flush()
    },
  }
}

function portsOf(ports: 'any' | readonly number[]): readonly number[] {
  return ports === 'any' ? Array.from({ length: 65_535 }, (_, at) => at + 1) : ports
}

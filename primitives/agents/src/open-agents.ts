import type { AgentsConfig } from './config.ts'
import type { AgentsContext, AgentsServices } from './context.ts'
import { checkDraft } from './drafts/check-draft.ts'
import { Drafts } from './drafts/drafts.ts'
import type { DraftTables } from './drafts/drafts.ts'
import { Agents } from './publish/agents.ts'
import type { ExecutionDeps } from './run/deps.ts'
import { Dispatcher } from './run/dispatcher.ts'
import { Executor } from './run/executor.ts'
import { Journal } from './run/journal.ts'
import { Payloads } from './run/payload.ts'
import type { AgentsTables } from './run/run-row.ts'
import { PostgresRunStore } from './run/run-store.ts'
import { Runs } from './run/runs.ts'
import { ToolSources } from './tools/tool-sources.ts'

/** What may stand in for a part: the policy, sources of tools, the checks of values. */
export interface AgentsParts extends Pick<ExecutionDeps, 'expressions' | 'judge' | 'misfit'> {
  sources: ToolSources
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
  const agents = new Agents({ store, clock, signal })
  const executor = new Executor({
    deps: {
      clock,
      log,
      models,
      journal,
      payloads,
      runStore,
      ...parts,
      startChild: (child) => runs.startChild(child),
      onChildEnded: (parent) => runs.stir(parent),
      onToolChanged: (tenantId, agent, tool) =>
        agents.pause(tenantId, agent, `The tool ${tool.tool} of ${tool.from} has changed.`),
      maxAnswerBytes: config.maxAnswerBytes,
      toolTimeoutMs: config.toolTimeoutSeconds * 1_000,
    },
    journal,
    store: runStore,
    durable: store.durable,
    find: (tenantId, agent, version) => agents.definition(tenantId, agent, version),
    signal,
  })
  const { maxDepth, runsAtOnce } = config
  const runs = new Runs({
    agents,
    clock,
    executor,
    ids,
    journal,
    maxDepth,
    misfit: parts.misfit,
    payloads,
    runStore,
    runsAtOnce,
    signal,
    store,
  })
  const dispatcher = new Dispatcher({ clock, database, executor, log, runs, runsAtOnce, runStore, signal })
  let dispatching: Promise<void> | null = null
  return {
    ...services,
    agents,
    runs,
    sources: parts.sources,
    draftsOf: (tenantId) => new Drafts({ db: store.database<DraftTables>(), tenantId, clock }),
    problemsOf: (_tenantId, text) => Promise.resolve(checkDraft(text)),
    dispatch() {
      dispatching ??= dispatcher.run()
    },
    async close() {
      stopping.abort(new Error('The process stops.'))
      await dispatching
      await journal.flush()
    },
  }
}

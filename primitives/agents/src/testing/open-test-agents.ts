import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { Clock, Logger } from '@heavylift/core'
import { ModelDirectory } from '@heavylift/models'
import type { Store } from '@heavylift/store'
import { agentsConfigSchema } from '../config.ts'
import { Sealer } from '../credentials/seal.ts'
import { openAgents } from '../open-agents.ts'
import { AgentOffers } from '../offers.ts'
import type { AgentsParts, OpenAgents } from '../open-agents.ts'
import { cel } from '../run/cel.ts'
import { misfit } from '../run/misfit.ts'
import { ToolSources } from '../tools/tool-sources.ts'
import type { ToolSource } from '../tools/tool.ts'

/** Agents over a store, with sources of tools that are given; for tests and benches only. Start durable runs after it. */
export function openTestAgents(
  store: Store,
  options: {
    /** What other systems offer. */
    offers?: AgentOffers
    sources?: readonly ToolSource[]
    models?: ModelDirectory
    config?: object
    clock?: Clock
    log?: Logger
    parts?: Partial<AgentsParts>
    /** Judge calls as the product does; otherwise all are allowed. */
    isGuarded?: boolean
  } = {},
): OpenAgents {
  const clock = options.clock ?? systemClock
  const offers = options.offers ?? new AgentOffers()
  const sources = new ToolSources(offers)
  for (const source of options.sources ?? []) sources.register(source.name, async () => source)
  return openAgents(
    {
      clock,
      ids: createIds(clock),
      log: options.log ?? silentLogger,
      telemetry: noTelemetry,
      dataDir: '',
      configDir: '',
      signal: new AbortController().signal,
      store,
      models: options.models ?? new ModelDirectory(),
      agents: offers,
    },
    agentsConfigSchema.parse(options.config ?? {}),
    {
      sources,
      expressions: cel,
      misfit,
      sealer: new Sealer(async () => ['the key of a test']),
      ...(options.isGuarded === true ? {} : { judge: async () => ({ verdict: 'allow' }) }),
      ...options.parts,
    },
  )
}

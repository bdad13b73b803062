import { join } from 'node:path'
import type { Route, RunningSystem } from '@heavylift/core'
import { secretReader } from '@heavylift/models'
import type { AgentsConfig } from './config.ts'
import type { AgentsServices } from './context.ts'
import { openAgents } from './open-agents.ts'
import { cel } from './run/cel.ts'
import { routeGroups } from './routes/route-groups.ts'
import { misfit } from './run/misfit.ts'
import { loadSample } from './templates/load-sample.ts'
import { createTile } from './tile.ts'
import { registerSources } from './tools/register-sources.ts'
import { toolFetch } from './tools/tool-fetch.ts'
import { ToolSources } from './tools/tool-sources.ts'

/** Takes up runs that wait, and answers for all. */
export async function startAgents(services: AgentsServices, config: AgentsConfig): Promise<RunningSystem> {
  const sources = new ToolSources(services.agents)
  const context = openAgents(services, config, {
    sources,
    expressions: cel,
    misfit,
  })
  const registered = registerSources(sources, {
    config,
    configDir: services.configDir,
    fetch: toolFetch(config),
    authorize: context.credentials.authorize,
    readSecret: secretReader({ secretsDir: join(services.configDir, 'secrets') }),
    registered: (tenantId, name) => context.registeredSources.find(tenantId, name),
    house: {
      clock: services.clock,
      objects: services.store.objects,
      ledger: services.store.ledger,
      runs: context.runs,
      liveAgent: async (tenantId, name) => (await context.agents.live(tenantId, name)).definition,
    },
  })
  await context.triggers.sealSecrets()
  await context.registry.fileMissing()
  context.dispatch()
  return {
    routes: routeGroups.flatMap((group): Route[] => group(context)),
    tile: (tenantId) => createTile(context, tenantId),
    loadSample: (tenantId, report) => loadSample(context, tenantId, report),
    async stop() {
      await context.close()
      await registered.close()
    },
  }
}

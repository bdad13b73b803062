import type { Route, RunningSystem } from '@heavylift/core'
import type { SpecConfig } from './config.ts'
import type { SpecContext, SpecServices } from './context.ts'
import { routeGroups } from './routes/route-groups.ts'

export function startSpec(services: SpecServices, config: SpecConfig): Promise<RunningSystem> {
  const context: SpecContext = { ...services, config }
  return Promise.resolve({
    routes: routeGroups.flatMap<Route>((group) => group(context)),
    async tile(tenantId) {
      const { count } = await services.store.ledger.summary(tenantId, { system: 'spec' })
      return {
        state: 'running',
        headline: 'Reads a repository into facts.',
        number: { label: 'Decisions', value: count, unit: '' },
        decisionsToday: count,
      }
    },
    stop: () => Promise.resolve(),
  })
}

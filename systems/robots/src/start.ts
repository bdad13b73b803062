import type { Route, RunningSystem } from '@heavylift/core'
import type { RobotsConfig } from './config.ts'
import type { RobotsContext, RobotsServices } from './context.ts'
import { routeGroups } from './routes/route-groups.ts'

export function startRobots(services: RobotsServices, config: RobotsConfig): Promise<RunningSystem> {
  const context: RobotsContext = { ...services, config }
  return Promise.resolve({
    routes: routeGroups.flatMap<Route>((group) => group(context)),
    async tile(tenantId) {
      const { count } = await services.store.ledger.summary(tenantId, { system: 'robots' })
      return {
        state: 'running',
        headline: 'Reads floors, plans and checks joint motion.',
        number: { label: 'Decisions', value: count, unit: '' },
        decisionsToday: count,
      }
    },
    stop: () => Promise.resolve(),
  })
}

import type { Route, RunningSystem } from '@heavylift/core'
import type { AddressConfig } from './config.ts'
import type { AddressContext, AddressServices } from './context.ts'
import { routeGroups } from './routes/route-groups.ts'

export function startAddress(services: AddressServices, config: AddressConfig): Promise<RunningSystem> {
  const context: AddressContext = { ...services, config }
  return Promise.resolve({
    routes: routeGroups.flatMap<Route>((group) => group(context)),
    async tile(tenantId) {
      const { count } = await services.store.ledger.summary(tenantId, { system: 'address' })
      return {
        state: 'running',
        headline: 'Reads and standardises addresses.',
        number: { label: 'Decisions', value: count, unit: '' },
        decisionsToday: count,
      }
    },
    stop: () => Promise.resolve(),
  })
}

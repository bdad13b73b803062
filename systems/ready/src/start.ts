import type { Route, RunningSystem } from '@heavylift/core'
import type { ReadyConfig } from './config.ts'
import type { ReadyContext } from './context.ts'
import { DemoService } from './demo/demo-service.ts'
import { askByFetch } from './load/consent.ts'
import { LimitSearches } from './limit/limit-searches.ts'
import { LoadRuns } from './load/runs.ts'
import type { ReadyServices } from './services.ts'
import { routeGroups } from './routes/route-groups.ts'

const dayMs = 86_400_000

export function startReady(services: ReadyServices, config: ReadyConfig): Promise<RunningSystem> {
  const demo = new DemoService()
  const loads = new LoadRuns(services, {
    token: config.consentToken,
    ask: askByFetch(config.allowNetworks),
    demo: () => demo.address(),
    isRealtime: config.realtime,
  })
  const limits = new LimitSearches(services, loads, config.realtime)
  const context: ReadyContext = { ...services, config, loads, limits }
  return Promise.resolve({
    routes: routeGroups.flatMap<Route>((group) => group(context)),
    async tile(tenantId) {
      const { count } = await services.store.ledger.summary(tenantId, { system: 'ready' })
      const days = Math.ceil((Date.parse(config.peakDay) - services.clock.nowMs()) / dayMs)
      return {
        state: 'running',
        headline: days > 0 ? `${days} days to the peak day.` : 'The peak day is here or over.',
        number: { label: 'days to the peak', value: Math.max(0, days), unit: 'days' },
        decisionsToday: count,
      }
    },
    stop() {
      loads.stopAll()
      limits.stopAll()
      return demo.stop()
    },
  })
}

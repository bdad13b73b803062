import type { Route, RunningSystem } from '@heavylift/core'
import type { ReadyConfig } from './config.ts'
import type { ReadyContext } from './context.ts'
import { DemoService } from './demo/demo-service.ts'
import { GameDays } from './game-day/game-days.ts'
import { askByFetch } from './load/consent.ts'
import { LimitSearches } from './limit/limit-searches.ts'
import { LoadRuns } from './load/runs.ts'
import { Reviews } from './review/reviews.ts'
import type { ReadyServices } from './services.ts'
import { routeGroups } from './routes/route-groups.ts'

const dayMs = 86_400_000

export function startReady(services: ReadyServices, config: ReadyConfig): Promise<RunningSystem> {
  const demo = new DemoService()
  const consent = { token: config.consentToken, ask: askByFetch(config.allowNetworks) }
  const gameDays = new GameDays(services, consent)
  const loads = new LoadRuns(services, {
    ...consent,
    demo: () => demo.address(),
    isRealtime: config.realtime,
  })
  const limits = new LimitSearches(services, loads, config.realtime)
  const context: ReadyContext = {
    ...services,
    config,
    loads,
    limits,
    gameDays,
    reviews: new Reviews(services, gameDays),
  }
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
    async stop() {
      await Promise.all([loads.close(), limits.close()])
      await gameDays.close()
      await demo.stop()
    },
  })
}

import type { Route, RunningSystem } from '@heavylift/core'
import type { RobotsConfig } from './config.ts'
import type { RobotsContext, RobotsServices } from './context.ts'
import { FloorLink } from './live/floor-link.ts'
import { liveStop } from './live/live-stop.ts'
import { routeGroups } from './routes/route-groups.ts'

export function startRobots(services: RobotsServices, config: RobotsConfig): Promise<RunningSystem> {
  const { robots, rows, columns, stepMs, goalPerHour, units } = config.floor
  const stop = liveStop(services.store)
  const floor = new FloorLink(
    {
      robots,
      units,
      seed: 'floor',
      isGuided: true,
      warehouse: { rows, columns, aisle: 2 },
      pace: { stepMs, stepSeconds: 1, goalPerHour, budgetMs: Math.min(100, stepMs / 2) },
    },
    services.log,
    async () => {
      const state = await stop.state()
      return state?.isLatched === true ? state.reason : null
    },
  )
  const context: RobotsContext = { ...services, config, floor }
  return Promise.resolve({
    routes: routeGroups.flatMap<Route>((group) => group(context)),
    async tile(tenantId) {
      const { count } = await services.store.ledger.summary(tenantId, { system: 'robots' })
      // Who looks at home is about to look at the floor.
      floor.wake()
      const figures = floor.last?.figures
      return {
        state: figures ? 'running' : 'starting',
        headline: !figures
          ? `A floor of ${robots.toLocaleString('en')} robots is being made ready.`
          : figures.isStopped
            ? `The floor is stopped: ${figures.stopReason}`
            : `${robots.toLocaleString('en')} robots at work on a made floor, ${figures.stuckCount} stuck.`,
        number: {
          label: 'Throughput',
          value: figures?.perHour ?? null,
          unit: 'tasks an hour',
          goal: { atLeast: goalPerHour },
        },
        decisionsToday: count,
      }
    },
    loadSample(tenantId) {
      // So that the floor is at work when somebody looks.
      if (tenantId === 'main') floor.wake()
      return Promise.resolve()
    },
    stop: () => floor.close(),
  })
}

import type { Route, RunningSystem } from '@heavylift/core'
import { ThreadPool } from '@heavylift/core/threads'
import type { FleetConfig } from './config.ts'
import type { FleetContext, FleetServices } from './context.ts'
import { routeGroups } from './routes/route-groups.ts'
import { createStudy } from './routes/study.ts'

export function startFleet(services: FleetServices, config: FleetConfig): Promise<RunningSystem> {
  const threads = new ThreadPool({
    threads: 1,
    threadsPerTenant: 1,
    tasksPerTenant: 2,
    timeLimitMs: 120_000,
    memoryLimitMb: 512,
  })
  const context: FleetContext = { ...services, config, threads }
  return Promise.resolve({
    routes: routeGroups.flatMap<Route>((group) => group(context)),
    tile: () => {
      const [first, second] = createStudy(['fcfs', 'fcfs+easy']).policies
      const factor = first!.metrics.meanWaitS / Math.max(1, second!.metrics.meanWaitS)
      return Promise.resolve({
        state: 'running',
        headline: 'A made log under several policies: who waits less, and who waits more.',
        number: { label: 'times shorter waits by backfill', value: factor, unit: '×' },
        decisionsToday: 0,
      })
    },
    stop: () => threads.close(),
  })
}

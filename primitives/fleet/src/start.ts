import type { RunningSystem } from '@heavylift/core'
import type { FleetConfig } from './config.ts'
import type { FleetContext, FleetServices } from './context.ts'
import { routeGroups } from './routes/route-groups.ts'
import { createStudy } from './routes/study.ts'

export function startFleet(services: FleetServices, config: FleetConfig): Promise<RunningSystem> {
  const context: FleetContext = { ...services, config }
  return Promise.resolve({
    routes: routeGroups.flatMap((group) => group(context)),
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
    stop: () => Promise.resolve(),
  })
}

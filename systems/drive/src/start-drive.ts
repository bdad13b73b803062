import type { RunningSystem } from '@heavylift/core'
import type { DriveConfig } from './drive-config.ts'
import type { DriveContext, DriveServices } from './drive-context.ts'
import { routeGroups } from './routes/route-groups.ts'

export async function startDrive(services: DriveServices, config: DriveConfig): Promise<RunningSystem> {
  const drive: DriveContext = { ...services, config }
  return {
    routes: routeGroups.flatMap((group) => group(drive)),
    tile: async () => ({
      state: 'running',
      headline: 'No suite has been run yet. Run one: npx heavylift drive clear idm.',
      number: { label: 'Scenarios passed', value: null, unit: '%' },
      decisionsToday: 0,
    }),
    stop: async () => undefined,
  }
}

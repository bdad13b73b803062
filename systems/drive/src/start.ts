import type { Route, RunningSystem } from '@heavylift/core'
import { ThreadPool } from '@heavylift/core/threads'
import { clearancesIn } from './clearance/cases/find-case.ts'
import { ClearanceDesk } from './clearance/clearance-desk.ts'
import type { DriveConfig } from './config.ts'
import type { DriveContext, DriveServices } from './context.ts'
import { versionNamed } from './driver/versions/versions.ts'
import { routeGroups } from './routes/route-groups.ts'
import { createTile } from './tile.ts'

export async function startDrive(services: DriveServices, config: DriveConfig): Promise<RunningSystem> {
  const { jobs, store, clock, log, signal } = services
  const clearances = new ClearanceDesk({
    folder: clearancesIn(services),
    jobs,
    ledger: store.ledger,
    store,
    tenantId: 'main',
    clock,
    log,
    signal,
  })
  const { threads, perTenant, seconds, memoryMb } = config.simulations
  const simulations = new ThreadPool({
    threads,
    threadsPerTenant: Math.max(1, threads - 1),
    tasksPerTenant: perTenant,
    timeLimitMs: seconds * 1000,
    memoryLimitMb: memoryMb,
  })
  const drive: DriveContext = { ...services, config, clearances, simulations }
  return {
    routes: routeGroups.flatMap<Route>((group) => group(drive)),
    tile: (tenantId) => createTile(drive, tenantId),
    async loadSample(tenantId) {
      if (!config.sample || tenantId !== 'main' || (await clearances.list()).length > 0) return
      if ((await clearances.running()) !== null) return
      // In the background, so that the start does not wait for it; the page and the tile tell how far it is.
      await clearances.start({
        version: versionNamed('pdm'),
        against: versionNamed('idm'),
        reference: versionNamed('competent-human'),
        suite: 'built-in',
        n: config.sampleCases,
        seed: 1,
        limit: '',
        isSample: true,
      })
    },
    async stop() {
      await simulations.close()
      await clearances.close()
    },
  }
}

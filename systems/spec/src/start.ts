import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Route, RunningSystem } from '@heavylift/core'
import { ThreadPool } from '@heavylift/core/threads'
import { sampleDeployments } from '../samples/studio/deployments.ts'
import { Catalogue } from './catalogue/catalogue.ts'
import type { SpecConfig } from './config.ts'
import { readingsOf } from './extract/kept-facts.ts'
import type { SpecContext, SpecServices } from './context.ts'
import { routeGroups } from './routes/route-groups.ts'
import { Approvals } from './studio/approvals.ts'
import { Builds } from './studio/builds.ts'
import { openSamples } from './studio/open-samples.ts'
import { Repositories } from './studio/repositories.ts'
import type { SpecTables } from './studio/tables.ts'
import { recordAdoption, recordDeployments } from './velocity/recorded.ts'

/** Whose the sample services are. */
const sampleTenant = 'main'

export async function startSpec(services: SpecServices, config: SpecConfig): Promise<RunningSystem> {
  const { store, clock, ids, log, dataDir } = services
  const db = store.database<SpecTables>()
  const stopping = new AbortController()
  const pool = new ThreadPool({
    threads: 2,
    threadsPerTenant: 1,
    tasksPerTenant: 8,
    timeLimitMs: 10 * 60_000,
    memoryLimitMb: 2048,
  })
  const catalogue = new Catalogue(db, clock)
  const repositories = new Repositories({ db, pool, clock, catalogue, ...readingsOf(dataDir) })
  const builds = new Builds({
    db,
    repositories,
    ledger: store.ledger,
    clock,
    ids,
    log,
    folder: join(dataDir, 'builds'),
    ...config,
  })
  const samplesFolder = join(dataDir, 'samples')
  const context: SpecContext = {
    ...services,
    config,
    repositories,
    catalogue,
    builds,
    approvals: new Approvals(db, clock),
    openSampleRepositories: (tenantId, signal) => openSamples(repositories, samplesFolder, tenantId, signal),
  }
  // One of all processes does what was begun.
  if ((services.processes?.number ?? 1) === 1) await builds.resume()
  let samples: Promise<void> = Promise.resolve()
  return {
    routes: routeGroups.flatMap<Route>((group) => group(context)),
    async tile(tenantId) {
      const [{ count }, open] = await Promise.all([
        store.ledger.summary(tenantId, { system: 'spec', fromMs: clock.nowMs() - 24 * 3_600_000 }),
        repositories.list(tenantId),
      ])
      const drifts = open.reduce((sum, { summary }) => sum + summary.drifts, 0)
      const requirements = open.reduce((sum, { summary }) => sum + summary.requirements, 0)
      return {
        state: 'running',
        headline:
          open.length === 0
            ? 'No repository is open.'
            : `${requirements} requirements of ${open.length === 1 ? 'one repository' : `${open.length} repositories`}, each with its code.`,
        number: { label: 'Drifts', value: drifts, unit: '', goal: { atMost: 0 } },
        decisionsToday: count,
        needs: open
          .filter(({ summary, isSample }) => summary.drifts > 0 && !isSample)
          .map(({ id, name, summary }) => ({
            text: `${name}: code and spec part in ${summary.drifts} ${summary.drifts === 1 ? 'place' : 'places'}`,
            to: `/spec/studio/${id}`,
          })),
      }
    },
    async loadSample(tenantId) {
      // Made once: who closed them does not get them back.
      const isMade = await stat(samplesFolder).then(
        () => true,
        () => false,
      )
      if (!config.sample || tenantId !== sampleTenant || isMade) return
      const { deployments, adoptions } = sampleDeployments(clock.nowMs())
      await recordDeployments(store.ledger, tenantId, deployments, { isSample: true })
      for (const { repository, atMs } of adoptions)
        await recordAdoption(store.ledger, tenantId, repository, atMs, { isSample: true })
      // In the background, so that the start does not wait for it.
      samples = openSamples(repositories, samplesFolder, tenantId, stopping.signal).catch(
        (error: unknown) => {
          if (!stopping.signal.aborted) log.warn({ error }, 'the sample services could not be opened')
        },
      )
    },
    async stop() {
      stopping.abort(new Error('The server stops.'))
      await samples
      await builds.close()
      await pool.close()
    },
  }
}

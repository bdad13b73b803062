import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import { Limits } from '../admission/limits.ts'
import { ReadyAnswers } from '../cache/ready-answers.ts'
import type { CacheTables } from '../cache/ready-answers.ts'
import type { ModelDirectory } from './in-process/complete.ts'
import { readCurrentModel } from '@heavylift/engine/pulled'
import { completeInProcess } from './in-process/complete-in-process.ts'
import { answerAhead } from './entry/answer-ahead.ts'
import { Gateway, maxCacheBytes } from './gateway.ts'
import { createMeter } from '../metering/create-meter.ts'
import type { MeteringTables } from '../metering/metering-tables.ts'
import { createPrices } from '../metering/prices.ts'
import { readSpent } from '../metering/read-spent.ts'
import { ActiveHealthChecks } from '../routing/active-health-checks.ts'
import { checkHealth } from '../routing/check-health.ts'
import type { ModelsConfig } from '../config.ts'
import type { ModelsContext } from '../context.ts'
import { effectiveTable, modelForTask, namesBeside, tableBeside } from '../table/effective-table.ts'
import { engineControl } from '../engines/engine-control.ts'
import { Engines } from '../engines/engines.ts'
import { fetchModel } from '../engines/fetch-model.ts'
import { Pulls } from '../engines/pulls.ts'
import { SampleDesk } from './sample-desk.ts'
import { healthTargets } from '../routing/health-targets.ts'
import { secretReader } from '../secret.ts'
import { placeTable } from '../table/place-table.ts'
import { TableFile } from '../table/table-file.ts'

export type ModelsServices = CoreServices & StoreServices & { models: ModelDirectory }

/** Of memory, for answers made ahead that were asked for of late. */
const readyBytes = 32 * 1024 * 1024
/** How soon answers that other processes made, or dropped, are known here. */
const refreshReadyMs = 60_000
/** Answers made ahead at once: little beside what clients ask. */
const prepareAtOnce = 4

export interface RunningGateway {
  context: Omit<ModelsContext, 'gateway'> & { gateway: Gateway }
  /** Shows sample traffic where there has been none yet, and the options want it. */
  showSample: () => Promise<void>
  close: () => Promise<void>
}

/**
 * Puts the gateway together: the table from its file, from the options and from what was pulled; engines, health checks,
 * limits, meter and prices around it. When any of these sources changes, the table is made anew under running calls.
 */
export async function startGateway(services: ModelsServices, config: ModelsConfig): Promise<RunningGateway> {
  const { clock, ids, log, store, dataDir } = services
  const secretsDir = resolve(services.configDir, config.secretsDir ?? resolve(dataDir, 'secrets'))
  if (config.secretsDir === null) await mkdir(secretsDir, { recursive: true, mode: 0o700 })
  const readSecret = secretReader({ secretsDir })
  let pulled = await readCurrentModel(dataDir)
  let sample: SampleDesk | null = null
  let apply: () => Promise<void> = () => Promise.resolve()
  const file = await TableFile.open(
    {
      file: await placeTable(config.configFile, services),
      log,
      beside: () => namesBeside(config, pulled),
      providersBeside: tableBeside(config, null).providers,
      secretsDir,
    },
    () => apply(),
  )
  let table = effectiveTable(file.table, config, pulled)

  const db = store.database<MeteringTables>()
  const limits = new Limits(table)
  const meter = createMeter({ services, db, ledger: store.ledger, keepDays: () => table.log.keepDays })
  // What an earlier process left on disk counts too.
  await meter.flush()
  limits.load(await readSpent(db, clock.nowMs()))
  const ready = new ReadyAnswers(store.database<CacheTables>(), clock, readyBytes)
  await ready.refresh()
  const refreshing = setInterval(() => {
    ready.refresh().catch((error: unknown) => log.warn({ error }, 'answers made ahead could not be read'))
  }, refreshReadyMs).unref()
  const prices = createPrices(() => table)
  const engines = new Engines(services, (provider, { state }) => {
    gateway.setHealth((replica) => replica.provider === provider, state === 'ready')
  })
  const gateway = new Gateway(
    { clock, ids, log, random: Math.random, limits, meter, prices, ready, readSecret },
    table,
    (provider) => engines.addressOf(provider),
  )

  const checks = new ActiveHealthChecks({
    check: checkHealth,
    later: (callback, ms) => {
      const timer = setTimeout(callback, ms).unref()
      return () => clearTimeout(timer)
    },
    random: Math.random,
  })
  apply = async () => {
    pulled = await readCurrentModel(dataDir)
    table = effectiveTable(file.table, config, pulled, sample?.table)
    await engines.reconcile(table)
    gateway.configure(table)
    checks.watch(healthTargets(table, readSecret, gateway.setHealth.bind(gateway)))
    for (const [provider, { kind }] of Object.entries(table.providers)) {
      if (kind !== 'engine') continue
      gateway.setHealth((replica) => replica.provider === provider, engines.addressOf(provider) !== null)
    }
  }
  await apply()
  const desk = (sample = new SampleDesk({
    clock,
    ids,
    log,
    dataDir,
    db,
    meter,
    gateway,
    ledger: store.ledger,
    onChange: () => apply(),
  }))
  const engine = engineControl({ dataDir, engines, onUse: () => apply() })
  const pulls = new Pulls({
    clock,
    log,
    fetch: fetchModel(dataDir),
    onDone: async (model) => {
      if ((await readCurrentModel(dataDir)) === null) await engine.use(model)
    },
  })

  services.models.attach((task) => {
    const name = modelForTask(table, task, config.model)
    return name === null ? null : { name, complete: completeInProcess(gateway, name) }
  })
  return {
    context: {
      clock,
      log,
      store,
      db,
      meter,
      prices,
      gateway,
      configFile: file,
      cache: {
        stats: () => ({
          entries: gateway.cache.size,
          bytes: gateway.cache.bytes,
          maxBytes: maxCacheBytes,
          readyAnswers: ready.size,
        }),
        clear: () => gateway.cache.clear(),
      },
      ready: {
        prepare: (requests, options) =>
          ready.prepare(
            // Kept under the model itself, as whoever asks for its task looks it up.
            requests.map((request) => ({
              ...request,
              model: gateway.routeOf(request.model)?.name ?? request.model,
            })),
            (request, signal) => answerAhead(gateway, request, { tenantId: options.tenantId, signal }),
            { ...options, concurrency: prepareAtOnce },
          ),
        forget: (tenantId, tag) => ready.invalidate(tenantId, tag),
      },
      engine,
      pulls,
      findServers: async () => (await import('../discovery/find-servers.ts')).findServers(),
      sample: desk,
    },
    showSample: () => (config.sample ? desk.start() : desk.forget()),
    close: async () => {
      services.models.attach(() => null)
      await pulls.close()
      await desk.close()
      clearInterval(refreshing)
      await file.close()
      checks.stop()
      await engines.stop()
      await gateway.close()
      await meter.close()
    },
  }
}

import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CoreServices } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import { Limits } from '../admission/limits.ts'
import type { ModelDirectory } from './in-process/complete.ts'
import { releaseMemory } from '@heavylift/core/runtime/release-memory'
import { readCurrentModel, readEmbedder } from '@heavylift/engine/pulled'
import { completeInProcess } from './in-process/complete-in-process.ts'
import { Gateway, maxCacheBytes } from './gateway.ts'
import { createMeter } from '../metering/create-meter.ts'
import { gatewayGauges } from '../metering/gateway-gauges.ts'
import { createPrices } from '../metering/prices.ts'
import { countCalls, releaseWhenIdle } from './idle-memory.ts'
import { openKept } from './open-kept.ts'
import type { Kept } from './open-kept.ts'
import { readyControl } from './ready-control.ts'
import { ActiveHealthChecks } from '../routing/active-health-checks.ts'
import { checkHealth } from '../routing/check-health.ts'
import type { ModelsConfig } from '../config.ts'
import type { ModelsContext } from '../context.ts'
import {
  effectiveTable,
  modelForEmbedding,
  modelForTask,
  namesBeside,
  nothingPulled,
  tableBeside,
} from '../table/effective-table.ts'
import type { Pulled } from '../table/effective-table.ts'
import { embedInProcess } from './in-process/embed-in-process.ts'
import { engineControl } from '../engines/engine-control.ts'
import { Engines } from '../engines/engines.ts'
import { fetchModel } from '../engines/fetch-model.ts'
import { Pulls } from '../engines/pulls.ts'
import { SampleDesk } from './sample-desk.ts'
import { Discovery } from '../discovery/discovery.ts'
import { EngineLoads } from '../discovery/engine-loads.ts'
import { metricsTargets } from '../discovery/metrics-targets.ts'
import { openSource } from '../discovery/open-source.ts'
import { healthTargets } from '../routing/health-targets.ts'
import { secretReader } from '../secret.ts'
import { seenFrom } from '../routes/live.ts'
import { Siblings } from './siblings.ts'
import { placeTable } from '../table/place-table.ts'
import { TableFile } from '../table/table-file.ts'

/** Without a store (null) usage is kept in files, and no answers are made ahead. */
export type ModelsServices = CoreServices & { store: Store | null; models: ModelDirectory }

export interface RunningGateway {
  context: Omit<ModelsContext, 'gateway'> & { gateway: Gateway }
  /** What batches stand on; null where there is no database. */
  batches: Kept['batches']
  /** Shows sample traffic where there has been none yet, and the options want it. */
  showSample: () => Promise<void>
  close: () => Promise<void>
}

/**
 * Puts the gateway together: the table from its file, from the options and from what was pulled; engines, health checks,
 * limits, meter and prices around it. When any of these sources changes, the table is made anew under running calls.
 */
export async function startGateway(services: ModelsServices, config: ModelsConfig): Promise<RunningGateway> {
  const { clock, ids, log, dataDir } = services
  const secretsDir = resolve(services.configDir, config.secretsDir ?? resolve(dataDir, 'secrets'))
  if (config.secretsDir === null) await mkdir(secretsDir, { recursive: true, mode: 0o700 })
  const readSecret = secretReader({ secretsDir })
  const readPulled = async (): Promise<Pulled> => ({
    current: await readCurrentModel(dataDir),
    embedder: await readEmbedder(dataDir),
  })
  let pulled = await readPulled()
  let sample: SampleDesk | null = null
  let apply: () => Promise<void> = () => Promise.resolve()
  const file = await TableFile.open(
    {
      file: await placeTable(config.configFile, services),
      log,
      beside: () => namesBeside(config, pulled),
      providersBeside: tableBeside(config, nothingPulled).providers,
      secretsDir,
    },
    () => apply(),
  )
  let table = effectiveTable(file.table, config, pulled)

  const kept = await openKept(services, () => table.log.keepDays)
  const { usage, ready, responses, others } = kept
  const limits = new Limits(table, clock, others?.sharing)
  const { meter, calls } = countCalls(createMeter(services, usage))
  // Beside other systems, which are larger by far and have work of their own, it would only stop them.
  const stopReleasing =
    services.store === null
      ? releaseWhenIdle({ calls, residentBytes: () => process.memoryUsage.rss(), release: releaseMemory })
      : null
  // What an earlier process left on disk counts too.
  await usage.flush()
  limits.load(await usage.readSpent(clock.nowMs()))
  const prices = createPrices(() => table)
  const siblings = new Siblings(services.processes ?? null)
  const engines = new Engines(services, (provider, { state }) => {
    const isReady = state === 'ready'
    gateway.setHealth((replica) => replica.provider === provider, isReady)
    siblings.engineChanged(provider, isReady ? engines.addressOf(provider) : null)
  })
  const addressOf = (provider: string) => (siblings.isFirst ? engines : siblings).addressOf(provider)
  const gateway = new Gateway(
    {
      clock,
      ids,
      log,
      random: Math.random,
      limits,
      meter,
      prices,
      readSecret,
      ...(ready === null ? {} : { ready }),
      ...(responses === null ? {} : { responses }),
      ...(others && { onTakenOut: others.onTakenOut }),
    },
    table,
    addressOf,
  )

  others?.attach({ limits, gateway, ready })

  services.telemetry.collect(() =>
    gatewayGauges({
      live: meter.live,
      models: () =>
        Array.from(gateway.routes.values(), ({ name, balancer, queue, config: { queue: bounds } }) => ({
          name,
          replicas: balancer.replicas,
          waiting: queue.waiting,
          mostWaiting: bounds.maxWaiting,
        })),
      cache: () => ({
        entries: gateway.cache.size,
        bytes: gateway.cache.bytes,
        readyAnswers: ready?.size ?? 0,
      }),
    }),
  )

  const checks = new ActiveHealthChecks({
    check: checkHealth,
    later: (callback, ms) => {
      const timer = setTimeout(callback, ms).unref()
      return () => clearTimeout(timer)
    },
    random: Math.random,
  })
  const engineLoads = new EngineLoads()
  const discovery = new Discovery({
    open: (found) => openSource(found, () => clock.nowMs(), readSecret),
    nowMs: () => clock.nowMs(),
    log,
    onChange: () => {
      apply().catch((error: unknown) =>
        log.error({ error }, 'replicas that were found could not be put to use'),
      )
    },
  })
  apply = async () => {
    pulled = await readPulled()
    const named = effectiveTable(file.table, config, pulled, sample?.table)
    discovery.watch(named)
    table = discovery.addTo(named)
    if (siblings.isFirst) await engines.reconcile(table)
    gateway.configure(table)
    const dispatcherTo = gateway.dispatcherTo.bind(gateway)
    engineLoads.watch(metricsTargets(table, readSecret, gateway.setEngine.bind(gateway), dispatcherTo))
    checks.watch(healthTargets(table, readSecret, gateway.setHealth.bind(gateway), dispatcherTo))
    for (const [provider, { kind }] of Object.entries(table.providers)) {
      if (kind !== 'engine') continue
      gateway.setHealth((replica) => replica.provider === provider, addressOf(provider) !== null)
    }
  }
  await apply()
  siblings.attach({ gateway, apply: () => apply(), see: () => seenFrom({ meter, clock, gateway }), log })
  const desk = (sample = new SampleDesk({
    clock,
    ids,
    log,
    dataDir,
    usage,
    gateway,
    onChange: () => apply(),
  }))
  const engine = engineControl({
    dataDir,
    engines,
    async onUse() {
      await apply()
      siblings.tableChanged()
    },
  })
  const pulls = new Pulls({
    clock,
    log,
    fetch: fetchModel(dataDir),
    onDone: async (model) => {
      const current = await readCurrentModel(dataDir)
      if (current === null || (await readEmbedder(dataDir)) === model) await engine.use(model)
    },
  })

  services.models.attach(
    (task) => {
      const name = modelForTask(table, task, config.model)
      return name === null ? null : { name, complete: completeInProcess(gateway, name) }
    },
    () => {
      const name = modelForEmbedding(table)
      return name === null ? null : { name, embed: embedInProcess(gateway, name) }
    },
  )
  return {
    context: {
      clock,
      log,
      usage,
      meter,
      prices,
      gateway,
      elsewhere: () => siblings.look(),
      onDrained: (replicaId, isDraining) => siblings.drained(replicaId, isDraining),
      configFile: file,
      cache: {
        stats: () => ({
          entries: gateway.cache.size,
          bytes: gateway.cache.bytes,
          maxBytes: maxCacheBytes,
          readyAnswers: ready?.size ?? 0,
        }),
        clear() {
          gateway.cache.clear()
          siblings.cacheCleared()
        },
      },
      ready: readyControl(gateway, ready),
      engine,
      pulls,
      discovery: () => discovery.status,
      findServers: async () => (await import('../discovery/find-servers.ts')).findServers(),
      sample: desk,
    },
    batches: kept.batches,
    // A gateway alone begins with what there is to do.
    showSample: () => (config.sample && services.store !== null ? desk.start() : desk.forget()),
    close: async () => {
      services.models.attach(() => null)
      await pulls.close()
      await desk.close()
      await file.close()
      stopReleasing?.()
      checks.stop()
      discovery.stop()
      engineLoads.stop()
      await engines.stop()
      await gateway.close()
      await kept.close()
      await limits.close()
    },
  }
}

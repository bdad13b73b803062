import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import { Limits } from '../admission/limits.ts'
import { gatewayConfigSchema } from '../config/gateway-config.ts'
import type { GatewayConfig } from '../config/gateway-config.ts'
import type { ModelDirectory } from '../complete.ts'
import { readCurrentModel } from '../engine/pull/pulled-models.ts'
import { completeInProcess } from '../gateway/complete-in-process.ts'
import { Gateway } from '../gateway/gateway.ts'
import { createMeter } from '../metering/create-meter.ts'
import type { Meter } from '../metering/meter.ts'
import type { MeteringTables } from '../metering/metering-tables.ts'
import { createPrices } from '../metering/prices.ts'
import type { ModelsConfig } from '../models-config.ts'
import { effectiveTable, modelForTask } from './effective-table.ts'
import { Engines } from './engines.ts'

export type ModelsServices = CoreServices & StoreServices & { models: ModelDirectory }

export interface RunningGateway {
  gateway: Gateway
  meter: Meter
  close: () => Promise<void>
}

/** Puts the gateway together: table, engines, limits, meter, prices, and what systems in this process call. */
export async function startGateway(services: ModelsServices, config: ModelsConfig): Promise<RunningGateway> {
  const { clock, ids, log, store } = services
  const file = readTable(resolve(services.configDir, config.configFile))
  const table = effectiveTable(file, config, await readCurrentModel(services.dataDir))
  const limits = new Limits(table)
  const meter = createMeter({
    services,
    db: store.database<MeteringTables>(),
    ledger: store.ledger,
    keepDays: () => table.log.keepDays,
  })
  const prices = createPrices(() => table)
  const engines = new Engines(services, (provider, { state }) =>
    gateway.setProviderHealth(provider, state === 'ready'),
  )
  const gateway = new Gateway(
    { clock, ids, log, random: Math.random, limits, meter, prices },
    table,
    (name) => engines.addressOf(name),
  )
  engines.reconcile(table)
  services.models.attach((task) => {
    const name = modelForTask(gateway.config, task, config.model)
    return name === null ? null : { name, complete: completeInProcess(gateway, name) }
  })
  return {
    gateway,
    meter,
    close: async () => {
      services.models.attach(() => null)
      await engines.stop()
      await gateway.close()
      await meter.close()
    },
  }
}

function readTable(file: string): GatewayConfig {
  try {
    return gatewayConfigSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return gatewayConfigSchema.parse({})
    throw error
  }
}

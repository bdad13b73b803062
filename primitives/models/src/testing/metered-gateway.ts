import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import type { Identify } from '../gateway/entry/own-paths.ts'
import { createTelemetry } from '@heavylift/core/runtime'
import { openStore } from '@heavylift/store'
import type { Store } from '@heavylift/store'
import { Limits } from '../admission/limits.ts'
import { ReadyAnswers } from '../cache/ready-answers.ts'
import type { CacheTables } from '../cache/ready-answers.ts'
import { Batches } from '../batches/batches.ts'
import { BatchStore } from '../batches/batch-store.ts'
import type { BatchTables } from '../batches/batch-store.ts'
import { openAiBatchPaths } from '../batches/openai-paths.ts'
import { KeptFiles } from '../kept/kept-files.ts'
import type { FileTables } from '../kept/kept-files.ts'
import type { UsageStore } from '../metering/usage-store.ts'
import { keptMigrations } from '../migrations/kept.ts'
import { secretReader } from '../secret.ts'
import { gatewayConfigSchema } from '../table/gateway-config.ts'
import { createFront } from '../gateway/entry/front.ts'
import { Gateway } from '../gateway/gateway.ts'
import { findOtherGateways } from '../gateway/other-gateways.ts'
import { createMeter } from '../metering/create-meter.ts'
import type { MeteringTables } from '../metering/metering-tables.ts'
import { createPostgresUsage } from '../metering/postgres-usage.ts'
import { createPrices } from '../metering/prices.ts'
import { meteringMigrations } from '../migrations/metering.ts'

export interface MeteredGatewayOptions {
  dataDir: string
  databaseUrl: string
  table: unknown
  /** Who every request is from. */
  caller: Caller | Identify
  /** Limits are shared with the other gateways on the database. */
  isShared?: boolean
  /** Runs batches too. */
  hasBatches?: boolean
}

/**
 * The gateway as a server runs it, metered into PostgreSQL, on a free loopback port: for processes of its own, which end
 * by being killed. Returns the port.
 */
export async function startMeteredGateway(options: MeteredGatewayOptions): Promise<number> {
  const { dataDir, databaseUrl, table, caller, isShared = false } = options
  const core = { clock: systemClock, ids: createIds(systemClock), log: silentLogger }
  const host = await openStore({ dataDir, databaseUrl, ...core })
  await host.migrate('models', [...meteringMigrations, ...(options.hasBatches ? keptMigrations : [])])
  const store = host.forSystem('models')
  const config = gatewayConfigSchema.parse(table)
  const usage = createPostgresUsage({
    services: { ...core, dataDir },
    db: store.database<MeteringTables>(),
    ledger: store.ledger,
    keepDays: () => 30,
  })
  const meter = createMeter({ ...core, telemetry: createTelemetry() }, usage)
  const others = isShared ? findOtherGateways({ ...core, store }) : null
  const limits = new Limits(config, systemClock, others?.sharing)
  const gateway = new Gateway(
    {
      ...core,
      random: Math.random,
      limits,
      ...(others && { onTakenOut: others.onTakenOut }),
      meter,
      readSecret: secretReader({ secretsDir: dataDir }),
      prices: createPrices(() => config),
    },
    config,
    () => null,
  )
  const ready = new ReadyAnswers(store.database<CacheTables>(), systemClock, 1_000_000)
  others?.attach({ limits, gateway, ready })
  // What an earlier process left on disk is looked for by what goes on from there.
  await usage.flush()
  const batches = options.hasBatches ? batchesOf(store, gateway, usage) : null
  if (batches !== null) await host.startDurable()
  const identify: Identify = typeof caller === 'function' ? caller : () => caller
  const server = createServer(
    createFront(gateway, identify, batches === null ? [] : openAiBatchPaths(batches)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve))
  return (server.address() as AddressInfo).port
}

/** Batches of a gateway, kept in `store`. Its runs begin with the host's. */
export function batchesOf(
  store: Store,
  gateway: Gateway,
  usage: Pick<UsageStore, 'readCall'>,
  clock = systemClock,
): Batches {
  return new Batches({
    store: new BatchStore(store.database<BatchTables>(), clock),
    files: new KeptFiles({
      database: store.database<FileTables>(),
      objects: store.objects,
      clock,
      ids: createIds(systemClock),
    }),
    gateway,
    durable: store.durable,
    usage,
    clock,
    log: silentLogger,
  })
}

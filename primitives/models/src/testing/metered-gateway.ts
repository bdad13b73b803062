import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import type { Identify } from '../gateway/entry/own-paths.ts'
import { createTelemetry } from '@heavylift/core/runtime'
import { openStore } from '@heavylift/store'
import { Limits } from '../admission/limits.ts'
import { ReadyAnswers } from '../cache/ready-answers.ts'
import type { CacheTables } from '../cache/ready-answers.ts'
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
}

/**
 * The gateway as a server runs it, metered into PostgreSQL, on a free loopback port: for processes of its own, which end
 * by being killed. Returns the port.
 */
export async function startMeteredGateway(options: MeteredGatewayOptions): Promise<number> {
  const { dataDir, databaseUrl, table, caller, isShared = false } = options
  const core = { clock: systemClock, ids: createIds(systemClock), log: silentLogger }
  const host = await openStore({ dataDir, databaseUrl, ...core })
  await host.migrate('models', meteringMigrations)
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
  const server = createServer(createFront(gateway, typeof caller === 'function' ? caller : () => caller))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve))
  return (server.address() as AddressInfo).port
}

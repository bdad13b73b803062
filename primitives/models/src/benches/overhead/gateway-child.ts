import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { createTelemetry } from '@heavylift/core/runtime'
import { openStore } from '@heavylift/store'
import { Limits } from '../../admission/limits.ts'
import { gatewayConfigSchema } from '../../config/gateway-config.ts'
import { createFront } from '../../gateway/front.ts'
import { Gateway } from '../../gateway/gateway.ts'
import { createMeter } from '../../metering/create-meter.ts'
import type { MeteringTables } from '../../metering/metering-tables.ts'
import { createPrices } from '../../metering/prices.ts'
import { meteringMigrations } from '../../migrations/metering.ts'
import { busyPlan, calmPlan, planAddresses } from './plan.ts'

/** The gateway as a server runs it, metered into PostgreSQL, with limits that count every request and refuse none. */

export interface GatewayTask {
  upstream: string
  databaseUrl: string
  dataDir: string
}

function tableFor(upstream: string) {
  const limits = {
    requestsPerMinute: 100_000_000,
    tokensPerMinute: 100_000_000_000,
    maxInFlight: 100_000,
    budgetUsdPerDay: 1_000_000,
  }
  return gatewayConfigSchema.parse({
    providers: {
      busy: { kind: 'openai', replicas: planAddresses(upstream, busyPlan) },
      calm: { kind: 'openai', replicas: planAddresses(upstream, calmPlan) },
    },
    models: {
      busy: { targets: [{ provider: 'busy', model: 'bench' }] },
      calm: { targets: [{ provider: 'calm', model: 'bench' }] },
    },
    prices: { bench: { input: 1, output: 2 } },
    tenants: { bench: limits },
    keys: { 'key-1': limits },
  })
}

async function serve({ upstream, databaseUrl, dataDir }: GatewayTask): Promise<void> {
  const core = { clock: systemClock, ids: createIds(systemClock), log: silentLogger }
  const host = await openStore({ dataDir, databaseUrl, ...core })
  await host.migrate('models', meteringMigrations)
  const store = host.forSystem('models')
  const config = tableFor(upstream)
  const meter = createMeter({
    services: { ...core, telemetry: createTelemetry(), dataDir },
    db: store.database<MeteringTables>(),
    ledger: store.ledger,
    keepDays: () => 30,
  })
  const gateway = new Gateway(
    {
      ...core,
      random: Math.random,
      limits: new Limits(config),
      meter,
      prices: createPrices(() => config),
    },
    config,
    () => null,
  )
  const caller = { tenantId: 'bench', keyId: 'key-1', scope: 'operator' } as const
  const server = createServer(createFront(gateway, () => caller))
  server.listen(0, '127.0.0.1', 4096, () => {
    process.send?.({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  })
}

process.once('message', (task: GatewayTask) => {
  serve(task).catch((error: unknown) => {
    setImmediate(() => {
      throw error
    })
  })
})
process.once('disconnect', () => process.exit())

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import { Limits } from '../../src/admission/limits.ts'
import { gatewayConfigSchema } from '../../src/config/gateway-config.ts'
import { createFront } from '../../src/gateway/front.ts'
import { Gateway } from '../../src/gateway/gateway.ts'
import { createMeter } from '../../src/metering/create-meter.ts'
import type { MeteringTables } from '../../src/metering/metering-tables.ts'
import { createPrices } from '../../src/metering/prices.ts'

// A gateway with its meter on a free port, which it prints. `gateway-child.ts <dataDir> <databaseUrl> <upstream>`
const [dataDir = '', databaseUrl = '', upstream = ''] = process.argv.slice(2)
const core = { clock: systemClock, ids: createIds(systemClock), log: silentLogger }
const store = (await openStore({ dataDir, databaseUrl, ...core })).forSystem('models')
const config = gatewayConfigSchema.parse({
  providers: { upstream: { kind: 'openai', replicas: [upstream] } },
  models: { m: { targets: [{ provider: 'upstream', model: 'own' }] } },
  prices: { own: { input: 1, output: 2 } },
})
const meter = createMeter({
  services: { ...core, telemetry: noTelemetry, dataDir },
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
const server = createServer(
  createFront(gateway, () => ({ tenantId: 'acme', keyId: 'key_1', scope: 'operator' })),
)
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})

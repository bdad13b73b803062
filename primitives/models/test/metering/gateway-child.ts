import { startMeteredGateway } from '../../src/testing/metered-gateway.ts'

// A gateway with its meter on a free port, which it prints. `gateway-child.ts <dataDir> <databaseUrl> <upstream>`
const [dataDir = '', databaseUrl = '', upstream = ''] = process.argv.slice(2)
const port = await startMeteredGateway({
  dataDir,
  databaseUrl,
  table: {
    providers: { upstream: { kind: 'openai', replicas: [upstream] } },
    models: { m: { targets: [{ provider: 'upstream', model: 'own' }] } },
    prices: { own: { input: 1, output: 2 } },
  },
  caller: { tenantId: 'acme', keyId: 'key_1', scope: 'operator' },
})
process.stdout.write(`${port}\n`)

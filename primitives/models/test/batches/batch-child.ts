import { startMeteredGateway } from '../../src/testing/metered-gateway.ts'

// A gateway that runs batches, on a free port, which it prints. `batch-child.ts <dataDir> <databaseUrl> <upstream>`
const [dataDir = '', databaseUrl = '', upstream = ''] = process.argv.slice(2)
const port = await startMeteredGateway({
  dataDir,
  databaseUrl,
  table: {
    providers: { upstream: { kind: 'openai', replicas: [upstream] } },
    models: { m: { targets: [{ provider: 'upstream', model: 'own' }] } },
    prices: { own: { input: 1, output: 2 } },
  },
  caller: { tenantId: 'acme', keyId: 'key_1', scope: 'models' },
  hasBatches: true,
})
process.stdout.write(`${port}\n`)

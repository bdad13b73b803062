import { startMeteredGateway } from '../../testing/metered-gateway.ts'
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
  return {
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
  }
}

async function serve({ upstream, databaseUrl, dataDir }: GatewayTask): Promise<void> {
  const port = await startMeteredGateway({
    dataDir,
    databaseUrl,
    table: tableFor(upstream),
    caller: { tenantId: 'bench', keyId: 'key-1', scope: 'operator' },
  })
  process.send?.({ address: `http://127.0.0.1:${port}` })
}

process.once('message', (task: GatewayTask) => {
  serve(task).catch((error: unknown) => {
    setImmediate(() => {
      throw error
    })
  })
})
process.once('disconnect', () => process.exit())

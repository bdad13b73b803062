import { startMeteredGateway } from '../../testing/metered-gateway.ts'
import { busyPlan, calmPlan, planAddresses } from '../overhead/plan.ts'

/** One of several gateways on a database. Who asks stands in the header x-tenant. */
export interface SharedGatewayTask {
  upstream: string
  databaseUrl: string
  dataDir: string
  isShared: boolean
  tenants: object
}

function tableFor({ upstream, tenants }: SharedGatewayTask) {
  return {
    providers: {
      busy: { kind: 'openai', replicas: planAddresses(upstream, busyPlan) },
      calm: { kind: 'openai', replicas: planAddresses(upstream, calmPlan) },
    },
    models: {
      busy: { targets: [{ provider: 'busy', model: 'bench' }] },
      calm: { targets: [{ provider: 'calm', model: 'bench' }] },
    },
    // Every answer states 120 tokens read and 50 written: 1,120 millionths of a dollar.
    prices: { bench: { input: 1, output: 20 } },
    tenants,
  }
}

async function serve(task: SharedGatewayTask): Promise<void> {
  const { databaseUrl, dataDir, isShared } = task
  const port = await startMeteredGateway({
    dataDir,
    databaseUrl,
    table: tableFor(task),
    caller: ({ headers }) => ({
      tenantId: String(headers['x-tenant']),
      keyId: null,
      scope: 'operator',
    }),
    isShared,
  })
  process.send?.({ address: `http://127.0.0.1:${port}` })
}

process.once('message', (task: SharedGatewayTask) => {
  serve(task).catch((error: unknown) => {
    setImmediate(() => {
      throw error
    })
  })
})
process.once('disconnect', () => process.exit())

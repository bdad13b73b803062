import { startMeteredGateway } from '../../../src/testing/metered-gateway.ts'
import type { MeteredGatewayOptions } from '../../../src/testing/metered-gateway.ts'

// One of several gateways on a database, with its port on standard output: `gateway-child.ts <options as JSON>`. The header
// x-tenant says who asks.
const options = JSON.parse(process.argv[2] ?? '{}') as Omit<MeteredGatewayOptions, 'caller'>
const port = await startMeteredGateway({
  ...options,
  caller: ({ headers }) => ({
    tenantId: String(headers['x-tenant']),
    keyId: `key of ${String(headers['x-tenant'])}`,
    scope: 'operator',
  }),
  isShared: true,
})
process.stdout.write(`${port}\n`)

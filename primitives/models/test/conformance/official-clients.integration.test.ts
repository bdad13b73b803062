import { scanEndpoint } from 'compatcanary'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { officialClients } from '../../src/evals/conformance/check.ts'
import type { Clients } from '../../src/evals/conformance/check.ts'
import { checks, startConformanceTarget } from '../../src/evals/conformance/conformance.ts'
import { testEngineMissing } from '@heavylift/engine/testing'

const missing = await testEngineMissing()

describe.skipIf(missing !== null)(
  `official clients before real weights${missing === null ? '' : ` (left out: ${missing})`}`,
  () => {
    let clients: Clients
    let address: string
    let close: () => Promise<void>

    beforeAll(async () => {
      const target = await startConformanceTarget()
      clients = officialClients(target.gateway, target.engine)
      address = target.gateway
      close = target.close
    })
    afterAll(() => close?.())

    // Each check throws an assertion of its own.
    test.for(checks)('$name [MODELS-CONFORM-01]', async ({ run }) => {
      await run(clients)
    })

    // It sets no limit, and answers are sampled: now and then one goes on until the context is full, and then rightly ends
    // as `response.incomplete`, which the scanner takes for a fault.
    test('compatcanary finds nothing to object to [MODELS-CONFORM-02]', { retry: 2 }, async () => {
      const { results } = await scanEndpoint({
        baseUrl: `${address}/v1`,
        model: clients.model,
        timeoutMs: 60_000,
      })
      expect(results.filter(({ status }) => status !== 'pass')).toEqual([])
      expect(results.length).toBeGreaterThanOrEqual(7)
    })
  },
)

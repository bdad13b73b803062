import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { officialClients } from '../../src/evals/conformance/check.ts'
import type { Clients } from '../../src/evals/conformance/check.ts'
import {
  checks,
  scanWithCompatcanary,
  startConformanceTarget,
} from '../../src/evals/conformance/conformance.ts'
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

    test('compatcanary finds nothing to object to [MODELS-CONFORM-02]', async () => {
      const { results } = await scanWithCompatcanary(address, clients.model, 60_000)
      expect(results.filter(({ status }) => status !== 'pass')).toEqual([])
      expect(results.length).toBeGreaterThanOrEqual(7)
    })
  },
)

import { afterAll, beforeAll, describe, test } from 'vitest'
import { officialClients } from '../../src/evals/conformance/check.ts'
import type { Clients } from '../../src/evals/conformance/check.ts'
import { checks, startConformanceTarget } from '../../src/evals/conformance/conformance.ts'
import { testEngineMissing } from '../../src/testing/start-test-engine.ts'

const missing = await testEngineMissing()

describe.skipIf(missing !== null)(
  `official clients before real weights${missing === null ? '' : ` (left out: ${missing})`}`,
  () => {
    let clients: Clients
    let close: () => Promise<void>

    beforeAll(async () => {
      const target = await startConformanceTarget()
      clients = officialClients(target.gateway, target.engine)
      close = target.close
    })
    afterAll(() => close?.())

    // Each check throws an assertion of its own.
    test.for(checks)('$name [MODELS-CONFORM-01]', async ({ run }) => {
      await run(clients)
    })
  },
)

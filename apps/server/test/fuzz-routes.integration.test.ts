import { expect, it } from 'vitest'
import { fuzzServer } from './support/fuzz-server.ts'

it('no request to any route of the whole product makes it fail, or is told foreign words [SERVER-EDGE-01]', async () => {
  const { failures, requests, statuses } = await fuzzServer({ seed: 20_260, requestsPerRoute: 6 })
  expect(failures).toEqual([])
  expect(requests).toBeGreaterThan(1_000)
  // Enough of them come through: what is refused at the door tests nothing behind it.
  expect(statuses[200]).toBeGreaterThan(requests / 8)
}, 400_000)

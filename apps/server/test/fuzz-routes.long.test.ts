import { expect, it } from 'vitest'
import { fuzzServer, startWholeServer } from './support/fuzz-server.ts'

it.each([1, 2, 3, 4])(
  'seed %i: none of ten thousand requests makes the product fail [SERVER-EDGE-01]',
  async (seed) => {
    const running = await startWholeServer()
    const { failures, requests, statuses } = await fuzzServer(running, {
      seed,
      requestsPerRoute: 100,
    }).finally(() => running.stop())
    const of5xx = Object.entries(statuses).filter(([status]) => status >= '500')
    process.stdout.write(
      `seed ${seed}: ${requests} requests, 5xx ${JSON.stringify(of5xx)}, failures ${failures.length}\n`,
    )
    expect(failures).toEqual([])
  },
)

import { expect, test } from 'vitest'
import { runSoak } from '../../../src/benches/soak/soak.ts'

test('sends every kind of request, looks at memory on the way, and finds each answer in the books', async () => {
  const { metrics, n } = await runSoak({
    dataDir: null,
    options: { requests: '400' },
    report: () => undefined,
    signal: new AbortController().signal,
  })
  expect(n).toBe(400)
  expect(metrics).toMatchObject({ lost: 0, doubled: 0 })
  for (const name of ['failed', 'cancelled', 'refused']) expect(metrics[name], name).toBeGreaterThan(0)
  for (const name of ['heapGrowthPct', 'rssGrowthPct', 'requestsPerSecond', 'heapMb 100%', 'rssMb 10%']) {
    expect(metrics[name], name).toEqual(expect.any(Number))
  }
}, 120_000)

test('says what --requests has to be', async () => {
  const signal = new AbortController().signal
  const options = { requests: 'many' }
  await expect(runSoak({ dataDir: null, options, report: () => undefined, signal })).rejects.toThrow(
    /--requests/,
  )
})

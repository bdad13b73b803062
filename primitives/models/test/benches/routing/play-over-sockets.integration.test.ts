import { expect, test } from 'vitest'
import { generateTrace } from '../../../src/benches/routing/generate-trace.ts'
import { playOverSockets } from '../../../src/benches/routing/play-over-sockets.ts'
import { serviceModel } from '../../../src/benches/routing/service-model.ts'

test('plays a trace through the gateway to replicas in another process, which find its prefixes', async () => {
  const trace = generateTrace(20, 5)
  const requests = trace.requests.map((request, at) => ({ ...request, atMs: at * 200 }))
  const result = await playOverSockets({
    trace: { ...trace, requests },
    policy: 'prefill-aware',
    model: serviceModel,
    replicas: 2,
    timeScale: 20,
    signal: new AbortController().signal,
  })
  expect(result.ttftMs.length).toBe(requests.length)
  expect(result.ttftMs[0]).toBeGreaterThan(0)
  expect(result.cachedShare).toBeGreaterThan(0.3)
})

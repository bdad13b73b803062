import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { EngineLoads } from '../../src/discovery/engine-loads.ts'
import { metricsTargets } from '../../src/discovery/metrics-targets.ts'
import type { EngineLoad } from '../../src/routing/replica.ts'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

test('engines are asked for their figures in turns, and forgotten when they no longer answer [MODELS-DISCOVER-06]', async () => {
  let text: string | null =
    'vllm:num_requests_running{model_name="m"} 3\nvllm:num_requests_waiting{model_name="m"} 1\n'
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`)
    if (text === null) response.writeHead(503).end()
    else response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const config = gatewayConfigSchema.parse({
    providers: {
      gpu: {
        kind: 'openai',
        replicas: [`http://127.0.0.1:${port}/v1`],
        apiKey: 'file:key',
        metrics: { everyMs: 200 },
      },
      other: { kind: 'openai', replicas: [`http://127.0.0.1:${port}/v1`] },
    },
    models: {
      a: { targets: [{ provider: 'gpu', model: 'm' }] },
      b: { targets: [{ provider: 'other', model: 'm' }] },
    },
  })
  const heard: [string, EngineLoad | null][] = []
  const loads = new EngineLoads()
  ends.push(async () => {
    loads.stop()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  loads.watch(
    metricsTargets(
      config,
      async () => 'k',
      (id, load) => heard.push([id, load]),
    ),
  )
  const id = `gpu/127.0.0.1:${port}/m`
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(1), { timeout: 10_000 })
  expect(heard[0]).toEqual([id, { running: 3, waiting: 1, kvUse: null }])
  text = null
  await vi.waitFor(() => expect(heard.at(-1)).toEqual([id, null]), { timeout: 20_000 })
  expect(new Set(asked)).toEqual(new Set(['/metrics Bearer k']))
  loads.watch([])
  const count = asked.length
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(asked.length).toBeLessThanOrEqual(count + 1)
})

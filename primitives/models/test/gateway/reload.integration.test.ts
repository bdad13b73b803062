import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'
import { answerSlowly, answerWell, faults } from '../../src/testing/faults.ts'
import { startFaultyUpstream } from '../../src/testing/faulty-upstream.ts'
import { inFlight, startFaultyGateway } from './faulty-gateway.ts'
import type { FaultyGateway } from './faulty-gateway.ts'

let gateway: FaultyGateway
afterEach(() => gateway.close())

function table(urls: string[], model: object = {}) {
  return gatewayConfigSchema.parse({
    providers: { up: { kind: 'openai', replicas: urls } },
    models: { m: { targets: [{ provider: 'up', model: 'upstream-m' }], policy: 'round-robin', ...model } },
  })
}

const replicas = () => gateway.gateway.routes.get('m')!.balancer.replicas

test('streams run on over twenty changes of the table, also at replicas that were taken out [MODELS-FAIL-08]', async () => {
  gateway = await startFaultyGateway([
    (scene) => answerSlowly(scene, 40, 10),
    (scene) => answerSlowly(scene, 40, 10),
  ])
  const [stays, goes] = gateway.upstreams.map(({ baseUrl }) => baseUrl) as [string, string]
  const texts: Promise<string>[] = []
  for (let change = 0; change < 20; change++) {
    texts.push(gateway.ask().then((response) => response.text()))
    await sleep(10)
    const urls = change % 2 === 0 ? [stays] : [stays, goes]
    gateway.gateway.configure(table(urls, change % 3 === 0 ? { policy: 'least-outstanding' } : {}))
  }
  for (const text of await Promise.all(texts)) {
    expect(text).toContain('"content":" word40"')
    expect(text).toContain('[DONE]')
  }
  expect(gateway.records.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'ok'))
  expect(gateway.upstreams[1]?.requests()).toBeGreaterThan(0)
  expect(inFlight(gateway)).toBe(0)
})

test('a replica that stays keeps its count and its breaker while another comes and goes [MODELS-FAIL-08]', async () => {
  gateway = await startFaultyGateway([faults['status-500']], { retries: 0 })
  const [broken] = gateway.upstreams.map(({ baseUrl }) => baseUrl) as [string]
  for (let i = 0; i < 6; i++) await (await gateway.ask()).text()
  const before = replicas()[0]!
  expect(before.state).toBe('open')

  const other = await startFaultyUpstream((scene) => answerSlowly(scene, 10, 10))
  gateway.gateway.configure(table([broken, other.baseUrl]))
  expect(replicas()[0]).toBe(before)
  expect(before.state).toBe('open')
  const asked = gateway.upstreams[0]!.requests()
  const streaming = gateway.ask()
  await expect.poll(() => replicas()[1]?.requestsInFlight).toBe(1)
  expect(gateway.upstreams[0]?.requests()).toBe(asked)

  gateway.gateway.configure(table([other.baseUrl]))
  expect(replicas()).toHaveLength(1)
  expect(replicas()[0]?.requestsInFlight).toBe(1)
  expect(await (await streaming).text()).toContain('[DONE]')
  expect(replicas()[0]?.requestsInFlight).toBe(0)
  await other.close()
})

test('what waits in the queue is sent to a replica that the new table adds; connections of one that went close', async () => {
  gateway = await startFaultyGateway([faults['black-hole']], {}, { replica: { maxInFlight: 1 } })
  const abort = new AbortController()
  const first = fetch(`${gateway.address}/v1/chat/completions`, {
    method: 'POST',
    signal: abort.signal,
    body: JSON.stringify({ model: 'm', stream: true, messages: [] }),
  }).catch(() => null)
  await expect.poll(() => gateway.upstreams[0]?.sockets()).toBe(1)
  const waiting = gateway.ask()
  await expect.poll(() => gateway.gateway.routes.get('m')?.queue.waiting).toBe(1)
  const added = await startFaultyUpstream(answerWell)
  gateway.gateway.configure(table([added.baseUrl]))
  expect(await (await waiting).text()).toContain('[DONE]')
  abort.abort()
  await first
  await expect.poll(() => gateway.upstreams[0]?.sockets()).toBe(0)
  await added.close()
})

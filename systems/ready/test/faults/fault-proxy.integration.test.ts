import { createRandom } from '@heavylift/core/math'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest'
import { faultSchema } from '../../src/faults/fault.ts'
import { FaultProxy } from '../../src/faults/fault-proxy.ts'

const body = 'x'.repeat(20_000)
const server = createServer((_request, response) => response.end(body))
let proxy: FaultProxy
let url = ''

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  return new Promise<void>((resolve) => void server.close(() => resolve()))
})
beforeEach(async () => {
  proxy = new FaultProxy(
    { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    createRandom('test'),
  )
  url = `http://127.0.0.1:${await proxy.listen()}`
})
afterEach(() => proxy.close())

const ask = async (timeoutMs = 20_000) => {
  const startedMs = performance.now()
  const answer = await fetch(url, {
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(timeoutMs),
  })
  return { length: (await answer.text()).length, ms: performance.now() - startedMs }
}

test('lets everything through as it is without a fault [READY-FAULT-01]', async () => {
  expect((await ask()).length).toBe(20_000)
})

test.each([
  ['resets', { kind: 'reset', afterBytes: 1000 }],
  ['is down', { kind: 'down' }],
  ['cuts bodies', { kind: 'partial-body', afterBytes: 5000 }],
])(
  'a dependency that %s fails, and is well again when the fault has ended [READY-FAULT-01]',
  async (_what, fault) => {
    proxy.inject(faultSchema.parse(fault), 60_000)
    await expect(ask()).rejects.toThrow()
    proxy.end()
    expect((await ask()).length).toBe(20_000)
  },
)

test('a black hole answers nothing, and is gone with its end [READY-FAULT-01]', async () => {
  proxy.inject({ kind: 'black-hole' }, 60_000)
  await expect(ask(300)).rejects.toThrow()
  proxy.end()
  // The client may still hold a connection that was in it.
  await expect
    .poll(async () => (await ask().catch(() => ({ length: 0 }))).length, { timeout: 10_000 })
    .toBe(20_000)
})

test('delay and bandwidth make it slower by what was asked [READY-FAULT-01]', async () => {
  proxy.inject({ kind: 'latency', ms: 200, jitterMs: 0 }, 60_000)
  expect((await ask()).ms).toBeGreaterThan(195)
  proxy.end()
  proxy.inject({ kind: 'bandwidth', bytesPerSecond: 50_000 }, 60_000)
  const slow = await ask()
  expect([slow.length, slow.ms > 350]).toEqual([20_000, true])
})

test('a fault ends by itself when its lease is over, and only one is on at a time [READY-FAULT-02]', async () => {
  proxy.inject({ kind: 'down' }, 100)
  expect(() => proxy.inject({ kind: 'black-hole' }, 100)).toThrow('A fault is on already')
  await expect.poll(() => proxy.fault, { timeout: 10_000 }).toBeNull()
  expect((await ask()).length).toBe(20_000)
})

test('only what runs on this machine is touched [READY-FAULT-03]', () => {
  for (const host of ['192.0.2.1', '0.0.0.0', 'localhost.evil.invalid', '169.254.169.254'])
    expect(() => new FaultProxy({ host, port: 80 }, createRandom('test')), host).toThrow(
      'not on this machine',
    )
})

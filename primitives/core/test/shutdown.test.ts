import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { silentLogger } from '../src/index.ts'
import { Shutdown } from '../src/runtime/index.ts'

class FakeProcess extends EventEmitter {
  exits: number[] = []
  exit(code: number): void {
    this.exits.push(code)
  }
}

function setUp(timeoutMs = 1_000) {
  const fake = new FakeProcess()
  let now = 0
  const shutdown = new Shutdown({ log: silentLogger, process: fake, timeoutMs, nowMs: () => now })
  shutdown.listen()
  return { fake, shutdown, advance: (ms: number) => void (now += ms) }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

test('hooks run one after the other, last added first, then the process exits with 0 [CORE-STOP-01]', async () => {
  const { fake, shutdown } = setUp()
  const order: string[] = []
  shutdown.add('database', () => void order.push('database'))
  shutdown.add('server', async () => {
    await settled()
    order.push('server')
  })
  fake.emit('SIGINT')
  expect(shutdown.signal.aborted).toBe(true)
  await shutdown.stop('again')
  await settled()
  expect(order).toEqual(['server', 'database'])
  expect(fake.exits).toEqual([0])
})

test('a failing hook does not keep the others from running, and the exit code is 1 [CORE-STOP-01]', async () => {
  const { fake, shutdown } = setUp()
  const order: string[] = []
  shutdown.add('database', () => void order.push('database'))
  shutdown.add('server', () => Promise.reject(new Error('boom')))
  fake.emit('SIGTERM')
  expect(await shutdown.stop('again')).toBe(false)
  await settled()
  expect(order).toEqual(['database'])
  expect(fake.exits).toEqual([1])
})

test('a second Ctrl-C exits at once with 130, an echo of the first does not [CORE-STOP-02]', () => {
  const { fake, shutdown, advance } = setUp()
  shutdown.add('stuck', () => new Promise(() => {}))
  fake.emit('SIGINT')
  fake.emit('SIGINT')
  expect(fake.exits).toEqual([])
  advance(600)
  fake.emit('SIGINT')
  expect(fake.exits).toEqual([130])
})

test('a hook that hangs is given up on when the time is over', async () => {
  const { fake, shutdown } = setUp(10)
  shutdown.add('stuck', () => new Promise(() => {}))
  fake.emit('SIGTERM')
  expect(await shutdown.stop('again')).toBe(false)
  await settled()
  expect(fake.exits).toEqual([1])
})

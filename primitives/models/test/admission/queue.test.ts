import { expect, test } from 'vitest'
import type { Priority } from '../../src/admission/admission.ts'
import { createQueue } from '../../src/admission/queue.ts'
import type { QueueBounds } from '../../src/admission/queue.ts'
import { ShedError } from '../../src/admission/shed-error.ts'
import { ManualTimers } from './manual-timers.ts'

interface Wish {
  tenantId?: string
  priority?: Priority
  weight?: number
  tokens?: number
  signal?: AbortSignal
}

/** A queue before a machine with so many free places; what starts is noted by name. */
function setUp(bounds: Partial<QueueBounds> = {}) {
  const timers = new ManualTimers()
  const queue = createQueue({ maxWaiting: 100, maxWaitMs: 30_000, ...bounds }, timers)
  const started: string[] = []
  const failed = new Map<string, unknown>()
  let room = 0
  function enter(name: string, wish: Wish = {}) {
    const request = {
      tenantId: 'a',
      priority: 'interactive' as const,
      weight: 1,
      tokens: 100,
      signal: new AbortController().signal,
      ...wish,
    }
    const entered = queue.enter(request, () => {
      if (room === 0) return null
      room -= 1
      started.push(name)
      return { name }
    })
    if (entered instanceof Promise) entered.catch((error: unknown) => failed.set(name, error))
    return entered
  }
  function makeRoom(places: number) {
    room += places
    queue.wake()
  }
  return { queue, timers, started, failed, enter, makeRoom, giveRoom: (places: number) => (room = places) }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

function shedCode(error: unknown): string {
  return error instanceof ShedError ? error.code : String(error)
}

test('starts at once, without a promise, when nothing waits and there is room', () => {
  const { enter, giveRoom, queue } = setUp()
  giveRoom(1)
  expect(enter('one')).toEqual({ name: 'one' })
  expect(queue.waiting).toBe(0)
})

test('hands a waiting request what its start returned once there is room', async () => {
  const { enter, makeRoom } = setUp()
  const entered = enter('one')
  makeRoom(1)
  await expect(entered).resolves.toEqual({ name: 'one' })
})

test('serves interactive requests before batch ones that came earlier [MODELS-QUEUE-01]', () => {
  const { enter, makeRoom, started } = setUp()
  void enter('batch', { priority: 'batch' })
  void enter('interactive')
  makeRoom(2)
  expect(started).toEqual(['interactive', 'batch'])
})

test('gives a waiting batch request one turn in 17, so that it is not starved [MODELS-QUEUE-01]', () => {
  const { enter, makeRoom, started } = setUp()
  void enter('batch', { priority: 'batch' })
  for (let index = 0; index < 40; index++) void enter(`i${index}`)
  makeRoom(40)
  expect(started.indexOf('batch')).toBe(16)
})

test('shares turns by weight in tokens, whatever the sizes of the requests [MODELS-QUEUE-02]', () => {
  const { enter, makeRoom, started } = setUp({ maxWaiting: 1000 })
  for (let index = 0; index < 30; index++) void enter('large', { tenantId: 'a', tokens: 400 })
  for (let index = 0; index < 120; index++) void enter('small', { tenantId: 'b', tokens: 100 })
  for (let index = 0; index < 240; index++) {
    void enter('heavy', { tenantId: 'c', tokens: 100, weight: 2 })
  }
  makeRoom(130)
  const tokensOf = (name: string, size: number) => started.filter((one) => one === name).length * size
  expect(tokensOf('large', 400)).toBeCloseTo(4000, -3)
  expect(Math.abs(tokensOf('large', 400) - tokensOf('small', 100))).toBeLessThanOrEqual(500)
  expect(Math.abs(tokensOf('heavy', 100) / 2 - tokensOf('small', 100))).toBeLessThanOrEqual(200)
})

test('a newcomer goes before the backlog of a tenant that has had its turns [MODELS-QUEUE-02]', () => {
  const { enter, makeRoom, started } = setUp()
  for (let index = 0; index < 20; index++) void enter(`a${index}`, { tenantId: 'a' })
  makeRoom(5)
  void enter('b', { tenantId: 'b' })
  makeRoom(2)
  expect(started.slice(5)).toContain('b')
})

test('sheds with 429 and a time to come back when it is full [MODELS-QUEUE-03]', async () => {
  const { enter, failed, queue } = setUp({ maxWaiting: 2 })
  for (const name of ['one', 'two', 'three']) void enter(name)
  await settled()
  expect([...failed.keys()]).toEqual(['three'])
  expect(failed.get('three')).toMatchObject({ code: 'queue-full', status: 429, isRetryable: true })
  expect(queue.waiting).toBe(2)
})

test('gives the place of the newest batch request to an interactive one when full [MODELS-QUEUE-03]', async () => {
  const { enter, failed, makeRoom, started } = setUp({ maxWaiting: 2 })
  void enter('old batch', { priority: 'batch' })
  void enter('new batch', { priority: 'batch' })
  void enter('interactive')
  void enter('late batch', { priority: 'batch' })
  await settled()
  expect([...failed].map(([name, error]) => [name, shedCode(error)])).toEqual([
    ['new batch', 'queue-full'],
    ['late batch', 'queue-full'],
  ])
  makeRoom(2)
  expect(started).toEqual(['interactive', 'old batch'])
})

test('a tenant that fills the queue loses its newest place to one that holds less', async () => {
  const { enter, failed } = setUp({ maxWaiting: 3 })
  for (const name of ['a1', 'a2', 'a3']) void enter(name, { tenantId: 'a' })
  void enter('b1', { tenantId: 'b' })
  void enter('b2', { tenantId: 'b' })
  await settled()
  expect([...failed.keys()].toSorted()).toEqual(['a3', 'b2'])
})

test('says to come back when the queue will have drained at its present rate [MODELS-QUEUE-03]', async () => {
  const { enter, failed, makeRoom, timers } = setUp({ maxWaiting: 20 })
  // Five starts a second for a minute.
  for (let index = 0; index < 300; index++) {
    void enter('steady')
    timers.advance(200)
    makeRoom(1)
  }
  for (let index = 0; index < 21; index++) void enter(`e${index}`)
  await settled()
  const error = failed.get('e20') as ShedError
  expect(error.retryAfterMs).toBeGreaterThan(3000)
  expect(error.retryAfterMs).toBeLessThan(6000)
})

test('an abort takes a waiting request out at once and says why [MODELS-QUEUE-04]', async () => {
  const { enter, makeRoom, queue, started } = setUp()
  const controller = new AbortController()
  const entered = enter('gone', { signal: controller.signal })
  void enter('next')
  controller.abort(new Error('client left'))
  expect(queue.waiting).toBe(1)
  await expect(entered).rejects.toThrow('client left')
  makeRoom(2)
  expect(started).toEqual(['next'])
})

test('never starts a request whose signal aborted before it came', async () => {
  const { enter, giveRoom, started } = setUp()
  giveRoom(1)
  await expect(enter('gone', { signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left')
  expect(started).toEqual([])
})

test('sheds what waited too long, with one timer for all [MODELS-QUEUE-04]', async () => {
  const { enter, failed, queue, timers } = setUp({ maxWaitMs: 1000 })
  void enter('one')
  timers.advance(400)
  void enter('two', { priority: 'batch' })
  expect(timers.pending).toBe(1)
  timers.advance(600)
  await settled()
  expect([...failed].map(([name, error]) => [name, shedCode(error)])).toEqual([['one', 'queue-timeout']])
  timers.advance(400)
  await settled()
  expect([...failed.keys()]).toEqual(['one', 'two'])
  expect(queue.waiting).toBe(0)
  expect(timers.pending).toBe(0)
})

test('gives what start throws to the request that it was called for, and goes on', async () => {
  const { queue, enter, makeRoom, started } = setUp()
  let isBroken = false
  const request = { tenantId: 'a', priority: 'interactive' as const, weight: 1, tokens: 1 }
  const broken = queue.enter({ ...request, signal: new AbortController().signal }, () => {
    if (isBroken) throw new Error('no replica knows this model')
    return null
  })
  void enter('next')
  isBroken = true
  makeRoom(1)
  await expect(broken).rejects.toThrow('no replica knows this model')
  expect(started).toEqual(['next'])
})

test('may be woken and aborted from within a start', async () => {
  const { queue, enter, makeRoom, started } = setUp()
  const controller = new AbortController()
  const request = { tenantId: '0', priority: 'interactive' as const, weight: 1, tokens: 1 }
  let isBusy = true
  const entered = queue.enter({ ...request, signal: controller.signal }, () => {
    if (isBusy) return null
    queue.wake()
    controller.abort(new Error('left'))
    return { name: 'within' }
  })
  void enter('next')
  isBusy = false
  makeRoom(1)
  await expect(entered).resolves.toEqual({ name: 'within' })
  expect(started).toEqual(['next'])
})

test('smaller bounds take effect at once', async () => {
  const { queue, enter, failed, timers } = setUp()
  void enter('one')
  void enter('batch', { priority: 'batch' })
  void enter('two')
  queue.configure({ maxWaiting: 1, maxWaitMs: 500 })
  await settled()
  expect([...failed.keys()]).toEqual(['batch', 'two'])
  timers.advance(500)
  await settled()
  expect(shedCode(failed.get('one'))).toBe('queue-timeout')
})

import { afterEach, describe, expect, test, vi } from 'vitest'
import { ThreadPool } from '../../src/threads/index.ts'
import { taskNamed } from './tasks.ts'

const pools: ThreadPool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function poolOf(limits: Partial<ConstructorParameters<typeof ThreadPool>[0]> = {}): ThreadPool {
  const pool = new ThreadPool({
    threads: 2,
    threadsPerTenant: 1,
    tasksPerTenant: 3,
    timeLimitMs: 60_000,
    memoryLimitMb: 256,
    ...limits,
  })
  pools.push(pool)
  return pool
}

const never = new AbortController().signal
const count = (pool: ThreadPool, most: number, tenantId = 'a') =>
  pool.run({ tenantId, task: taskNamed('count'), input: most, signal: never })

/** A task that never ends; `stop` ends it. */
function spin(pool: ThreadPool, tenantId = 'a') {
  const stop = new AbortController()
  const begun = new SharedArrayBuffer(4)
  const ended = pool.run({ tenantId, task: taskNamed('spin'), input: begun, signal: stop.signal })
  ended.catch(() => undefined)
  return {
    ended,
    stop: () => stop.abort(new Error('left')),
    begun: () => vi.waitFor(() => expect(new Int32Array(begun)[0]).toBe(1), { timeout: 20_000 }),
  }
}

const isEmpty = (pool: ThreadPool) =>
  vi.waitFor(() => expect(pool.load).toEqual({ running: 0, waiting: 0 }), { timeout: 20_000 })

describe('a pool of threads', () => {
  test('gives parts in order, again and again, and nothing where there is nothing [CORE-THREADS-01]', async () => {
    const pool = poolOf()
    for (const most of [20, 0, 3]) {
      const bytes = await new Response(await count(pool, most)).bytes()
      expect([...bytes]).toEqual(Array.from({ length: most }, (_, at) => at))
    }
    await isEmpty(pool)
  })

  test('one that leaves ends its thread, or its place in the queue [CORE-THREADS-02]', async () => {
    const pool = poolOf()
    const first = spin(pool)
    const second = spin(pool)
    await first.begun()
    expect(pool.load).toEqual({ running: 1, waiting: 1 })
    second.stop()
    await expect(second.ended).rejects.toThrow('left')
    expect(pool.load).toEqual({ running: 1, waiting: 0 })
    first.stop()
    await expect(first.ended).rejects.toThrow('left')
    await isEmpty(pool)
    expect([...(await new Response(await count(pool, 1)).bytes())]).toEqual([0])
  })

  test('a reader who leaves in the middle ends it too [CORE-THREADS-02]', async () => {
    const pool = poolOf()
    const answer = await count(pool, 1000)
    expect(pool.load.running).toBe(1)
    await answer.cancel()
    await isEmpty(pool)
  })

  test('a tenant has its share of threads and of places, and no more [CORE-THREADS-03]', async () => {
    const pool = poolOf()
    const mine = [spin(pool), spin(pool), spin(pool)]
    await expect(count(pool, 1)).rejects.toMatchObject({
      code: 'too-many-tasks',
      status: 429,
      retryAfterSeconds: 2,
    })
    // The other tenant does not wait for them.
    expect(await new Response(await count(pool, 2, 'b')).bytes()).toHaveLength(2)
    expect(pool.load).toEqual({ running: 1, waiting: 2 })
    for (const { stop } of mine) stop()
    await isEmpty(pool)
  })

  test('what takes too long or too much is ended with a sentence [CORE-THREADS-04]', async () => {
    const quick = poolOf({ timeLimitMs: 300 })
    await expect(spin(quick).ended).rejects.toMatchObject({
      code: 'task-too-long',
      status: 422,
      message: expect.stringContaining('longer than the 0.3 s'),
    })
    await isEmpty(quick)
    const small = poolOf({ memoryLimitMb: 32 })
    const eaten = small.run({ tenantId: 'a', task: taskNamed('eat'), input: null, signal: never })
    await expect(eaten).rejects.toMatchObject({ code: 'task-too-large', status: 422 })
    await isEmpty(small)
  })

  test('an error of the task reaches the caller as what it is, and the thread goes on [CORE-THREADS-01]', async () => {
    const pool = poolOf()
    const call = (name: string) =>
      pool.run({ tenantId: 'a', task: taskNamed(name), input: null, signal: never })
    await expect(call('refuse')).rejects.toMatchObject({
      code: 'no-such-thing',
      status: 400,
      details: { a: 1 },
    })
    await expect(new Response(await call('breakDown')).bytes()).rejects.toThrow()
    await expect(call('nothing')).rejects.toThrow('exports no nothing')
    await isEmpty(pool)
  })
})

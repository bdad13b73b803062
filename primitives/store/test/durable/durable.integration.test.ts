import { setTimeout as wait } from 'node:timers/promises'
import { ConflictError, InvalidInputError } from '@heavylift/core'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestStore, type TestStore } from '../../src/testing/index.ts'
import type { Durable } from '../../src/durable.ts'

let store: TestStore
let durable: Durable

beforeEach(async () => {
  store = await createTestStore({ durable: true })
  durable = store.host.forSystem('test').durable
})
afterEach(async () => {
  await store.close()
})

test('runs steps in order and returns the result', async () => {
  const workflow = durable.workflow('test.sum', async (run, input: { a: number; b: number }) => {
    const doubled = await run.step('double', async () => input.a * 2)
    return await run.step('add', async () => ({ total: doubled + input.b, id: run.id }))
  })
  await store.host.startDurable()
  const { id } = await workflow.start({ a: 2, b: 3 }, { id: 'import-1' })
  expect(id).toBe('import-1')
  expect(await workflow.result('import-1')).toEqual({ total: 7, id: 'import-1' })
  expect(await workflow.status('import-1')).toBe('done')
})

test('a step may start another run, which goes its own way', async () => {
  const inner = durable.workflow('test.inner', async (run, input: number) =>
    run.step('add', async () => input + 1),
  )
  const outer = durable.workflow('test.outer', async (run, input: number) =>
    run.step('hand over', async () => (await inner.start(input, { id: 'inner-1' })).id),
  )
  await store.host.startDurable()
  await outer.start(1, { id: 'outer-1' })
  expect(await outer.result('outer-1')).toBe('inner-1')
  expect(await inner.result('inner-1')).toBe(2)
})

test('the same id joins the run and never runs twice, also at once and after the end [STORE-DURABLE-02]', async () => {
  let runs = 0
  const workflow = durable.workflow('test.once', async (run, input: number) => {
    runs++
    await wait(100)
    return await run.step('answer', async () => input)
  })
  const other = durable.workflow('test.other', async () => 'other')
  await store.host.startDurable()
  await Promise.all(Array.from({ length: 10 }, (_, i) => workflow.start(i, { id: 'same' })))
  const first = await workflow.result('same')
  await workflow.start(99, { id: 'same' })
  expect(await workflow.result('same')).toBe(first)
  expect(runs).toBe(1)
  // Another workflow's ids are its own.
  expect(await other.status('same')).toBeNull()
  await other.start(null, { id: 'same' })
  expect(await other.result('same')).toBe('other')
})

test('a failed run rejects with its error, code and status included', async () => {
  const workflow = durable.workflow('test.fail', async (run) => {
    await run.step('read', async () => {
      throw new InvalidInputError({
        code: 'row-invalid',
        message: 'Row 7 has no title.',
        details: { row: 7 },
      })
    })
  })
  await store.host.startDurable()
  const { id } = await workflow.start(null)
  await expect(workflow.result(id)).rejects.toMatchObject({
    code: 'row-invalid',
    status: 400,
    message: 'Row 7 has no title.',
    details: { row: 7 },
  })
  expect(await workflow.status(id)).toBe('failed')
})

test('retries a step as often as asked, but not an error that says it is final [STORE-DURABLE-03]', async () => {
  let flaky = 0
  let final = 0
  const workflow = durable.workflow('test.retry', async (run, kind: 'flaky' | 'final') =>
    run.step(
      'call',
      async () => {
        if (kind === 'final') {
          final++
          throw new ConflictError({ code: 'gone', message: 'Gone.' })
        }
        if (++flaky < 3) throw new Error('not yet')
        return 'ok'
      },
      { retries: 2 },
    ),
  )
  await store.host.startDurable()
  await workflow.start('flaky', { id: 'a' })
  await workflow.start('final', { id: 'b' })
  expect(await workflow.result('a')).toBe('ok')
  await expect(workflow.result('b')).rejects.toMatchObject({ code: 'gone' })
  expect({ flaky, final }).toEqual({ flaky: 3, final: 1 })
})

test('runs at most `concurrency` at once', async () => {
  let now = 0
  let most = 0
  const workflow = durable.workflow(
    'test.limited',
    async (run, input: number) =>
      run.step('work', async () => {
        most = Math.max(most, ++now)
        await wait(30)
        now--
        return input
      }),
    { concurrency: 2 },
  )
  await store.host.startDurable()
  const ids = await Promise.all(Array.from({ length: 8 }, (_, i) => workflow.start(i)))
  expect(await Promise.all(ids.map(({ id }) => workflow.result(id)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(most).toBe(2)
})

test('cancelling ends the step by its signal and the run before the next one [STORE-DURABLE-04]', async () => {
  const done: string[] = []
  const workflow = durable.workflow('test.cancel', async (run) => {
    await run.step('long', async (signal) => {
      done.push('long began')
      await wait(30_000, undefined, { signal })
    })
    await run.step('next', async () => done.push('next'))
  })
  await store.host.startDurable()
  const { id } = await workflow.start(null)
  while (done.length === 0) await wait(10)
  expect(await workflow.status(id)).toBe('running')
  await workflow.cancel(id)
  await expect(workflow.result(id)).rejects.toMatchObject({ code: 'run-cancelled', status: 409 })
  expect(await workflow.status(id)).toBe('cancelled')
  await workflow.cancel(id)
  await wait(300)
  expect(done).toEqual(['long began'])
})

test('a run that the end of the process interrupts goes on after the next start [STORE-DURABLE-01]', async () => {
  const ran: string[] = []
  const define = (host: TestStore['host']) =>
    host.forSystem('test').durable.workflow('test.resume', async (run) => {
      await run.step('first', async () => ran.push('first'))
      await run.step('second', async (signal) => {
        ran.push('second')
        if (ran.filter((name) => name === 'second').length === 1) await wait(30_000, undefined, { signal })
        return 'recorded'
      })
      return 'end'
    })
  const workflow = define(store.host)
  await store.host.startDurable()
  await workflow.start(null, { id: 'x' })
  while (!ran.includes('second')) await wait(10)
  await store.host.close()
  await expect(workflow.start(null)).rejects.toMatchObject({ code: 'durable-not-running' })

  const { openStore } = await import('../../src/index.ts')
  const { silentLogger, systemClock } = await import('@heavylift/core')
  const next = await openStore({
    dataDir: store.dataDir,
    databaseUrl: store.databaseUrl,
    log: silentLogger,
    clock: systemClock,
  })
  const again = define(next)
  await next.startDurable()
  expect(await again.result('x')).toBe('end')
  expect(ran).toEqual(['first', 'second', 'second'])
  await next.close()
})

test('sleeps, and ticks a schedule at most once a tick [STORE-DURABLE-05]', async () => {
  const ticks: string[] = []
  durable.schedule('test.tick', 200, async (run) => {
    await run.step('tick', async () => ticks.push(run.id))
  })
  const workflow = durable.workflow('test.sleep', async (run) => {
    await run.sleep(300)
    return 'slept'
  })
  await store.host.startDurable()
  const { id } = await workflow.start(null)
  expect(await workflow.result(id)).toBe('slept')
  while (ticks.length < 3) await wait(20)
  expect(new Set(ticks).size).toBe(ticks.length)
})

test('runs are called well only when one has just run, though the database answers [STORE-DURABLE-11]', async () => {
  durable.workflow('test.any', async () => null)
  expect(await store.host.checkDurable()).toBe('starting')
  await store.host.startDurable()
  const other = new pg.Client({ connectionString: store.databaseUrl })
  await other.connect()
  try {
    // A worker that hangs: it can read and write everything but the table of runs.
    await other.query('BEGIN; LOCK TABLE dbos.workflow_status IN ACCESS EXCLUSIVE MODE')
    await expect(store.host.checkDurable(500)).rejects.toThrow('no run ended within 500 ms')
    expect(await store.host.health()).toMatchObject({ isHealthy: true })
    await other.query('ROLLBACK')
    expect(await store.host.checkDurable(60_000)).toBe('ok')
    const left = await other.query("SELECT name FROM dbos.workflow_status WHERE name LIKE 'heavylift.pulse%'")
    expect(left.rows.length).toBeLessThanOrEqual(2)
  } finally {
    await other.end()
  }
})

test('says so when it is used before the start, twice in a process, or for an unknown run', async () => {
  const workflow = durable.workflow('test.early', async () => 1)
  await expect(workflow.start(null)).rejects.toMatchObject({ code: 'durable-not-running', status: 503 })
  expect(() => durable.workflow('test.early', async () => 1)).toThrow(/registered already/)
  await store.host.startDurable()
  expect(() => durable.workflow('test.late', async () => 1)).toThrow(/before durable runs start/)
  await expect(workflow.result('nobody')).rejects.toMatchObject({ code: 'run-unknown', status: 404 })
  expect(await workflow.status('nobody')).toBeNull()
  const second = await createTestStore({ durable: true })
  await expect(second.host.startDurable()).rejects.toThrow(/another store/)
  await second.close()
})

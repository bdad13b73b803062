import { sleep } from '@heavylift/core/async'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { removeOldRuns } from '../../src/durable/retention.ts'
import { openCrashScene, until } from './crash-scene.ts'
import type { CrashScene } from './crash-scene.ts'

const dayMs = 24 * 60 * 60_000

let scene: CrashScene
beforeEach(async () => {
  scene = await openCrashScene()
})
afterEach(() => scene.close())

/** This process knows the child's workflows by name; a body that ran here would leave a row of step -1. */
async function startHere() {
  const { durable } = scene.store.host.forSystem('test')
  const body = async (run: { id: string }): Promise<void> => {
    await scene.client.query('INSERT INTO test.actions (run, step) VALUES ($1, -1)', [run.id])
  }
  const workflows = {
    long: durable.workflow('test.long', body),
    chain: durable.workflow('test.chain', body),
    limited: durable.workflow('test.limited', body, { concurrency: 1 }),
  }
  await scene.store.host.startDurable()
  return workflows
}

const stepsOf = async (run: string): Promise<number[]> => (await scene.actionsOf(run)).map(({ step }) => step)

describe('cancelling', () => {
  test('reaches the step that runs in another process, and no later step begins [STORE-DURABLE-08]', async () => {
    const child = await scene.startChild()
    child.send({ long: 'elsewhere' })
    await until(async () => (await stepsOf('elsewhere')).length === 1, 'the step to begin')
    const { long } = await startHere()
    expect(await long.status('elsewhere')).toBe('running')
    await long.cancel('elsewhere')
    await until(async () => (await stepsOf('elsewhere')).includes(99), 'the signal to fire in the child')
    await expect(long.result('elsewhere')).rejects.toMatchObject({ code: 'run-cancelled', status: 409 })
    await sleep(500)
    expect(await stepsOf('elsewhere')).toEqual([0, 99])
    expect(await long.status('elsewhere')).toBe('cancelled')
  })

  test('holds after the death of the process: nobody goes on with the run [STORE-DURABLE-08]', async () => {
    const child = await scene.startChild()
    child.send({ long: 'dead' })
    await until(async () => (await stepsOf('dead')).length === 1, 'the step to begin')
    const { long } = await startHere()
    await scene.kill(child)
    await long.cancel('dead')
    // A living process that knows the workflow sweeps for runs of dead ones when it starts.
    await scene.startChild()
    await sleep(1500)
    expect(await long.status('dead')).toBe('cancelled')
    expect(await stepsOf('dead')).toEqual([0])
  })

  test('keeps a run that waits for its turn from ever beginning [STORE-DURABLE-08]', async () => {
    const { durable } = scene.store.host.forSystem('test')
    const begun: string[] = []
    const first = Promise.withResolvers<void>()
    const limited = durable.workflow(
      'test.turns',
      async (run) =>
        run.step('work', async () => {
          begun.push(run.id)
          await first.promise
        }),
      { concurrency: 1 },
    )
    await scene.store.host.startDurable()
    await limited.start(null, { id: 'first' })
    await until(async () => begun.length === 1, 'the first run')
    await limited.start(null, { id: 'second' })
    expect(await limited.status('second')).toBe('queued')
    await limited.cancel('second')
    first.resolve()
    await limited.result('first')
    await limited.start(null, { id: 'third' })
    await limited.result('third')
    expect(begun).toEqual(['first', 'third'])
    await expect(limited.result('second')).rejects.toMatchObject({ code: 'run-cancelled' })
  })
})

test('a process that loses its database session goes on, and nobody runs its steps twice [STORE-DURABLE-09]', async () => {
  const child = await scene.startChild()
  await scene.startChild()
  child.send({ id: 'unbroken', steps: 120 })
  await until(async () => (await stepsOf('unbroken')).length > 3, 'the first steps')
  const ended = await scene.client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'heavylift-executor' AND datname = current_database()",
  )
  expect(ended.rowCount).toBe(2)
  await until(async () => (await scene.statusOf('unbroken')) === 'SUCCESS', 'the run to end')
  expect(await stepsOf('unbroken')).toEqual(Array.from({ length: 120 }, (_, step) => step))
  // Both say again that they live.
  await until(async () => {
    const { rows } = await scene.client.query<{ alive: number }>(
      "SELECT count(*)::int AS alive FROM pg_stat_activity WHERE application_name = 'heavylift-executor' AND datname = current_database()",
    )
    return rows[0]?.alive === 2
  }, 'new sessions')
})

test('finished runs are removed after thirty days and ticks after one; a run that goes on never is [STORE-DURABLE-10]', async () => {
  const child = await scene.startChild()
  child.send({ id: 'done', steps: 1 })
  child.send({ long: 'going on' })
  await until(async () => (await scene.statusOf('done')) === 'SUCCESS', 'the run to end')
  await until(async () => (await stepsOf('going on')).length === 1, 'the other to begin')
  const { chain, long } = await startHere()
  await removeOldRuns(Date.now() + 29 * dayMs, [])
  expect(await chain.status('done')).toBe('done')
  await removeOldRuns(Date.now() + 2 * dayMs, ['test.chain'])
  expect(await chain.status('done')).toBeNull()
  await removeOldRuns(Date.now() + 31 * dayMs, [])
  expect(await long.status('going on')).toBe('running')
})

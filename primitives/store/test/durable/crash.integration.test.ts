import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestStore, type TestStore } from '../../src/testing/index.ts'

const migrations = {
  test: [
    {
      name: '0001-actions',
      sql: 'CREATE TABLE actions (n bigint GENERATED ALWAYS AS IDENTITY, run text NOT NULL, step int NOT NULL)',
    },
  ],
}
let store: TestStore
let client: pg.Pool
const children: ChildProcess[] = []

beforeEach(async () => {
  store = await createTestStore({ migrations })
  client = new pg.Pool({ connectionString: store.databaseUrl, max: 4 })
  client.on('error', () => undefined)
})
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  await client.end()
  await store.close()
})

async function startChild(...args: string[]): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'crash-child.ts'), [store.databaseUrl, store.dataDir, ...args])
  children.push(child)
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`The child ended with ${code} before it was ready.`)))
  })
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

async function actionsOf(run: string): Promise<{ step: number; n: string }[]> {
  const result = await client.query<{ step: number; n: string }>(
    'SELECT step, n FROM test.actions WHERE run = $1 ORDER BY n',
    [run],
  )
  return result.rows
}

/** What DBOS has recorded of a run's steps, by name. */
async function recordedOf(run: string): Promise<Map<string, string>> {
  const result = await client.query<{ function_name: string; output: string }>(
    'SELECT function_name, output FROM dbos.operation_outputs WHERE workflow_uuid = $1',
    [`test.chain:${run}`],
  )
  return new Map(result.rows.map((row) => [row.function_name, row.output]))
}

async function statusOf(run: string): Promise<string | undefined> {
  const result = await client.query<{ status: string }>(
    'SELECT status FROM dbos.workflow_status WHERE workflow_uuid = $1',
    [`test.chain:${run}`],
  )
  return result.rows[0]?.status
}

async function until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Waited too long: ${what}`)
    await wait(20)
  }
}

test('kills at many moments: recorded steps never run again, the rest run on, and every run ends [STORE-DURABLE-06]', async () => {
  const steps = 12
  // Many runs at once, each somewhere else in its steps, make every kill hit many moments.
  const runs = Array.from({ length: 16 }, (_, i) => `run-${i}`)
  let child = await startChild()
  for (const id of runs) child.send({ id, steps })
  const kills = 6
  for (let i = 0; i < kills; i++) {
    // A fixed spread, so that a failure can be seen again; the moments differ with the machine anyhow.
    await wait(40 + ((i * 67) % 150))
    await kill(child)
    const before = new Map(await Promise.all(runs.map(async (id) => [id, await recordedOf(id)] as const)))
    const counts = new Map(await Promise.all(runs.map(async (id) => [id, await actionsOf(id)] as const)))
    child = await startChild()
    // The same ids again: they join, whatever state they are in.
    for (const id of runs) child.send({ id, steps })
    await wait(300)
    for (const id of runs) {
      const after = await actionsOf(id)
      for (const [name, output] of before.get(id) ?? []) {
        const step = Number(name.slice('step-'.length))
        const countOf = (rows: { step: number }[]) => rows.filter((row) => row.step === step).length
        expect(countOf(after), `${id} ${name}`).toBe(countOf(counts.get(id) ?? []))
        expect((await recordedOf(id)).get(name)).toBe(output)
      }
    }
  }
  for (const id of runs) {
    await until(async () => (await statusOf(id)) === 'SUCCESS', `${id} to end`)
    const actions = await actionsOf(id)
    expect(new Set(actions.map(({ step }) => step)).size).toBe(steps)
    // Only the action that a kill interrupted may have run more than once.
    expect(actions.length - steps).toBeLessThanOrEqual(kills)
    // In order: a step's last action comes before the next step's first.
    const order = actions.map(({ step }) => step)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  }
}, 120_000)

test('another live process goes on with the runs of a killed one, without a restart [STORE-DURABLE-07]', async () => {
  const first = await startChild()
  first.send({ id: 'orphan', steps: 200 })
  await until(async () => (await actionsOf('orphan')).length > 3, 'the first steps')
  await startChild()
  const taken = await actionsOf('orphan')
  await kill(first)
  await until(async () => (await statusOf('orphan')) === 'SUCCESS', 'the run to end elsewhere')
  const actions = await actionsOf('orphan')
  expect(actions.length).toBeGreaterThan(taken.length)
  expect(actions.length - 200).toBeLessThanOrEqual(1)
}, 60_000)

test('a second process does not take the runs of one that lives [STORE-DURABLE-07]', async () => {
  const first = await startChild()
  first.send({ id: 'mine', steps: 100 })
  await until(async () => (await actionsOf('mine')).length > 3, 'the first steps')
  await startChild()
  await until(async () => (await statusOf('mine')) === 'SUCCESS', 'the run to end')
  expect((await actionsOf('mine')).length).toBe(100)
}, 60_000)

test('a schedule ticks at most once a tick over several processes, and goes on when one is killed [STORE-DURABLE-05]', async () => {
  const two = await Promise.all([startChild('schedules'), startChild('schedules')])
  const ticks = async () =>
    (
      await client.query<{ run: string; step: number }>(
        "SELECT run, step FROM test.actions WHERE run LIKE 'tick-%'",
      )
    ).rows
  await until(async () => (await ticks()).length >= 6, 'six ticks')
  const [first] = two
  if (first) await kill(first)
  const atKill = (await ticks()).length
  await until(async () => (await ticks()).length >= atKill + 4, 'ticks after the kill')
  const rows = await ticks()
  // The tick that the kill interrupted may have acted and is then taken up once more.
  expect(rows.length - new Set(rows.map(({ run }) => run)).size).toBeLessThanOrEqual(1)
}, 60_000)

test('a process that is asked to stop ends cleanly, and its run goes on elsewhere', async () => {
  const first = await startChild()
  first.send({ id: 'handed-over', steps: 150 })
  await until(async () => (await actionsOf('handed-over')).length > 3, 'the first steps')
  const ended = new Promise<number | null>((resolve) => first.once('exit', resolve))
  first.send('stop')
  expect(await ended).toBe(0)
  expect(await statusOf('handed-over')).toBe('PENDING')
  await startChild()
  await until(async () => (await statusOf('handed-over')) === 'SUCCESS', 'the run to end')
  // Nothing was interrupted, so nothing ran twice.
  expect((await actionsOf('handed-over')).map(({ step }) => step)).toEqual(
    Array.from({ length: 150 }, (_, i) => i),
  )
}, 60_000)

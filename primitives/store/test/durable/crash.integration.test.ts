import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCrashScene, until, type CrashScene } from './crash-scene.ts'
import { runThroughKills } from './run-through-kills.ts'

let scene: CrashScene

beforeEach(async () => void (scene = await openCrashScene()))
afterEach(() => scene.close())

test(
  'kills at many moments: recorded steps never run again, the rest run on, and every run ends [STORE-DURABLE-06]',
  () => runThroughKills(scene, 3, 12),
  120_000,
)

test('another live process goes on with the runs of a killed one, without a restart [STORE-DURABLE-07]', async () => {
  const first = await scene.startChild()
  first.send({ id: 'orphan', steps: 200 })
  await until(async () => (await scene.actionsOf('orphan')).length > 3, 'the first steps')
  await scene.startChild()
  const taken = await scene.actionsOf('orphan')
  await scene.kill(first)
  await until(async () => (await scene.statusOf('orphan')) === 'SUCCESS', 'the run to end elsewhere')
  const actions = await scene.actionsOf('orphan')
  expect(actions.length).toBeGreaterThan(taken.length)
  expect(actions.length - 200).toBeLessThanOrEqual(1)
})

test('a second process does not take the runs of one that lives [STORE-DURABLE-07]', async () => {
  const first = await scene.startChild()
  first.send({ id: 'mine', steps: 100 })
  await until(async () => (await scene.actionsOf('mine')).length > 3, 'the first steps')
  await scene.startChild()
  await until(async () => (await scene.statusOf('mine')) === 'SUCCESS', 'the run to end')
  expect((await scene.actionsOf('mine')).length).toBe(100)
})

test('a schedule ticks at most once a tick over several processes, and goes on when one is killed [STORE-DURABLE-05]', async () => {
  const two = await Promise.all([scene.startChild('schedules'), scene.startChild('schedules')])
  const ticks = async () =>
    (
      await scene.client.query<{ run: string; step: number }>(
        "SELECT run, step FROM test.actions WHERE run LIKE 'tick-%'",
      )
    ).rows
  await until(async () => (await ticks()).length >= 6, 'six ticks')
  const [first] = two
  if (first) await scene.kill(first)
  const atKill = (await ticks()).length
  await until(async () => (await ticks()).length >= atKill + 4, 'ticks after the kill')
  const rows = await ticks()
  // The tick that the kill interrupted may have acted and is then taken up once more.
  expect(rows.length - new Set(rows.map(({ run }) => run)).size).toBeLessThanOrEqual(1)
})

test('a process that is asked to stop ends cleanly, and its run goes on elsewhere', async () => {
  const first = await scene.startChild()
  first.send({ id: 'handed-over', steps: 150 })
  await until(async () => (await scene.actionsOf('handed-over')).length > 3, 'the first steps')
  const ended = new Promise<number | null>((resolve) => first.once('exit', resolve))
  first.send('stop')
  expect(await ended).toBe(0)
  expect(await scene.statusOf('handed-over')).toBe('PENDING')
  await scene.startChild()
  await until(async () => (await scene.statusOf('handed-over')) === 'SUCCESS', 'the run to end')
  // Nothing was interrupted, so nothing ran twice.
  expect((await scene.actionsOf('handed-over')).map(({ step }) => step)).toEqual(
    Array.from({ length: 150 }, (_, i) => i),
  )
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WeakShop } from '../../src/demo/weak-shop/weak-shop.ts'
import { Keeper } from '../../src/faults/keeper.ts'
import { gameDaySchema } from '../../src/game-day/definition.ts'
import { silence } from '../../src/game-day/experiments/dependency.ts'
import { ask } from '../../src/game-day/probe.ts'
import { emptyReport, runGameDay } from '../../src/game-day/run-game-day.ts'
import { Bench } from '../../src/game-day/subject.ts'
import type { Dependency, Steady, Subject } from '../../src/game-day/subject.ts'

let folder = ''
const open: { keeper: Keeper; shop: WeakShop }[] = []

const start = async (isMended: boolean) => {
  const keeper = await Keeper.start(join(folder, isMended ? 'mended' : 'weak'))
  const shop = await WeakShop.start(keeper, isMended)
  open.push({ keeper, shop })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ready-day-'))
  await start(false)
  await start(true)
}, 120_000)
afterAll(async () => {
  for (const { keeper, shop } of open) {
    await shop.stop()
    await keeper.close()
  }
  await rm(folder, { recursive: true, force: true })
}, 60_000)

/** A patience that a busy machine does not use up. */
const patient = (at: number) => {
  const { keeper, shop } = open[at] as (typeof open)[number]
  const subject: Subject = { ...shop.subject, patienceMs: 6000 }
  return { keeper, subject }
}
const payments = ({ dependencies }: Subject) =>
  dependencies.find(({ name }) => name === 'payments') as Dependency
const checkout = ({ endpoints }: Subject): Steady => ({
  endpoint: endpoints.find(({ name }) => name === 'checkout') as Steady['endpoint'],
  medianMs: 10,
  goodShare: 1,
  whole: null,
  calls: new Map([['payments', 1]]),
})

test('finds what waits without end, and not that which gives up in time [READY-GAMEDAY-03]', async () => {
  const found = await Promise.all(
    [0, 1].map((at) => {
      const { keeper, subject } = patient(at)
      const bench = new Bench(subject, keeper, new AbortController().signal, () => undefined)
      return silence(bench, payments(subject), checkout(subject))
    }),
  )
  expect(found.map((one) => one.map(({ kind, at }) => `${kind} at ${at}`))).toEqual([
    ['no-timeout at payments'],
    [],
  ])
}, 120_000)

const day = gameDaySchema.parse({
  name: 'Silent payments',
  owner: 'Team',
  hypothesis: 'Nothing breaks',
  target: 'demo',
  steadyState: { ratePerSecond: 10, seconds: 1 },
  faults: [{ on: 'payments', fault: { kind: 'black-hole' }, seconds: 120 }],
  patienceMs: 1000,
})

test('an abort ends the fault at once, and the report so far is there [READY-GAMEDAY-03]', async () => {
  const { keeper, subject } = patient(0)
  const stop = new AbortController()
  const report = emptyReport()
  const running = runGameDay(
    day,
    { ...subject, patienceMs: 1000 },
    keeper,
    stop.signal,
    report,
    ({ stage }) => {
      if (stage.startsWith('black-hole')) setTimeout(() => stop.abort(), 500)
    },
  )
  await running
  expect(report).toMatchObject({ abortedBy: 'person', holds: null, hasRecovered: null })
  expect(report.events.map(({ what, on, isOn }) => [what, on, isOn])).toEqual([
    ['black-hole', 'payments', true],
    ['black-hole', 'payments', false],
  ])
  expect(report.phases[0]).toMatchObject({ name: 'steady state', asked: 10 })
  const { endpoint } = checkout(subject)
  await expect
    .poll(async () => (await ask(subject.url, endpoint, 5000)).status, { timeout: 20_000 })
    .toBe(200)
}, 120_000)

test('its condition aborts a day by itself [READY-GAMEDAY-03]', async () => {
  const { keeper, subject } = patient(0)
  const report = emptyReport()
  const strict = { ...day, abort: { goodBelow: 1, seconds: 1 } }
  await runGameDay(
    strict,
    { ...subject, patienceMs: 1000 },
    keeper,
    new AbortController().signal,
    report,
    () => undefined,
  )
  expect(report.abortedBy).toBe('condition')
}, 120_000)

import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ask, ShareKind } from '../../../src/admission/shared/grants.ts'
import { PostgresLimitStore } from '../../../src/admission/shared/postgres-limit-store.ts'
import { meteringMigrations } from '../../../src/migrations/metering.ts'

let testStore: TestStore
let store: PostgresLimitStore
beforeAll(async () => {
  testStore = await createTestStore({ migrations: { models: meteringMigrations } })
  store = new PostgresLimitStore(database())
})
afterAll(() => testStore.close())

const database = () => testStore.host.forSystem('models').database<unknown>()
const noon = Date.UTC(2026, 4, 31, 12)
const nextNoon = Date.UTC(2026, 5, 1, 12)

function ask(kind: ShareKind, scope: string, part: Partial<Ask>): Ask {
  const rest = { used: 0, free: 0, giveBack: 0, least: 1, need: 0, extra: 0 }
  return { kind, scope, limit: 1_000, monthLimit: Infinity, ...rest, ...part }
}

const exchange = async (holder: string, sequence: number, what: Ask, nowMs = noon) => {
  const { answers } = await store.exchange({ holder, sequence, leaseMs: 15_000, nowMs }, [what])
  return answers[0]!
}

test('a new day and month begin with the whole budget but for what is still held, on every process at once [MODELS-SHARED-09]', async () => {
  await sql`insert into limit_spent values ('t:month', '2026-05-30', 300), ('t:month', '2026-05-31', 900)`.execute(
    database(),
  )
  const want = (used: number) => ask('budget', 't:month', { monthLimit: 1_250, used, need: 1_000, least: 0 })
  // Of the day 100 are left, of the month 50.
  expect(await exchange('m-a', 1, want(0))).toMatchObject({ grant: 50, spentDay: 900, spentMonth: 1_200 })
  expect(await exchange('m-b', 1, want(0))).toMatchObject({ grant: 0, heldByOthers: 50 })
  // What is under way there ends today.
  expect(await exchange('m-b', 2, want(0), nextNoon)).toMatchObject({
    grant: 950,
    spentDay: 0,
    spentMonth: 0,
  })
  expect(await exchange('m-a', 2, want(50), nextNoon)).toMatchObject({ grant: 0 })
})

test('many exchanges at once grant no unit twice [MODELS-SHARED-01]', async () => {
  for (const kind of ['budget', 'flight', 'requests'] as const) {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        exchange(`${kind}-${at}`, 1, ask(kind, 't:crowd', { need: 150, limit: 1_000 })),
      ),
    )
    const granted = answers.reduce((sum, { grant }) => sum + grant, 0)
    expect(granted).toBeGreaterThanOrEqual(1_000)
    // A rate refills while they ask: a second gives 17.
    expect(granted).toBeLessThanOrEqual(kind === 'requests' ? 1_100 : 1_000)
  }
})

test('an exchange that comes after a later one of its process changes nothing, and one that is said again counts once [MODELS-SHARED-01]', async () => {
  const first = ask('budget', 't:late', { need: 400 })
  expect(await exchange('late', 2, first)).toMatchObject({ grant: 400 })
  await expect(exchange('late', 1, ask('budget', 't:late', { need: 600 }))).rejects.toThrow('later exchange')
  // The answer to the first was lost: the process knows of nothing, and says so.
  expect(await exchange('late', 3, ask('budget', 't:late', { need: 1_000 }))).toMatchObject({ grant: 1_000 })
})

test('whoever was silent for longer than its lease hears that it lost what it held free [MODELS-SHARED-02]', async () => {
  const lease = { holder: 'silent', leaseMs: 15_000, nowMs: noon }
  const what = (part: Partial<Ask>) => [ask('budget', 't:lapse', part)]
  await store.exchange({ ...lease, sequence: 1 }, what({ need: 1_000 }))
  await sql`update limit_holder set alive_until = now() where holder = 'silent'`.execute(database())
  expect(await exchange('other', 1, ask('budget', 't:lapse', { need: 600 }))).toMatchObject({ grant: 600 })
  // It had used 300 of its 1,000.
  const { isLapsed, answers } = await store.exchange(
    { ...lease, sequence: 2 },
    what({ used: 300, free: 700, need: 500, least: 1 }),
  )
  expect(isLapsed).toBe(true)
  expect(answers[0]).toMatchObject({ grant: 100, left: 0 })
})

test('a rate refills by the clock of the database, and gives back what was not used [MODELS-SHARED-03]', async () => {
  expect(await exchange('rate', 1, ask('requests', 't:rate', { need: 1_000 }))).toMatchObject({
    grant: 1_000,
  })
  expect(await exchange('rate', 2, ask('requests', 't:rate', { need: 500, least: 500 }))).toMatchObject({
    grant: 0,
  })
  await sql`update limit_rate set at = at - interval '30 s' where scope = 't:rate'`.execute(database())
  const after = await exchange('rate', 3, ask('requests', 't:rate', { giveBack: 200, need: 600, least: 600 }))
  expect(after).toMatchObject({ grant: 600 })
  await store.forget()
})

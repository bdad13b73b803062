import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MeteringTables } from '../../../src/metering/metering-tables.ts'
import { FourGateways } from './four-gateways.ts'

const perMinute = 240
let four: FourGateways
beforeAll(async () => {
  four = await FourGateways.start({
    burst: { budgetUsdPerDay: 1 },
    monthly: { budgetUsdPerMonth: 1 },
    rated: { requestsPerMinute: perMinute },
    worker: { budgetUsdPerDay: 1_000 },
    holder: { budgetUsdPerDay: 1 },
  })
})
afterAll(() => four.close())

/** Ten cents: 10 µ$ for the prompt and the rest for the answer. */
const tenCents = { prompt_tokens: 10, completion_tokens: 9_999 }

const sum = (calls: readonly { cost_micros: number }[]) =>
  calls.reduce((total, { cost_micros }) => total + cost_micros, 0)

for (const [period, tenant] of [
  ['day', 'burst'],
  ['month', 'monthly'],
] as const) {
  test(`fifty calls at once through four processes spend a budget of a ${period} and no more than 1 % beyond [MODELS-SHARED-04]`, async () => {
    Object.assign(four, { usage: tenCents, answerAfterMs: 30 })
    const ask = (at: number) => four.ask(tenant, at, { max_tokens: 9_995 })
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => ask(at)))
    // What one process held and did not use, another may have.
    for (let at = 0; at < 8; at++) answers.push(await ask(at))
    const refused = answers.filter(({ status }) => status !== 200)
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]))
    expect(refused[0]?.text).toContain('budget-exhausted')
    const calls = await four.booked(tenant)
    expect(calls.length).toBe(answers.length - refused.length)
    expect(sum(calls)).toBeLessThanOrEqual(1.01e6)
    expect(sum(calls)).toBeGreaterThan(0.8e6)
  })
}

test('a rate is passed by no more than 5 %, whichever of four processes is asked [MODELS-SHARED-05]', async () => {
  Object.assign(four, { answerAfterMs: 1 })
  const startedMs = performance.now()
  let passed = 0
  const worker = async (at: number) => {
    for (let round = 0; performance.now() - startedMs < 2_500; round++) {
      const { status } = await four.ask('rated', at + round)
      if (status === 200) passed++
      else expect(status).toBe(429)
    }
  }
  await Promise.all(Array.from({ length: 16 }, (_, at) => worker(at)))
  const allowed = perMinute + ((performance.now() - startedMs) * perMinute) / 60_000
  expect(passed).toBeLessThanOrEqual(allowed * 1.05)
})

test('a process that is killed at work takes no money with it, and none is counted twice [MODELS-SHARED-06]', async () => {
  Object.assign(four, { answerAfterMs: 5 })
  const answered = new Set<string>()
  let isOver = false
  const worker = async (at: number) => {
    while (!isOver) {
      const answer = await four.ask('worker', at, { max_tokens: 10_000 }).catch(() => null)
      if (answer?.status === 200) answered.add(answer.id)
      if (answer === null) return
    }
  }
  const working = [0, 1, 2, 3].flatMap((at) => [worker(at), worker(at)])
  await expect.poll(() => answered.size, { timeout: 20_000 }).toBeGreaterThan(100)
  await four.kill(2)
  const before = answered.size
  await expect.poll(() => answered.size, { timeout: 20_000 }).toBeGreaterThan(before + 50)
  isOver = true
  await Promise.all(working)
  // Its file is written when it is started again.
  await four.startChild(2)
  const calls = await four.booked('worker')
  const booked = new Map(calls.map(({ id, cost_micros }) => [id, cost_micros]))
  expect(booked.size).toBe(calls.length)
  expect([...answered].filter((id) => !booked.has(id))).toEqual([])
  const db = four.store.host.forSystem('models').database<MeteringTables>()
  const spent = await db
    .selectFrom('limit_spent')
    .where('scope', 'in', ['t:worker', 'k:key of worker'])
    .groupBy('scope')
    .select(sql<string>`sum(micros)`.as('micros'))
    .execute()
  expect(spent.map(({ micros }) => Number(micros))).toEqual([sum(calls), sum(calls)])
})

test('what a killed process held is there for the others once its lease is over [MODELS-SHARED-02]', async () => {
  const asked = () => four.upstream.requests() - before
  const before = four.upstream.requests()
  Object.assign(four, { answerAfterMs: 60_000 })
  const ask = (at: number) => four.ask('holder', at, { max_tokens: 90_000 })
  const held = ask(0).catch(() => null)
  await expect.poll(asked, { timeout: 10_000 }).toBe(1)
  expect((await ask(1)).status).toBe(429)
  await four.kill(0)
  await held
  expect((await ask(1)).status).toBe(429)
  // Fifteen seconds, without the wait.
  const db = four.store.host.forSystem('models').database<unknown>()
  await sql`update limit_holder set alive_until = now()`.execute(db)
  const again = () => {
    if (asked() === 1) ask(1).catch(() => null)
    return asked()
  }
  await expect.poll(again, { timeout: 10_000, interval: 200 }).toBe(2)
})

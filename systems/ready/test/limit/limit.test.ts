import { expect, test } from 'vitest'
import { dependenciesOf } from '../../src/limit/dependencies.ts'
import { drainRate } from '../../src/limit/drain-rate.ts'
import { findLimit } from '../../src/limit/find-limit.ts'
import { headroomOf } from '../../src/limit/headroom.ts'
import { predictLimit } from '../../src/limit/predict-limit.ts'
import { fitScalabilityLaw, kneeInterval, kneeOf, throughputAt } from '../../src/limit/scalability-law.ts'
import { LatencyHistogram } from '../../src/load/histogram.ts'
import { plannedTimes } from '../../src/load/schedule.ts'
import { readScenario } from '../../src/load/scenario.ts'

test('the search ends close below the limit, and believes no single failure [READY-LIMIT-01]', async () => {
  for (const limit of [0.7, 13, 420, 9000]) {
    let isFlaky = true
    const found = await findLimit(
      (ratePerSecond) => {
        const fails = isFlaky && ratePerSecond > limit / 3
        if (fails) isFlaky = false
        return Promise.resolve({ ratePerSecond, isInside: ratePerSecond <= limit && !fails, isValid: true })
      },
      { fromPerSecond: 1, toPerSecond: 20_000 },
    )
    expect(found.ratePerSecond).toBeLessThanOrEqual(limit)
    expect(found.ratePerSecond).toBeGreaterThan(0.95 * limit)
    expect(found.probes.length).toBeLessThan(25)
  }
  const endless = await findLimit(
    (ratePerSecond) => Promise.resolve({ ratePerSecond, isInside: true, isValid: true }),
    {
      fromPerSecond: 1,
      toPerSecond: 500,
    },
  )
  expect([endless.ratePerSecond, endless.outsidePerSecond]).toEqual([500, null])
  const hopeless = await findLimit(
    (ratePerSecond) => Promise.resolve({ ratePerSecond, isInside: false, isValid: true }),
    {
      fromPerSecond: 10,
      toPerSecond: 500,
    },
  )
  expect(hopeless.ratePerSecond).toBe(0)
  const late = await findLimit(
    (ratePerSecond) => Promise.resolve({ ratePerSecond, isInside: false, isValid: ratePerSecond < 50 }),
    { fromPerSecond: 100, toPerSecond: 500 },
  )
  expect([late.ratePerSecond, late.isReliable, late.probes.length]).toEqual([0, false, 4])
})

test('the scalability law is found from its own points, with its knee and an interval [READY-LIMIT-02]', () => {
  const law = { lambda: 90, sigma: 0.04, kappa: 0.0006 }
  const samples = [1, 2, 4, 8, 12, 16, 24, 32].map((concurrency) => ({
    concurrency,
    perSecond: throughputAt(law, concurrency),
  }))
  const found = fitScalabilityLaw(samples)
  expect(found?.lambda).toBeCloseTo(law.lambda, 6)
  expect(found?.sigma).toBeCloseTo(law.sigma, 6)
  expect(found?.kappa).toBeCloseTo(law.kappa, 6)
  expect(kneeOf(law).concurrency).toBeCloseTo(40, 0)
  const interval = kneeInterval(
    samples.map((one, k) => ({ ...one, perSecond: one.perSecond * (k % 2 ? 1.02 : 0.98) })),
  )
  expect(interval?.lower).toBeLessThan(kneeOf(law).perSecond)
  expect(interval?.upper).toBeGreaterThan(kneeOf(law).perSecond)
  // A queue of one server: N / (1 + N) of its rate, which it never reaches.
  const one = fitScalabilityLaw(
    [0.25, 0.5, 1, 2, 4].map((n) => ({ concurrency: n, perSecond: (200 * n) / (1 + n) })),
  )
  expect(kneeOf(one as NonNullable<typeof one>)).toEqual({
    concurrency: Infinity,
    perSecond: expect.closeTo(200, 3) as number,
  })
  expect(fitScalabilityLaw(samples.slice(0, 2))).toBeNull()
})

test('a train tells how many a second come out of a queue [READY-LIMIT-03]', () => {
  const latency = new LatencyHistogram()
  const size = 256
  // Sixteen workers of 20 ms each: 800 a second.
  for (let k = 0; k < size; k++) latency.recordMs(20 * (1 + Math.floor(k / 16)))
  expect(drainRate(latency, size)).toBeGreaterThan(780)
  expect(drainRate(latency, size)).toBeLessThan(820)
  const once = new LatencyHistogram()
  for (let k = 0; k < 8; k++) once.recordMs(5)
  expect(drainRate(once, 8)).toBe(Infinity)
})

test('the limit of a simulated queue is where Erlang has it [READY-LIMIT-03]', () => {
  const exponential = Array.from({ length: 199 }, (_, k) => -10 * Math.log(1 - (k + 1) / 200))
  // M/M/1 of 100 a second: 99 of 100 take at most ln(100) / (100 − rate) seconds, so 200 ms at 77 a second.
  const rate = predictLimit(
    { capacityPerSecond: 100, serviceMs: exponential },
    { quantile: 0.99, atMostMs: 200 },
    40,
  )
  expect(rate).toBeGreaterThan(70)
  expect(rate).toBeLessThan(84)
})

test('headroom is the limit by the demand, and what is not measured is never first [READY-LIMIT-04]', () => {
  const found = headroomOf(
    [
      { name: 'a', callsPerRequest: 0.5, limitPerSecond: 100 },
      { name: 'b', callsPerRequest: 2, limitPerSecond: 150 },
      { name: 'c', callsPerRequest: 1, limitPerSecond: null },
    ],
    { median: 50, plan95: 100 },
  )
  expect(found.map(({ name, atPlan, isFirst }) => [name, atPlan, isFirst])).toEqual([
    ['a', 2, false],
    ['b', 0.75, true],
    ['c', null, false],
  ])
})

test('each request of a scenario is a part, called as often as its weight says; trains are planned at one moment [READY-LIMIT-04]', () => {
  const scenario = readScenario(
    'name: x\ntarget: demo\nrequests: [{ name: a, path: /a?q=1, weight: 3 }, { name: b, path: /b }]\nload: [{ kind: constant, ratePerSecond: 1, seconds: 1 }]\n',
  )
  expect(
    dependenciesOf(scenario).map(({ name, path, callsPerRequest, scenario: own }) => [
      name,
      path,
      callsPerRequest,
      own.requests.length,
    ]),
  ).toEqual([
    ['a', '/a', 0.75, 1],
    ['b', '/b', 0.25, 1],
  ])
  expect([...plannedTimes({ kind: 'trains', size: 2, count: 2, everySeconds: 0.5 })]).toEqual([
    0, 0, 500, 500,
  ])
})

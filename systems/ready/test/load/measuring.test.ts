import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LatencyHistogram } from '../../src/load/histogram.ts'
import { Measured } from '../../src/load/measure.ts'
import { reportOf } from '../../src/load/report.ts'
import { readScenario } from '../../src/load/scenario.ts'
import { plannedTimes } from '../../src/load/schedule.ts'
import { checkVariables, extractValue, prepare } from '../../src/load/template.ts'

const minimal =
  'name: x\ntarget: demo\nrequests: [{ name: a, path: / }]\nload: [{ kind: constant, ratePerSecond: 10, seconds: 1 }]\n'

test('keeps three digits of any quantile, and merging is as if all had been recorded in one [READY-LOAD-03]', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.002, max: 5_000_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        const whole = new LatencyHistogram()
        const parts = [new LatencyHistogram(), new LatencyHistogram()]
        for (const [at, value] of values.entries()) {
          whole.recordMs(value)
          parts[at % 2]?.recordMs(value)
        }
        const merged = LatencyHistogram.fromJson(
          JSON.parse(JSON.stringify(parts[0]?.toJson())) as ReturnType<LatencyHistogram['toJson']>,
        )
        merged.merge(parts[1] as LatencyHistogram)
        expect(merged.toJson()).toEqual(whole.toJson())
        const sorted = values.toSorted((a, b) => a - b)
        const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] as number
        expect(Math.abs(whole.quantileMs(share) - exact)).toBeLessThanOrEqual(0.001 * exact + 0.001)
      },
    ),
  )
})

test('plans constant, ramping, Poisson and replayed arrivals to the number [READY-LOAD-04]', () => {
  expect([...plannedTimes({ kind: 'constant', ratePerSecond: 4, seconds: 1 })]).toEqual([0, 250, 500, 750])
  const ramp = plannedTimes({ kind: 'ramp', fromPerSecond: 0, toPerSecond: 100, seconds: 10 })
  expect(ramp).toHaveLength(500)
  expect(ramp.filter((at) => at < 5000)).toHaveLength(125)
  const replay = plannedTimes({ kind: 'replay', counts: [10, 0, 5], intervalSeconds: 60, scale: 0.5 })
  expect(replay).toHaveLength(7)
  expect(replay.filter((at) => at < 60_000)).toHaveLength(5)
  expect(plannedTimes({ kind: 'users', users: 3, seconds: 1 })).toHaveLength(0)
})

test('gaps of Poisson arrivals are exponential by Kolmogorov and Smirnov at p > .01 [READY-LOAD-04]', () => {
  for (const seed of [1, 2, 3]) {
    const times = plannedTimes({ kind: 'poisson', ratePerSecond: 200, seconds: 60, seed })
    const gaps = Array.from(times, (at, k) => at - (times[k - 1] ?? 0)).toSorted((a, b) => a - b)
    const distance = Math.max(
      ...gaps.map((gap, k) => Math.abs((k + 0.5) / gaps.length - (1 - Math.exp((-gap * 200) / 1000)))),
    )
    expect(distance).toBeLessThan(1.63 / Math.sqrt(gaps.length))
    expect(Math.abs(times.length / 12_000 - 1)).toBeLessThan(0.03)
  }
})

test('a scenario that is wrong is refused with the place', () => {
  expect(() => readScenario(minimal.replace('path: /', 'path: x'))).toThrow(/requests\.0\.path/)
  expect(() => readScenario(`${minimal}caps: { maxRequests: 1, extra: 2 }`)).toThrow(/caps/)
  expect(() => readScenario(minimal.replace('ratePerSecond: 10', 'ratePerSecond: 1000000'))).toThrow(
    /load\.0/,
  )
  expect(() => readScenario('{')).toThrow('no YAML')
})

test('fills templates; a value can neither end a header nor leave its part of the path [READY-LOAD-06]', () => {
  const scenario = readScenario(minimal)
  const request = { ...scenario.requests[0]!, path: '/search?q={{word}}', headers: { 'X-Word': '{{word}}' } }
  const text = prepare(scenario, request, 'h:1').bytes({ word: 'a&b\r\nEvil: 1' }).toString()
  expect(text).toBe(
    'GET /search?q=a%26b%0D%0AEvil%3A%201 HTTP/1.1\r\nHost: h:1\r\nX-Word: a&b  Evil: 1\r\n\r\n',
  )
  expect(() => prepare(scenario, request, 'h').bytes({})).toThrow('{{word}}, which has no value')
  expect(extractValue('{"a":{"b":[1,{"c":"x"}]}}', '$.a.b[1].c')).toBe('x')
  expect(extractValue('no json', '$.a')).toBeUndefined()
})

test('what has no value is said before anything is sent, all of it [READY-LOAD-06]', () => {
  const scenario = readScenario(minimal)
  const [first] = scenario.requests
  const requests = [
    { ...first!, path: '/items?token={{token}}', headers: { Cookie: '{{cookie}}' }, extract: { id: '$.id' } },
    { ...first!, path: '/items/{{id}}', body: '{{word}} {{known}}' },
  ]
  const used = { ...scenario, requests, variables: { known: 'x' }, data: [{ word: 'lamp' }] }
  expect(() => checkVariables(used)).toThrow(/^No value is given for token, cookie, first used by/)
  expect(() => checkVariables({ ...used, variables: { known: 'x', token: 't', cookie: '' } })).not.toThrow()
})

test('a generator that was late, or sent less than was planned, has no valid result [READY-LOAD-05]', () => {
  const scenario = readScenario(minimal)
  const late = new Measured()
  for (let k = 0; k < 100; k++) {
    late.planned(k)
    late.sentAt(k, 20)
    late.answered(k, k, k + 5, { status: 200, body: null, bodyBytes: 1, isLast: false }, null)
  }
  expect(reportOf(scenario, { measured: late, stoppedBy: null, durationMs: 100 })).toMatchObject({
    isValid: false,
    ok: 100,
  })
  const few = new Measured()
  for (let k = 0; k < 100; k++) few.planned(k)
  few.sentAt(1, 0)
  expect(reportOf(scenario, { measured: few, stoppedBy: null, durationMs: 100 }).remarks[0]).toContain(
    'Of 100 planned requests 1 were sent',
  )
})

test('what was not due yet is not missing, while a run goes on and where it was stopped [READY-LOAD-05]', () => {
  const scenario = readScenario(minimal)
  const measured = new Measured()
  // A stage of three seconds is planned at its start.
  for (let k = 0; k < 300; k++) measured.planned(10 * k)
  for (let k = 0; k < 100; k++) measured.sentAt(10 * k, 0)
  for (const report of [
    reportOf(scenario, { measured, stoppedBy: null, durationMs: 1000 }, false),
    reportOf(scenario, { measured, stoppedBy: 'signal', durationMs: 1000 }),
  ])
    expect(report).toMatchObject({ isValid: true, planned: 100, sent: 100, seconds: [{ planned: 100 }] })
  expect(reportOf(scenario, { measured, stoppedBy: null, durationMs: 3000 })).toMatchObject({
    isValid: false,
    planned: 300,
  })
})

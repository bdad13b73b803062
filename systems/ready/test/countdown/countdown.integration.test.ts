import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateByJobs } from '../../src/load/processes/generate-by-jobs.ts'
import { reportOf } from '../../src/load/report.ts'
import { scenarioSchema } from '../../src/load/scenario.ts'
import { allowTarget } from '../../src/load/target.ts'
import { startTestReady } from '../support/start-test-ready.ts'
import type { TestReady } from '../support/start-test-ready.ts'

let ready: TestReady
beforeAll(async () => {
  ready = await startTestReady()
}, 60_000)
afterAll(() => ready.stop())

interface Countdown {
  headroom: { name: string; limitPerSecond: number | null; isFirst: boolean }[]
  areas: { name: string; state: string }[]
  evidence: { step: string; said: string; came: string | null; error: number | null }[]
}
interface Search {
  search: { state: string; found: { name: string }[] } | null
}

test('the countdown has the forecast against what came, and limits once they were searched, tenant by tenant [READY-LIMIT-05]', async () => {
  // Recorded samples are shown before the first of this installation, and are no evidence of it.
  const samples = { load: await ready.call('get', '/load/runs'), limit: await ready.call('get', '/limits') }
  expect(samples).toMatchObject({
    load: { runs: [{ isSample: true, state: 'done', report: { isValid: true } }] },
    limit: { search: { isSample: true, state: 'done', found: [{ name: 'basket' }] } },
  })
  const before = (await ready.call('get', '/countdown')) as Countdown
  const peaks = before.evidence.filter(({ step }) => step === 'forecast')
  expect(peaks).toHaveLength(14)
  expect(peaks.every(({ came, error }) => came !== null && error !== null)).toBe(true)
  expect(before.areas.map(({ name, state }) => [name, state])).toContainEqual(['Headroom', 'open'])
  expect(before.areas.map(({ name, state }) => [name, state])).toContainEqual(['Game day', 'open'])
  // Written once, however often it is looked at.
  const again = (await ready.call('get', '/countdown')) as Countdown
  expect(again.evidence).toHaveLength(before.evidence.length)
  const { ledger } = ready.services.store
  await ledger.decide({
    id: 'limit-1',
    tenantId: 'main',
    system: 'ready',
    kind: 'limit',
    subjectId: 'Evening/basket',
    inputRef: null,
    inputHash: '0',
    output: { name: 'basket', predicted: { ratePerSecond: 1600 }, ratePerSecond: 1700, isReliable: true },
    confidence: null,
    costMicros: 0,
    durationMs: 0,
    version: 'limit@1',
    atMs: Date.now(),
  })
  await ledger.decide({
    id: 'game-day-1',
    tenantId: 'main',
    system: 'ready',
    kind: 'game-day',
    subjectId: 'gameday_1',
    inputRef: null,
    inputHash: '0',
    output: {
      name: 'Checkout',
      faults: ['kill on inventory-1'],
      findings: [],
      state: 'aborted',
      holds: false,
    },
    confidence: null,
    costMicros: 0,
    durationMs: 0,
    version: 'game-day@1',
    atMs: Date.now(),
  })
  const after = (await ready.call('get', '/countdown')) as Countdown
  // Nothing was found, since nobody had looked yet.
  expect(after.areas.map(({ name, state }) => [name, state])).toContainEqual(['Game day', 'no-go'])
  expect(after.headroom.find(({ name }) => name === 'basket')).toMatchObject({
    limitPerSecond: 1700,
    isFirst: true,
  })
  expect(after.evidence.find(({ step }) => step === 'limit')?.error).toBeCloseTo(0.0625, 6)
  await ledger.decide({
    id: 'purchase-1',
    tenantId: 'main',
    system: 'fleet',
    kind: 'purchase',
    subjectId: 'autumn',
    inputRef: null,
    inputHash: '0',
    output: { cost: 200_000, hours: 1680 },
    confidence: null,
    costMicros: 0,
    durationMs: 0,
    version: 'mix@1',
    atMs: Date.now(),
  })
  const bought = (await ready.call('get', '/countdown')) as Countdown
  expect(bought.evidence.find(({ step }) => step === 'buy')?.said).toBe('$200,000 for 10 weeks')
  expect(bought.areas).toContainEqual(expect.objectContaining({ name: 'Capacity', state: 'go' }))
  const other = (await ready.call('get', '/countdown', { tenantId: 'other' })) as Countdown
  expect(other.headroom.every(({ limitPerSecond }) => limitPerSecond === null)).toBe(true)
})

test.each([
  ['that kept its thresholds is a go', {}, 'go'],
  ['that missed one is no go', { thresholds: [{ metric: 'p99Ms', isMet: false }] }, 'no-go'],
  ['that was stopped says nothing', { state: 'stopped', ok: 40 }, 'open'],
  [
    'whose generator was late says nothing',
    { isValid: false, thresholds: [{ metric: 'p99Ms', isMet: false }] },
    'open',
  ],
])('a load run %s [READY-LIMIT-05]', async (tenantId, differs, state) => {
  await ready.services.store.ledger.decide({
    id: `load of a tenant ${tenantId}`,
    tenantId,
    system: 'ready',
    kind: 'load-run',
    subjectId: 'load_1',
    inputRef: null,
    inputHash: '0',
    output: {
      planned: 100,
      ok: 100,
      isValid: true,
      state: 'done',
      thresholds: [{ metric: 'p99Ms', isMet: true }],
      latencyMs: { p99: 20 },
      ...differs,
    },
    confidence: null,
    costMicros: 0,
    durationMs: 0,
    version: 'load@1',
    atMs: Date.now(),
  })
  const { areas } = (await ready.call('get', '/countdown', { tenantId })) as Countdown
  expect(areas).toContainEqual(expect.objectContaining({ name: 'Load', state }))
})

test('a search for limits stops when told, and one at a time goes on [READY-LIMIT-05]', async () => {
  const started = (await ready.call('post', '/limits')) as Search
  expect(started.search?.state).toBe('running')
  await expect(ready.call('post', '/limits')).rejects.toMatchObject({ code: 'search-going-on' })
  await ready.call('post', '/limits/stop')
  const latest = async () => ((await ready.call('get', '/limits')) as Search).search?.state
  await expect.poll(latest, { timeout: 30_000 }).toBe('stopped')
  expect(await ready.call('get', '/limits', { tenantId: 'other' })).toMatchObject({
    search: { isSample: true },
  })
})

test('generators of a job play one plan in parts, merged without loss [READY-LOAD-10]', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked++
    response.end()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const scenario = scenarioSchema.parse({
      name: 'by jobs',
      target: url,
      requests: [{ name: 'all', path: '/' }],
      load: [{ kind: 'constant', ratePerSecond: 60, seconds: 0.5 }],
    })
    const target = await allowTarget(url, null, () => Promise.resolve(null))
    const { signal } = new AbortController()
    const generated = await generateByJobs(ready.services.jobs, scenario, target, signal, {
      count: 2,
      executor: 'local',
    })
    const report = reportOf(scenario, generated)
    expect([report.planned, report.sent, asked]).toEqual([30, 30, 30])
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => void server.close(resolve))
  }
})

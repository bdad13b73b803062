import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Clock } from '@heavylift/core'
import type { Decision, ExperimentKey, Ledger } from '../../src/ledger/ledger.ts'
import { ledgerMigrations } from '../../src/ledger/migrations.ts'
import { createTestStore, testMigrations, type TestStore } from '../../src/testing/index.ts'

const dayMs = 24 * 60 * 60 * 1000
let nowMs = Date.UTC(2026, 0, 10)
const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => nowMs }
let testStore: TestStore
let ledger: Ledger

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 10)
  testStore = await createTestStore({ clock })
  ledger = testStore.host.forSystem('example').ledger
})
afterEach(() => testStore.close())

function decision(id: string, changes: Partial<Decision> = {}): Decision {
  return {
    id,
    tenantId: 'main',
    system: 'shop',
    kind: 'answer',
    subjectId: 'shopper-1',
    inputRef: null,
    inputHash: 'abc',
    output: { cards: 3 },
    confidence: null,
    costMicros: 10,
    durationMs: 50,
    version: '1',
    atMs: nowMs,
    ...changes,
  }
}

test('its schema is the same from empty and from every earlier version [STORE-MIGRATE-04]', async () => {
  const { tables } = await testMigrations({
    system: 'ledger',
    migrations: ledgerMigrations,
    seeds: [
      {
        after: '0001-ledger',
        sql: `insert into decision (tenant_id, id, system, kind, input_hash, output, cost_micros, duration_ms, version, at)
          values ('main', 'd1', 'shop', 'answer', 'x', '{}', 0, 1, '1', '2016-06-19')`,
      },
    ],
  })
  expect(tables).toEqual(['decision', 'experiment', 'exposure', 'outcome'])
})

test('keeps the first of two decisions with one id, and tenants apart [STORE-LEDGER-01]', async () => {
  await ledger.decide(decision('d1'))
  await ledger.decide(decision('d1', { output: { cards: 99 } }))
  await ledger.decide(decision('d1', { tenantId: 'other', output: { cards: 5 } }))
  const mine = await ledger.decisions('main', { limit: 10 })
  expect(mine.map(({ id, output }) => [id, output])).toEqual([['d1', { cards: 3 }]])
  expect(await ledger.decisions('nobody', { limit: 10 })).toEqual([])
})

test('takes many decisions at once, the first of each id, whatever characters they hold', async () => {
  await ledger.decide(decision('d1'))
  await ledger.decideAll([
    decision('d1', { output: 'second' }),
    decision('d2', { output: null }),
    decision('d2', { output: 'twice' }),
    decision('d3', { output: { text: 'a\0b\ud800' }, inputHash: '\\u0000' }),
  ])
  await ledger.decideAll([])
  const mine = await ledger.decisions('main', { limit: 10 })
  expect(mine.map(({ id, output, inputHash }) => [id, output, inputHash])).toEqual([
    ['d3', { text: 'ab\ufffd' }, '\\u0000'],
    ['d2', null, 'abc'],
    ['d1', { cards: 3 }, 'abc'],
  ])
})

test('sums a system up: count, duration quantiles, cost, calibration against what came true [STORE-LEDGER-07]', async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `d${String(index).padStart(3, '0')}`)
  await Promise.all(
    ids.map((id, index) => ledger.decide(decision(id, { durationMs: index + 1, confidence: 0.8 }))),
  )
  await ledger.decide(decision('older', { atMs: nowMs - dayMs }))
  for (const [index, id] of ids.entries()) {
    const outcome = {
      tenantId: 'main',
      subjectId: id,
      kind: 'correct',
      value: index < 80 ? 1 : 0,
      atMs: nowMs,
    }
    await ledger.outcome({ ...outcome, idempotencyKey: 'once' })
    await ledger.outcome({ ...outcome, value: 0, idempotencyKey: 'once' })
  }
  const summary = await ledger.summary('main', { system: 'shop', fromMs: nowMs - 1000 })
  expect(summary.count).toBe(100)
  expect(summary.costMicros).toBe(1000)
  expect(summary.durationMs).toEqual({ p50: 50.5, p95: 95.05, p99: 99.01 })
  expect(summary.calibration.bins).toEqual([
    { low: 0.8, high: 0.9, n: 100, meanConfidence: expect.closeTo(0.8, 9), rate: 0.8 },
  ])
})

test('pages decisions from the newest, each with its outcomes', async () => {
  for (const id of ['a', 'b', 'c']) await ledger.decide(decision(id))
  await ledger.outcome({
    tenantId: 'main',
    subjectId: 'b',
    kind: 'bought',
    value: 1,
    idempotencyKey: 'k',
    atMs: nowMs,
  })
  const first = await ledger.decisions('main', { system: 'shop', limit: 2 })
  expect(first.map(({ id }) => id)).toEqual(['c', 'b'])
  expect(first[1]?.outcomes).toEqual([{ kind: 'bought', value: 1, atMs: nowMs }])
  const second = await ledger.decisions('main', { beforeId: 'b', limit: 2 })
  expect(second.map(({ id }) => id)).toEqual(['a'])
})

test('states how often a defect followed, by version in order of appearance', async () => {
  for (let index = 0; index < 10; index++) {
    await ledger.decide(decision(`old-${index}`, { version: '1', atMs: nowMs - 1000 }))
    await ledger.decide(decision(`new-${index}`, { version: '2' }))
  }
  for (const subjectId of ['old-0', 'old-1', 'old-2', 'new-0']) {
    await ledger.outcome({
      tenantId: 'main',
      subjectId,
      kind: 'defect',
      value: 1,
      idempotencyKey: 'k',
      atMs: nowMs,
    })
  }
  const rates = await ledger.rates('main', 'shop', 'defect', nowMs - dayMs)
  expect(rates.map(({ version, decisions, count }) => ({ version, decisions, count }))).toEqual([
    { version: '1', decisions: 10, count: 3 },
    { version: '2', decisions: 10, count: 1 },
  ])
  expect(rates[0]?.rate.low).toBeGreaterThan(0.1)
})

test('groups decisions over time', async () => {
  await ledger.decide(decision('a', { atMs: nowMs - dayMs, durationMs: 10 }))
  await ledger.decide(decision('b', { durationMs: 30 }))
  await ledger.decide(decision('c', { durationMs: 50 }))
  const buckets = await ledger.timeline('main', { system: 'shop', fromMs: nowMs - 2 * dayMs }, dayMs)
  expect(buckets).toEqual([
    { atMs: nowMs - dayMs, count: 1, p50Ms: 10, p99Ms: 10, costMicros: 10 },
    { atMs: nowMs, count: 2, p50Ms: 40, p99Ms: expect.closeTo(49.8, 5), costMicros: 20 },
  ])
})

test('an experiment counts first exposures, outcomes inside the window, and nothing twice [STORE-LEDGER-01] [STORE-LEDGER-06]', async () => {
  const key: ExperimentKey = {
    tenantId: 'main',
    name: 'assistant',
    arms: { off: 1, on: 1 },
    attributionMs: dayMs,
  }
  const start = nowMs
  const byArm: Record<string, string[]> = { off: [], on: [] }
  for (let index = 0; index < 400; index++) {
    const unit = `shopper-${index}`
    const arm = await ledger.assign(key, unit)
    byArm[arm]?.push(unit)
  }
  const [off, on] = [byArm['off'] ?? [], byArm['on'] ?? []]
  const buy = (subjectId: string, atMs: number, idempotencyKey = 'order') =>
    ledger.outcome({ tenantId: 'main', subjectId, kind: 'purchase', value: 20, idempotencyKey, atMs })
  for (const unit of off.slice(0, 20)) await buy(unit, start + 1000)
  for (const unit of on.slice(0, 60)) await buy(unit, start + 1000)
  // A second order of one shopper, the same order told twice, one before the exposure and one after the window.
  await buy(on[0] ?? '', start + 2000, 'second')
  await buy(on[1] ?? '', start + 1000)
  await buy(off[21] ?? '', start - 1)
  await buy(off[22] ?? '', start + dayMs + 1)

  expect((await ledger.experiment(key, 'purchase')).waiting).toBe(400)
  nowMs = start + dayMs
  const report = await ledger.experiment(key, 'purchase')
  expect(report.waiting).toBe(0)
  expect(report.arms.map(({ arm, units, converted, value }) => ({ arm, units, converted, value }))).toEqual([
    { arm: 'off', units: off.length, converted: 20, value: 400 },
    { arm: 'on', units: on.length, converted: 60, value: 1220 },
  ])
  const expected = 60 / on.length / (20 / off.length) - 1
  expect(report.uplift?.estimate).toBeCloseTo(expected, 9)
  expect(report.uplift?.low).toBeGreaterThan(0)
  expect(report.difference?.low).toBeGreaterThan(0)
  expect(report.sequentialPValue).toBeLessThan(0.05)
  expect(await ledger.experiments('main')).toEqual([
    { name: 'assistant', arms: { off: 1, on: 1 }, units: 400 },
  ])
})

test('an experiment that nobody has seen says nothing', async () => {
  const key: ExperimentKey = { tenantId: 'main', name: 'empty', arms: { off: 1, on: 1 } }
  const report = await ledger.experiment(key, 'purchase')
  expect(report).toMatchObject({ waiting: 0, uplift: null, difference: null, sequentialPValue: null })
  expect(report.arms.map(({ units }) => units)).toEqual([0, 0])
})

test('bins durations by half octaves', async () => {
  for (const [index, durationMs] of [0, 1, 1.2, 2, 100, 127].entries()) {
    await ledger.decide(decision(`d${index}`, { durationMs }))
  }
  await ledger.decide(decision('older', { atMs: nowMs - dayMs, durationMs: 1 }))
  const bins = await ledger.durations('main', { system: 'shop', fromMs: nowMs - 1 })
  expect(bins.map(({ count }) => count)).toEqual([1, 2, 1, 2])
  for (const { lowMs, highMs } of bins) expect(highMs / lowMs).toBeCloseTo(Math.SQRT2)
  expect(bins[1]?.lowMs).toBeCloseTo(1)
  expect(bins[3]?.lowMs).toBeLessThanOrEqual(100)
  expect(bins[3]?.highMs).toBeGreaterThan(127)
})

test('lists the decisions of a span of time', async () => {
  for (const day of [0, 1, 2, 3]) await ledger.decide(decision(`d${day}`, { atMs: nowMs - day * dayMs }))
  const found = await ledger.decisions('main', { fromMs: nowMs - 2 * dayMs, toMs: nowMs, limit: 10 })
  expect(found.map(({ id }) => id)).toEqual(['d2', 'd1'])
})

test('puts the last recorded first, whenever it happened, and narrows by time of recording [STORE-LEDGER-08]', async () => {
  await ledger.decide(decision('z-now'))
  // Times are compared to the millisecond.
  await new Promise((resolve) => setTimeout(resolve, 5))
  await ledger.decide(decision('a-replayed', { atMs: nowMs - 3000 * dayMs, version: '2', kind: 'insight' }))
  const all = await ledger.decisions('main', { limit: 10 })
  expect(all.map(({ id }) => id)).toEqual(['a-replayed', 'z-now'])
  expect(await ledger.decisions('main', { beforeId: 'a-replayed', limit: 10 })).toMatchObject([
    { id: 'z-now' },
  ])
  const recent = { fromMs: all[0]?.recordedAtMs ?? 0, by: 'recorded' } as const
  expect((await ledger.decisions('main', { ...recent, limit: 10 }))[0]?.id).toBe('a-replayed')
  expect(await ledger.decisions('main', { toMs: recent.fromMs, by: 'recorded', limit: 10 })).toMatchObject([
    { id: 'z-now' },
  ])
  expect(await ledger.summary('main', { version: '2', ...recent })).toMatchObject({ count: 1 })
  expect(await ledger.timeline('main', { version: '2', ...recent }, dayMs)).toMatchObject([
    { atMs: Math.floor(recent.fromMs / dayMs) * dayMs, count: 1 },
  ])
})

test('finds one decision of a tenant, and says which systems, kinds and versions there are', async () => {
  await ledger.decide(decision('d1'))
  await ledger.decide(decision('d2', { kind: 'insight', system: 'live', version: '2' }))
  await ledger.decide(decision('d3', { kind: 'insight', system: 'live', version: '2' }))
  expect(await ledger.decision('main', 'd1')).toMatchObject({ id: 'd1', outcomes: [] })
  expect([await ledger.decision('main', 'd9'), await ledger.decision('other', 'd1')]).toEqual([null, null])
  const facets = await ledger.facets('main', {})
  expect(facets.map(({ system, kind, version, count }) => [system, kind, version, count])).toEqual([
    ['live', 'insight', '2', 2],
    ['shop', 'answer', '1', 1],
  ])
  expect(await ledger.facets('main', { system: 'shop' })).toHaveLength(1)
})

test('only samples can be removed, of one system and tenant [STORE-LEDGER-09]', async () => {
  await ledger.decideAll([
    decision('d1', { kind: 'sample-answer' }),
    decision('d2'),
    decision('d3', { kind: 'sample-answer', system: 'models' }),
    decision('d4', { kind: 'sample-answer', tenantId: 'other' }),
  ])
  expect(await ledger.removeSamples('main', 'shop')).toBe(1)
  expect((await ledger.decisions('main', { limit: 10 })).map(({ id }) => id).toSorted()).toEqual(['d2', 'd3'])
  expect(await ledger.decisions('other', { limit: 10 })).toHaveLength(1)
})

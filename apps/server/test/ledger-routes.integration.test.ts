import { defineSystem } from '@heavylift/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { AnySystem, PlatformServices } from '../src/services.ts'
import { startTestServer } from './support/start-test-server.ts'
import type { TestServer } from './support/start-test-server.ts'

const trial: AnySystem = defineSystem<PlatformServices, unknown>({
  name: 'trial',
  title: 'Trial',
  summary: 'Tries things.',
  layer: 'system',
  config: z.unknown(),
  migrations: [],
  pages: [],
  commands: [],
  evals: [],
  benches: [],
  start: async () => ({
    routes: [],
    experiments: [
      {
        name: 'trial.colour',
        outcomeKind: 'purchase',
        attributionMs: 0,
        units: 'shoppers',
        betterIs: 'fewer',
      },
    ],
    stop: async () => {},
    tile: async () => ({
      state: 'running',
      headline: '',
      number: { label: '', value: 1, unit: '' },
      decisionsToday: 0,
    }),
  }),
})

let running: TestServer
beforeAll(async () => {
  running = await startTestServer([trial])
  const { ledger } = running.store.host.forSystem('trial')
  const decide = (id: string, tenantId: string, durationMs: number) =>
    ledger.decide({
      id,
      tenantId,
      system: 'trial',
      kind: 'answer',
      subjectId: null,
      inputRef: null,
      inputHash: 'x',
      output: { id },
      confidence: 0.8,
      costMicros: 5,
      durationMs,
      version: '1',
      atMs: Date.now(),
    })
  await Promise.all([
    decide('a', 'main', 10),
    decide('b', 'main', 20),
    decide('c', 'main', 80),
    decide('z', 'other', 1),
  ])
  await ledger.outcome({
    tenantId: 'main',
    subjectId: 'b',
    kind: 'correct',
    value: 1,
    idempotencyKey: '1',
    atMs: Date.now(),
  })
  for (const unit of ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8']) {
    await ledger.assign(
      { tenantId: 'main', name: 'trial.colour', arms: { red: 1, blue: 1 }, attributionMs: 0 },
      unit,
    )
  }
})
afterAll(() => running.stop())

const get = async (path: string): Promise<unknown> => {
  const response = await fetch(`${running.server.address}/api/heavylift${path}`)
  const body: unknown = await response.json()
  return response.status === 200 ? body : { status: response.status, body }
}

it("sums a system up over time, without other tenants' decisions [SERVER-LEDGER-01]", async () => {
  const answer = (await get('/ledger/summary?system=trial')) as {
    summary: unknown
    stepMs: number
    timeline: { count: number }[]
    durations: { count: number }[]
  }
  expect(answer.summary).toMatchObject({
    count: 3,
    costMicros: 15,
    durationMs: { p50: 20 },
    calibration: { bins: [{ n: 1, rate: 1 }] },
  })
  const total = (list: { count: number }[]): number => list.reduce((sum, { count }) => sum + count, 0)
  expect([total(answer.timeline), total(answer.durations), answer.stepMs]).toEqual([3, 3, 15 * 60 * 1000])
  expect(answer.timeline.length).toBeGreaterThan(95)
})

it('pages decisions with their outcomes', async () => {
  const first = (await get('/ledger/decisions?system=trial&limit=2')) as {
    decisions: { id: string; outcomes: unknown[] }[]
    next: string
  }
  expect(first.decisions.map(({ id, outcomes }) => [id, outcomes.length])).toEqual([
    ['c', 0],
    ['b', 1],
  ])
  expect(await get(`/ledger/decisions?system=trial&limit=2&before=${first.next}`)).toMatchObject({
    decisions: [{ id: 'a' }],
    next: null,
  })
  expect(await get(`/ledger/decisions?fromMs=${Date.now() + 60_000}`)).toEqual({ decisions: [], next: null })
})

it('lists all systems, the last recorded first, and narrows by kind, subject, version and time [SERVER-LEDGER-02]', async () => {
  const { ledger } = running.store.host.forSystem('elsewhere')
  await ledger.decide({
    id: 'replayed/1',
    tenantId: 'main',
    system: 'elsewhere',
    kind: 'insight',
    subjectId: 'match-1',
    inputRef: 'elsewhere/inputs/1',
    inputHash: 'x',
    output: {},
    confidence: null,
    costMicros: 0,
    durationMs: 1,
    version: '2',
    atMs: 1_000,
  })
  const ids = async (query: string) =>
    ((await get(`/ledger/decisions?${query}`)) as { decisions: { id: string }[] }).decisions.map(
      ({ id }) => id,
    )
  expect(await ids('')).toEqual(['replayed/1', 'c', 'b', 'a'])
  for (const narrow of ['system=elsewhere', 'kind=insight', 'subjectId=match-1', 'version=2']) {
    expect(await ids(narrow)).toEqual(['replayed/1'])
  }
  expect(await ids('toMs=2000')).toEqual([])
  expect(await get('/ledger/summary')).toMatchObject({ summary: { count: 4 } })
  expect(await get('/ledger/facets')).toMatchObject({
    facets: [
      { system: 'elsewhere', kind: 'insight', version: '2', count: 1 },
      { system: 'trial', kind: 'answer', version: '1', count: 3 },
    ],
  })
  expect(await get(`/ledger/decisions/${encodeURIComponent('replayed/1')}`)).toMatchObject({
    id: 'replayed/1',
    inputRef: 'elsewhere/inputs/1',
    outcomes: [],
    page: '/ledger/decisions/replayed%2F1',
  })
  expect(await get('/ledger/decisions/z')).toMatchObject({ status: 404 })
})

it('reports the experiments that systems declare and that have units', async () => {
  const answer = (await get('/experiments')) as { experiments: { report: { arms: { units: number }[] } }[] }
  expect(answer.experiments).toMatchObject([
    { name: 'trial.colour', system: 'trial', outcomeKind: 'purchase', units: 'shoppers', betterIs: 'fewer' },
  ])
  expect(answer.experiments[0]?.report.arms.reduce((sum, { units }) => sum + units, 0)).toBe(8)
})

it('refuses a time that is none', async () => {
  expect(await get('/ledger/summary?system=trial&sinceMs=yesterday')).toMatchObject({ status: 400 })
})

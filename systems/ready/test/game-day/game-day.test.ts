import { expect, test } from 'vitest'
import { readGameDay, sampleGameDay } from '../../src/game-day/definition.ts'
import type { GameDay } from '../../src/game-day/game-days.ts'
import { holdObjectives, readOpenSlo } from '../../src/game-day/open-slo.ts'
import type { Observed } from '../../src/game-day/probe.ts'
import { gameDayHtml } from '../../src/game-day/report-html.ts'

const observed = (tookMs: number, status: number | null = 200): Observed => ({
  endpoint: 'a',
  sentMs: 0,
  tookMs,
  status,
  problem: status === null ? 'no answer in time' : null,
  bytes: 0,
  lastEvent: null,
  hasErrorEvent: false,
})

const slo = (indicator: object, objective: object) => ({
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: { name: 'one' },
  spec: { indicator: { metadata: { name: 'i' }, spec: indicator }, objectives: [objective] },
})
const ready = (spec: object) => ({ metricSource: { type: 'ready', spec } })

test('objectives of OpenSLO are held against what was observed [READY-GAMEDAY-01]', () => {
  const { objectives, left } = readOpenSlo([
    slo({ ratioMetric: { counter: true, good: ready({ withinMs: 100 }) } }, { target: 0.5 }),
    slo({ thresholdMetric: ready({ quantile: 0.5 }) }, { op: 'lte', value: 90 }),
    slo({ ratioMetric: { good: { metricSource: { type: 'prometheus', spec: {} } } } }, { target: 0.9 }),
    { apiVersion: 'openslo/v1', kind: 'Service', metadata: { name: 's' }, spec: {} },
  ])
  expect(left.map(({ where }) => where)).toEqual(['one', 'document 4'])
  const seen = [observed(10), observed(200), observed(50), observed(5, null)]
  expect(holdObjectives(objectives, seen)).toEqual([
    { name: 'one', kind: 'ratio', goal: 0.5, value: 0.5, isMet: true },
    { name: 'one', kind: 'latency', goal: 90, value: 200, isMet: false },
  ])
})

test('a game day is data that names what it touches; anything else is refused with its place [READY-GAMEDAY-01]', () => {
  expect(readGameDay(sampleGameDay)).toMatchObject({ owner: 'Checkout team', target: 'demo' })
  const of = (rest: string) => `{ name: a, owner: b, hypothesis: c, target: 'http://127.0.0.1:1'${rest} }`
  expect(() => readGameDay(of(', run: rm'))).toThrow('run')
  expect(() => readGameDay(of(', faults: [{ on: db, fault: { kind: down }, seconds: 1 }]'))).toThrow(
    'not touched',
  )
  expect(() => readGameDay(of(", endpoints: [{ name: a, path: '/ HTTP/1.1' }]"))).toThrow('endpoints.0.path')
  expect(() => readGameDay('a: [')).toThrow('no YAML')
})

test('the report is one file that runs nothing and loads nothing, whatever the texts hold [READY-GAMEDAY-02]', () => {
  const evil = '<script>alert(1)</script>'
  const day: GameDay = {
    id: 'x',
    name: evil,
    owner: evil,
    hypothesis: evil,
    target: evil,
    startedAtMs: 0,
    endedAtMs: 1,
    state: 'done',
    stage: '',
    problem: evil,
    isSample: false,
    report: {
      beganAtMs: null,
      phases: [{ name: evil, fromMs: 0, toMs: 1, asked: 1, good: 1, objectives: [] }],
      events: [{ atMs: 0, what: evil, on: evil, isOn: true }],
      seconds: [{ asked: 2, good: 1, p50Ms: 1, p99Ms: 2 }],
      findings: [{ kind: 'pool', at: evil, evidence: evil, measured: 1, allowed: 1, unit: '' }],
      abortedBy: null,
      hasRecovered: true,
      holds: false,
      made: 1,
      left: [evil],
    },
  }
  const html = gameDayHtml(day)
  expect(html).not.toMatch(/<script|<link|<img|src=|href=/)
  expect(html).toContain("default-src 'none'")
})

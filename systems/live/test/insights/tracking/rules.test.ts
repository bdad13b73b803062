import { expect, test } from 'vitest'
import type { CrossFitted } from '../../../src/learn/model.ts'
import { committedModel } from '../../../src/learn/weights-dir.ts'
import { blitzColumns } from '../../../src/insights/tracking/blitz-features.ts'
import { createBlitzRule } from '../../../src/insights/tracking/blitz-rule.ts'
import { createCoverageRule } from '../../../src/insights/tracking/coverage-rule.ts'
import type { SchemeProbability } from '../../../src/insights/tracking/coverage-model.ts'
import { createPocketRule, createPressureRule } from '../../../src/insights/tracking/pocket-rules.ts'
import { createRusherRule } from '../../../src/insights/tracking/rusher-rule.ts'
import { heard } from './heard.ts'
import { madePlay, snapTenths, startMs, usual } from './made-play.ts'

/** Says 0.9 of whoever stands within 2 yards of the line, else 0.1. */
const nearLine: CrossFitted = {
  columns: blitzColumns,
  forGroup: () => ({
    predict(features, at, out) {
      out[0] = (features[at] ?? 9) < 2 ? 0.9 : 0.1
    },
  }),
  floorFor: () => 0.7,
}

/** Committed models, the floor of their alerts set by hand. */
function withFloor(name: string, floor: number | null): CrossFitted {
  const model = committedModel(name)
  return { columns: model.columns, forGroup: (game) => model.forGroup(game), floorFor: () => floor }
}

const blitz = createBlitzRule(() => nearLine)
const pocket = createPocketRule(() => ({
  pocket: committedModel('nfl-pocket'),
  throwTime: committedModel('nfl-throw-time'),
}))

test('calls out a rusher once the line is set, and scores the word at the snap with its lead [LIVE-TRACKING-05]', () => {
  const { insights, outcomes } = heard(blitz, madePlay(usual))
  expect(insights.map(({ subject, isScored }) => [subject, isScored])).toEqual([
    ['d6', false],
    ['d6', false],
    ['d6', true],
  ])
  // The first look says that he may; the twentieth makes it an alert.
  expect(insights[0]).toMatchObject({ clocks: { eventTimeMs: startMs + 500 }, detail: { isAlert: false } })
  expect(insights[1]).toMatchObject({
    kind: 'nfl.blitz',
    occasion: '7',
    clocks: { eventTimeMs: startMs + 4300 },
    estimate: { type: 'probability', probability: 0.9 },
    leadTimeMs: null,
    detail: { x: 51.2, y: 32.5, jersey: 56, playId: '7', side: 'away', lineOfScrimmageX: 50, isAlert: true },
  })
  expect(insights[2]?.leadTimeMs).toBe((snapTenths - 43) * 100)
  expect(outcomes).toEqual([
    {
      kind: 'nfl.blitz',
      subject: 'd6',
      occasion: '7',
      happened: 1,
      eventTimeMs: expect.any(Number) as number,
    },
  ])
})

test('who was called out and stayed has the outcome 0, and a run has none', () => {
  expect(heard(blitz, madePlay({ ...usual, blitzers: [] })).outcomes.map(({ happened }) => happened)).toEqual(
    [0],
  )
  expect(heard(blitz, madePlay({ ...usual, playType: 'run' })).outcomes).toEqual([])
})

test('places are told in the feed’s own coordinates when the offence goes left', () => {
  const { insights } = heard(blitz, madePlay({ ...usual, direction: 'left' }))
  expect(insights[0]?.detail).toMatchObject({
    x: 68.8,
    y: expect.closeTo(20.83, 2) as number,
    lineOfScrimmageX: 70,
  })
})

test('coverage is told before the snap and until three seconds after it, and never scored [LIVE-TRACKING-06]', () => {
  const rule = createCoverageRule(() => ({
    before: committedModel('nfl-coverage'),
    after: committedModel('nfl-coverage-after'),
  }))
  const { insights, outcomes } = heard(rule, madePlay(usual))
  const snapMs = startMs + snapTenths * 100
  expect(insights[0]?.clocks.eventTimeMs).toBe(startMs + 500)
  expect(insights.some(({ detail }) => detail['phase'] === 'after')).toBe(true)
  for (const { estimate, clocks, isScored, detail, headline } of insights) {
    if (estimate.type !== 'classes') throw new Error('Coverage must be told as classes.')
    expect(estimate.classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)
    const schemes = detail['schemes'] as SchemeProbability[]
    expect(schemes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)
    const [man, zone] = estimate.classes.map(({ probability }) => probability)
    const likelier = (man ?? 0) >= (zone ?? 0) ? 'man' : 'zone'
    const ofMan = schemes.filter(({ coverage }) => coverage === 'man')
    expect(ofMan.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(man ?? Number.NaN)
    expect(headline).toMatch(likelier === 'man' ? /Cover ([01]|2 man)$/ : /(Cover [2346]|prevent)$/)
    expect(clocks.eventTimeMs).toBeLessThanOrEqual(snapMs + 3000)
    expect(isScored).toBe(false)
  }
  expect(outcomes).toEqual([])
})

test('below its floor nothing is called out, and without one nothing ever is [LIVE-TRACKING-09]', () => {
  const alerts = (rule: Parameters<typeof heard>[0], options = usual) =>
    heard(rule, madePlay(options)).insights.map(({ detail, importance }) => [
      detail['isAlert'],
      importance >= 0.5,
    ])
  const calm = (said: unknown[][]) =>
    said.every(([isAlert, isForAir]) => isAlert === false && isForAir === false)
  const rushing = { ...usual, rushSpeed: 5 }
  for (const [floor, isCalled] of [
    [0.01, true],
    [0.999, false],
    [null, false],
  ] as const) {
    const coverage = createCoverageRule(() => ({
      before: withFloor('nfl-coverage', floor),
      after: withFloor('nfl-coverage-after', floor),
    }))
    const rules = [
      alerts(coverage),
      alerts(
        createPressureRule(() => withFloor('nfl-pressure', floor)),
        rushing,
      ),
      alerts(
        createRusherRule(() => withFloor('nfl-rusher', floor)),
        { ...rushing, throwTenths: 12 },
      ),
      alerts(createBlitzRule(() => ({ ...nearLine, floorFor: () => floor }))),
    ]
    for (const said of rules) {
      expect(said.length).toBeGreaterThan(0)
      expect(calm(said)).toBe(!isCalled)
      // Its first look alone never is one.
      expect(said[0]).toEqual([false, false])
    }
  }
})

test('pressure names who gets there first, and ends with the throw [LIVE-TRACKING-07]', () => {
  const rule = createPressureRule(() => committedModel('nfl-pressure'))
  const { insights } = heard(rule, madePlay({ ...usual, rushSpeed: 5 }))
  expect(insights.length).toBeGreaterThan(0)
  const throwMs = startMs + (snapTenths + usual.throwTenths) * 100
  for (const { subject, detail, clocks } of insights) {
    expect(subject).toBe('o0')
    expect(clocks.eventTimeMs).toBeLessThan(throwMs)
    const rushers = detail['rushers'] as { arrivalSeconds: number; name: string }[]
    expect(detail['name']).toBe(rushers[0]?.name)
    expect(rushers.map(({ arrivalSeconds }) => arrivalSeconds)).toEqual(
      rushers.map(({ arrivalSeconds }) => arrivalSeconds).toSorted((a, b) => a - b),
    )
  }
})

test('pocket health falls as rushers come, and the time left to throw is scored once [LIVE-TRACKING-07]', () => {
  const { insights, outcomes } = heard(pocket, madePlay({ ...usual, rushSpeed: 4 }))
  const health = insights.flatMap(({ kind, estimate }) =>
    kind === 'nfl.pocket' && estimate.type === 'score' ? [estimate.value] : [],
  )
  expect(health.length).toBeGreaterThan(1)
  const names = new Set(insights.map(({ detail }) => detail['name']))
  expect([...names]).toEqual(['Player o0'])
  expect(health.at(-1)).toBeLessThan(health[0] ?? 0)
  expect(Math.min(...health)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...health)).toBeLessThanOrEqual(100)
  const scored = insights.filter(({ isScored }) => isScored)
  expect(scored.map(({ kind }) => kind)).toEqual(['nfl.throw-time'])
  const scoredMs = scored[0]?.clocks.eventTimeMs ?? 0
  expect(outcomes).toEqual([
    {
      kind: 'nfl.throw-time',
      subject: 'o0',
      occasion: '7',
      happened: (startMs + (snapTenths + usual.throwTenths) * 100 - scoredMs) / 1000,
      eventTimeMs: startMs + (snapTenths + usual.throwTenths) * 100,
    },
  ])
})

test('the pocket’s health never rises when a rusher is nearer, sooner or faster [LIVE-TRACKING-07]', () => {
  const model = committedModel('nfl-pocket')
  const out = new Float64Array(1)
  const pressureOf = (row: number[]): number => {
    model.forGroup(null).predict(Float64Array.from(row), 0, out)
    return out[0] ?? Number.NaN
  }
  const falling = [0, 1, 2, 3, 4]
  for (const nearest of [1, 3, 5, 8])
    for (const soonest of [0.2, 0.8, 2, 5])
      for (const closing of [0, 2, 5]) {
        const row = [nearest, nearest + 1, nearest + 2, soonest, soonest + 0.5, closing, 2]
        const now = pressureOf(row)
        for (const column of falling)
          expect(pressureOf(row.with(column, (row[column] ?? 0) - 0.7))).toBeGreaterThanOrEqual(now)
        expect(pressureOf(row.with(5, closing + 1))).toBeGreaterThanOrEqual(now)
      }
})

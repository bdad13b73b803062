import { describe, expect, test } from 'vitest'
import { simulateSoccerMatch } from '../../../samples/soccer/simulate-soccer-match.ts'
import type { SoccerAction } from '../../../src/domain/feed-event.ts'
import { rankedProbabilityScore } from '../../../src/evals/soccer-win.ts'
import { keyMomentsRule } from '../../../src/insights/winning/moments/key-moments-rule.ts'
import { momentumRule } from '../../../src/insights/winning/moments/momentum-rule.ts'
import { createSoccerGameState } from '../../../src/insights/winning/soccer/game-state.ts'
import type { SoccerGameState } from '../../../src/insights/winning/soccer/game-state.ts'
import { resultChances } from '../../../src/insights/winning/soccer/outcome.ts'
import { soccerWinProbabilityRule } from '../../../src/insights/winning/soccer/win-probability-rule.ts'
import { goalView } from '../../../src/insights/winning/soccer/xg-features.ts'
import type { PlacedShot } from '../../../src/insights/winning/soccer/xg-features.ts'
import { soccerXgRule } from '../../../src/insights/winning/soccer/xg-rule.ts'
import { expectedGoals } from '../../../src/insights/winning/soccer/xg.ts'
import { committedModel } from '../../../src/learn/weights-dir.ts'
import { soccerWyscout } from '../../../src/feeds/soccer/wyscout.ts'
import { madeWyscout } from '../../feeds/soccer/made-soccer.ts'
import { readItems } from '../../feeds/read-items.ts'
import { runRule } from './run-rule.ts'

const shotFrom = (x: number, y: number, shot: Partial<PlacedShot['shot']> = {}): PlacedShot =>
  ({
    kind: 'soccer-action',
    x,
    y,
    shot: { outcome: 'saved', bodyPart: 'foot', situation: 'open-play', assist: 'pass', ...shot },
  }) as PlacedShot
const xg = (...given: Parameters<typeof shotFrom>) => expectedGoals(shotFrom(...given), null)

describe('expected goals', () => {
  test('rise towards the goal and the middle, fall with the head; a penalty is what penalties are [LIVE-SOCCER-06]', () => {
    expect(xg(100, 34)).toBeGreaterThan(xg(94, 34))
    expect(xg(94, 34)).toBeGreaterThan(xg(85, 34))
    expect(xg(94, 34)).toBeGreaterThan(xg(94, 54))
    expect(xg(94, 34)).toBeGreaterThan(xg(94, 34, { bodyPart: 'head', assist: 'cross' }))
    expect(xg(75, 34)).toBeLessThan(0.06)
    const penalty = xg(94, 34, { situation: 'penalty', assist: 'none' })
    expect(penalty).toBeGreaterThan(0.68)
    expect(penalty).toBeLessThan(0.85)
    expect(xg(90, 30, { situation: 'penalty', assist: 'none' })).toBe(penalty)
    expect(goalView(94, 34).distance).toBe(11)
  })

  test('never look at what became of the shot [LIVE-SOCCER-06]', () => {
    const outcomes: NonNullable<SoccerAction['shot']>['outcome'][] = [
      'goal',
      'saved',
      'blocked',
      'post',
      'off-target',
    ]
    expect(new Set(outcomes.map((outcome) => xg(96, 30, { outcome }))).size).toBe(1)
  })

  test('each shot is told with its chance and scored by what became of it [LIVE-SOCCER-06]', async () => {
    const { events } = await readItems(soccerWyscout, madeWyscout())
    const { insights, outcomes } = runRule(soccerXgRule, events)
    expect(insights.map(({ detail }) => detail['outcome'])).toEqual([
      'goal',
      'blocked',
      'goal',
      'goal',
      'post',
    ])
    expect(outcomes.map(({ happened }) => happened)).toEqual([1, 0, 1, 1, 0])
    expect(
      insights.every(
        ({ estimate }) =>
          estimate.type === 'probability' && estimate.probability > 0 && estimate.probability < 1,
      ),
    ).toBe(true)
    const last = insights.at(-1)!.detail
    expect(last).toMatchObject({ homeScore: 2, awayScore: 2 })
    expect(Number(last['homeXg'])).toBeGreaterThan(Number(last['awayXg']))
  })
})

describe('win, draw and loss', () => {
  const model = committedModel('soccer-goals').forGroup(null)
  const chancesAt = (given: Partial<SoccerGameState>) =>
    resultChances({ ...createSoccerGameState(), ...given }, model)
  const at = (minute: number, home: number, away: number, more: Partial<SoccerGameState> = {}) =>
    chancesAt({
      period: minute < 45 ? 1 : 2,
      seconds: (minute < 45 ? minute : minute - 45) * 60,
      score: { home, away },
      ...more,
    })

  test('sum to one, favour the home side, a lead, the stronger side and the side with more men; a lead is worth more the later it is [LIVE-SOCCER-07]', () => {
    const open = at(0, 0, 0)
    expect(open.home + open.draw + open.away).toBeCloseTo(1, 9)
    expect(open.home).toBeGreaterThan(open.away)
    expect(at(0, 0, 0, { homeEdge: 1.5 }).home).toBeGreaterThan(open.home + 0.1)
    const leads = [20, 50, 70, 85, 92].map((minute) => at(minute, 1, 0).home)
    expect(leads).toEqual(leads.toSorted((a, b) => a - b))
    expect(leads.at(-1)).toBeGreaterThan(0.9)
    expect(at(60, 0, 0, { sentOff: { home: 0, away: 1 } }).home).toBeGreaterThan(at(60, 0, 0).home + 0.05)
    expect(at(60, 0, 0, { xg: { home: 2.4, away: 0.2 } }).home).toBeGreaterThan(
      at(60, 0, 0, { xg: { home: 0.8, away: 0.8 } }).home,
    )
    expect(at(80, 3, 0).home).toBeGreaterThan(0.99)
    // A shoot-out is not the score's.
    expect(chancesAt({ period: 5, score: { home: 2, away: 2 } })).toEqual({ home: 0, draw: 1, away: 0 })
  })

  test('announced added time counts: with nine minutes to come a lead is less safe than with two [LIVE-SOCCER-07]', () => {
    const late = (addedMinutes: number) => at(90, 1, 0, { addedMinutes }).home
    expect(late(9)).toBeLessThan(late(2) - 0.05)
  })

  test('the ranked probability score punishes the far result more than the near one [LIVE-SOCCER-08]', () => {
    const home = { home: 1, draw: 0, away: 0 }
    expect(rankedProbabilityScore(home, 'home')).toBe(0)
    expect(rankedProbabilityScore(home, 'draw')).toBe(0.5)
    expect(rankedProbabilityScore(home, 'away')).toBe(1)
  })

  test('are said before the match, after each goal and as time goes, scored once a minute, and told the result [LIVE-SOCCER-07]', () => {
    const events = [...simulateSoccerMatch({ seed: 7, startMs: 0 })]
    const { insights, outcomes } = runRule(soccerWinProbabilityRule, events)
    expect(insights[0]?.occasion).toBe('before')
    const goals = events.flatMap((event) =>
      event.kind === 'soccer-action' && event.shot?.outcome === 'goal' ? [event.actionId] : [],
    )
    expect(goals.length).toBeGreaterThan(0)
    const occasions = new Set(insights.map(({ occasion }) => occasion))
    expect(goals.every((goal) => occasions.has(goal))).toBe(true)
    for (const { estimate } of insights) {
      if (estimate.type !== 'classes') throw new Error('A result is one of three.')
      expect(estimate.classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6)
    }
    const scored = insights.filter(({ isScored }) => isScored)
    expect(outcomes.length).toBe(scored.length)
    expect(scored.length).toBeGreaterThan(40)
    expect(scored.length).toBeLessThan(105)
    const end = events.at(-1)
    const match = events[0]
    if (end?.kind !== 'match-end' || match?.kind !== 'match') throw new Error('The match has no end.')
    const winner =
      end.homeScore! > end.awayScore!
        ? match.match.home
        : end.homeScore! < end.awayScore!
          ? match.match.away
          : null
    expect(new Set(outcomes.map(({ happened }) => happened))).toEqual(new Set([winner?.name ?? 'Draw']))
  })

  test('goals are key moments, and momentum follows chances that came to nothing as well [LIVE-SOCCER-09]', () => {
    const events = [...simulateSoccerMatch({ seed: 3, startMs: 0 })]
    const goals = events.flatMap((event) =>
      event.kind === 'soccer-action' && (event.shot?.outcome === 'goal' || event.type === 'own-goal')
        ? [event.actionId]
        : [],
    )
    const key = new Set(runRule(keyMomentsRule, events).insights.map(({ occasion }) => occasion))
    expect(goals.slice(0, 3).every((goal) => key.has(goal))).toBe(true)
    const shots = new Set(
      events.flatMap((event) =>
        event.kind === 'soccer-action' && event.shot && event.shot.outcome !== 'goal' ? [event.actionId] : [],
      ),
    )
    const momentum = runRule(momentumRule, events).insights
    expect(momentum.some(({ occasion }) => shots.has(occasion))).toBe(true)
    expect(
      momentum.every(({ estimate }) => estimate.type === 'score' && Math.abs(estimate.value) <= 100),
    ).toBe(true)
  })
})

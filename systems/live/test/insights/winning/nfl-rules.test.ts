import { describe, expect, test } from 'vitest'
import type { FeedEvent } from '../../../src/domain/feed-event.ts'
import { keyMomentsRule } from '../../../src/insights/winning/moments/key-moments-rule.ts'
import { momentumRule } from '../../../src/insights/winning/moments/momentum-rule.ts'
import { nflEndOfGameRule } from '../../../src/insights/winning/nfl/end-of-game-rule.ts'
import { nflWinProbabilityRule } from '../../../src/insights/winning/nfl/win-probability-rule.ts'
import { runRule } from './run-rule.ts'
import { madeMatch, nflPlay } from './nfl-events.ts'

const behind = { homeScore: 17, awayScore: 20 }

/** The home side, three behind, drives in the last two minutes, throws for a touchdown, and stops the other side. */
const drive: FeedEvent[] = [
  madeMatch,
  nflPlay(1, {
    period: 4,
    secondsLeft: 110,
    playType: 'pass',
    yardsGained: 15,
    situation: behind,
    results: { firstDown: true },
  }),
  nflPlay(2, {
    period: 4,
    secondsLeft: 85,
    playType: 'pass',
    yardsGained: 30,
    situation: { ...behind, yardsToGoal: 60 },
    results: { firstDown: true },
  }),
  nflPlay(3, {
    period: 4,
    secondsLeft: 50,
    playType: 'pass',
    yardsGained: 30,
    situation: { ...behind, yardsToGoal: 30 },
    homeScoreAfter: 23,
    awayScoreAfter: 20,
    results: { touchdown: true },
  }),
  nflPlay(4, {
    period: 4,
    secondsLeft: 44,
    playType: 'extra_point',
    situation: { homeScore: 23, awayScore: 20, down: null },
    homeScoreAfter: 24,
  }),
  nflPlay(5, {
    period: 4,
    secondsLeft: 44,
    playType: 'kickoff',
    situation: { possession: 'away', homeScore: 24, awayScore: 20, down: null },
  }),
  nflPlay(6, {
    period: 4,
    secondsLeft: 40,
    playType: 'pass',
    situation: { possession: 'away', homeScore: 24, awayScore: 20, yardsToGoal: 75 },
    results: { interception: true },
  }),
  nflPlay(7, {
    period: 4,
    secondsLeft: 30,
    playType: 'qb_kneel',
    yardsGained: -1,
    situation: { homeScore: 24, awayScore: 20, yardsToGoal: 40 },
  }),
]
const end: FeedEvent = {
  ...madeMatch,
  kind: 'match-end',
  homeScore: 24,
  awayScore: 20,
  order: null,
  clocks: { ...madeMatch.clocks, eventTimeMs: 500_000 },
}

describe('NFL win probability, live', () => {
  test('jumps with the touchdown at once, before the next play is known [LIVE-WIN-02]', () => {
    const { insights } = runRule(nflWinProbabilityRule, drive.slice(0, 4))
    const chances = insights.map(
      ({ occasion, estimate }) =>
        [occasion, estimate.type === 'probability' ? estimate.probability : Number.NaN] as const,
    )
    expect(chances.map(([occasion]) => occasion)).toEqual(['1', '2', '3'])
    expect(chances[2]![1]).toBeGreaterThan(chances[1]![1] + 0.2)
    expect(insights[2]?.detail).toMatchObject({ homeScore: 23, awayScore: 20 })
  })

  test('settles what it said only when the feed says who won; a tie settles nothing [LIVE-WIN-02]', () => {
    expect(runRule(nflWinProbabilityRule, drive).outcomes).toEqual([])
    const { insights, outcomes } = runRule(nflWinProbabilityRule, [...drive, end])
    expect(outcomes.map(({ occasion }) => occasion)).toEqual(
      insights.filter(({ isScored }) => isScored).map(({ occasion }) => occasion),
    )
    expect(outcomes.length).toBeGreaterThan(0)
    expect(outcomes.every(({ happened }) => happened === 1)).toBe(true)
    expect(runRule(nflWinProbabilityRule, [...drive, { ...end, homeScore: 20 }]).outcomes).toEqual([])
  })

  test('says each play once, however late its end became known', () => {
    const { insights } = runRule(nflWinProbabilityRule, [...drive, end])
    expect(insights.map(({ occasion }) => occasion)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  })
})

describe('the end of an NFL game, live', () => {
  test('counts the plays that were left and says what the side behind needs [LIVE-WIN-03]', () => {
    const { insights, outcomes } = runRule(nflEndOfGameRule, [...drive, end])
    const first = insights[0]!
    expect(first).toMatchObject({ occasion: '1', detail: { side: 'home', scoresNeeded: 1, stopsNeeded: 0 } })
    expect(first.headline).toMatch(/^Blues: needs 1 score, ~\d+ plays\.$/)
    // After play 1 came 2, 3, 6 and 7; the try and the kickoff do not count.
    expect(outcomes.find(({ occasion }) => occasion === '1')).toMatchObject({
      kind: 'nfl.end-of-game',
      happened: 4,
    })
    expect(outcomes.find(({ occasion }) => occasion === '6')).toMatchObject({ happened: 1 })
  })

  test('is silent before the last five minutes', () => {
    const early = [madeMatch, nflPlay(1, { period: 4, secondsLeft: 700, playType: 'run', yardsGained: 3 })]
    expect(runRule(nflEndOfGameRule, early).insights).toEqual([])
  })

  test('closes its count when overtime begins', () => {
    const overtime = nflPlay(9, {
      period: 5,
      secondsLeft: 900,
      playType: 'kickoff',
      situation: { homeScore: 24, awayScore: 24, down: null },
    })
    expect(
      runRule(nflEndOfGameRule, [...drive, overtime]).outcomes.find(({ occasion }) => occasion === '1')
        ?.happened,
    ).toBe(4)
  })
})

describe('key moments and momentum', () => {
  test('a lead change in the clutch is told, with the side that it helped [LIVE-WIN-04]', () => {
    const { insights } = runRule(keyMomentsRule, [...drive, end])
    const touchdown = insights.find(({ occasion }) => occasion === '3')!
    expect(touchdown.detail).toMatchObject({ isLeadChange: true, isClutch: true, title: 'Lead change' })
    expect(touchdown.detail['swing']).toBeGreaterThan(0)
    expect(touchdown.importance).toBe(1)
    expect(insights.map(({ occasion }) => occasion)).not.toContain('7')
  })

  test('momentum leans to the side that gained, and stays on its scale', () => {
    const { insights } = runRule(momentumRule, [...drive, end])
    const last = insights.at(-1)!
    expect(last.estimate).toMatchObject({ type: 'score', low: -100, high: 100 })
    expect(last.estimate.type === 'score' ? last.estimate.value : 0).toBeGreaterThan(50)
    expect(last.headline).toBe('Blues has the run of play.')
  })
})

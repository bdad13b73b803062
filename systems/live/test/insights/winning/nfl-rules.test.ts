import { describe, expect, test } from 'vitest'
import type { FeedEvent } from '../../../src/domain/feed-event.ts'
import { keyMomentsRule } from '../../../src/insights/winning/moments/key-moments-rule.ts'
import { momentumRule } from '../../../src/insights/winning/moments/momentum-rule.ts'
import { nflEndOfGameRule } from '../../../src/insights/winning/nfl/end-of-game-rule.ts'
import {
  createNflTracker,
  knownStateAfter,
  stateBefore,
} from '../../../src/insights/winning/nfl/game-state.ts'
import { canRunOut, clockAfter } from '../../../src/insights/winning/nfl/run-off.ts'
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
    expect(insights.map(({ occasion }) => occasion)).toEqual(['1', '2', '3', '4', '5', '6', '7', 'end'])
  })

  test('its last word is the result, which nothing scores [LIVE-WIN-02]', () => {
    const lastOf = (homeScore: number) =>
      runRule(nflWinProbabilityRule, [...drive, { ...end, homeScore }]).insights.at(-1)
    expect(lastOf(24)).toMatchObject({
      headline: 'Blues win, 24–20.',
      estimate: { type: 'probability', probability: 1 },
      detail: { homeScore: 24, awayScore: 20, isOver: true },
      isScored: false,
    })
    expect(lastOf(20)).toMatchObject({ headline: 'It ends level, 20–20.', estimate: { probability: 0.5 } })
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
    // Said when the play is over, of what comes after it.
    expect(outcomes.find(({ occasion }) => occasion === '6')).toMatchObject({ happened: 1 })
    expect(insights.map(({ occasion }) => occasion)).toEqual(['1', '2', '3', '4', '5', '6', '7', 'end'])
  })

  test('takes what a side needs off the screen when the game is over, once [LIVE-WIN-06]', () => {
    const over = nflPlay(8, {
      period: 4,
      secondsLeft: 0,
      playType: 'period_end',
      situation: { homeScore: 24, awayScore: 20, down: null },
    })
    const { insights } = runRule(nflEndOfGameRule, [...drive, over, end])
    const finals = insights.filter(({ detail }) => detail['isOver'] === true)
    expect(finals).toHaveLength(1)
    expect(insights.at(-1)).toMatchObject({
      headline: 'Final: Reds 20, Blues 24.',
      importance: 0,
      isScored: false,
      detail: { side: null },
    })
    expect(insights.at(-1)!.headline).not.toContain('needs')
  })

  test('speaks to the end: behind and kicking off with the clock against it, a side needs an onside kick [LIVE-WIN-06]', () => {
    const scored = [
      madeMatch,
      nflPlay(1, {
        period: 4,
        secondsLeft: 70,
        playType: 'pass',
        yardsGained: 20,
        situation: { homeScore: 10, awayScore: 20, yardsToGoal: 20, awayTimeouts: 1, homeTimeouts: 0 },
        homeScoreAfter: 16,
        awayScoreAfter: 20,
        results: { touchdown: true },
      }),
      nflPlay(2, {
        period: 4,
        secondsLeft: 64,
        playType: 'extra_point',
        situation: { homeScore: 16, awayScore: 20, down: null, homeTimeouts: 0 },
        homeScoreAfter: 17,
        awayScoreAfter: 20,
      }),
      nflPlay(3, {
        period: 4,
        secondsLeft: 64,
        playType: 'kickoff',
        situation: { possession: 'away', homeScore: 17, awayScore: 20, down: null, homeTimeouts: 0 },
      }),
    ]
    const { insights } = runRule(nflEndOfGameRule, scored)
    expect(insights[1]?.headline).toMatch(/^Blues: needs 1 score, onside kick, /)
    // The other side has the ball now, and can kneel.
    expect(insights[2]?.headline).toMatch(/^Blues: needs 1 score, a takeaway, /)
    const withTimeouts = scored.map((event) =>
      event.kind === 'nfl-play' ? { ...event, situation: { ...event.situation, homeTimeouts: 3 } } : event,
    )
    expect(runRule(nflEndOfGameRule, withTimeouts).insights[2]?.headline).toMatch(
      /^Blues: needs 1 score, 1 stop, /,
    )
  })

  test('is silent before the last five minutes', () => {
    const early = [madeMatch, nflPlay(1, { period: 4, secondsLeft: 700, playType: 'run', yardsGained: 3 })]
    expect(runRule(nflEndOfGameRule, early).insights).toEqual([])
  })

  test('closes its count when overtime begins, and goes on there [LIVE-WIN-03]', () => {
    const level = { homeScore: 24, awayScore: 24 }
    const overtime = [
      nflPlay(9, { period: 5, secondsLeft: 900, playType: 'kickoff', situation: { ...level, down: null } }),
      nflPlay(10, { period: 5, secondsLeft: 890, playType: 'run', yardsGained: 4, situation: level }),
      nflPlay(11, { period: 5, secondsLeft: 850, playType: 'run', yardsGained: 4, situation: level }),
    ]
    const { insights, outcomes } = runRule(nflEndOfGameRule, [...drive, ...overtime, end])
    const happened = (of: string) => outcomes.find(({ occasion }) => occasion === of)?.happened
    expect([happened('1'), happened('9'), happened('10')]).toEqual([4, 2, 1])
    expect(insights.find(({ occasion }) => occasion === '10')?.headline).toMatch(
      /^Level, Blues have the ball: /,
    )
  })
})

describe('the clock at the next snap [LIVE-WIN-03]', () => {
  const run = (change: Parameters<typeof nflPlay>[1], words = 'play') => {
    const play = { ...nflPlay(1, change), description: words }
    const before = stateBefore(play, createNflTracker())!
    return clockAfter(play, before, knownStateAfter(before, play))
  }
  const ahead = {
    period: 4,
    secondsLeft: 240,
    playType: 'run',
    yardsGained: 3,
    situation: { homeScore: 7 },
  } as const

  test('runs on while the side ahead has the ball, and stands after an incomplete pass, out of bounds and points', () => {
    expect(run(ahead)).toEqual({ secondsLeft: 198, isStopped: false })
    expect(run(ahead, 'R.Back pushed ob at BLU 30').isStopped).toBe(true)
    expect(run({ ...ahead, playType: 'pass', yardsGained: 0 }, 'pass incomplete').secondsLeft).toBe(234)
    expect(run({ ...ahead, homeScoreAfter: 13, results: { touchdown: true } }).isStopped).toBe(true)
  })

  test('stops for the two-minute warning and for timeouts of the side behind', () => {
    expect(
      run({ ...ahead, secondsLeft: 140, situation: { homeScore: 7, awayTimeouts: 0 } }).secondsLeft,
    ).toBe(120)
    expect(run({ ...ahead, secondsLeft: 100 }).secondsLeft).toBe(94)
  })

  test('can be run out by kneeling for two minutes, less for each timeout of the other side', () => {
    const state = stateBefore(nflPlay(1, { ...ahead, secondsLeft: 118 }), createNflTracker())!
    const can = (secondsLeft: number, awayTimeouts: number) =>
      canRunOut({ ...state, awayTimeouts }, secondsLeft)
    expect([can(118, 0), can(118, 1), can(80, 1), can(130, 0), can(40, 3)]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ])
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

  test('tags a momentum change when the run of play goes over to the other side [LIVE-EVENTS-22]', () => {
    const turned = [
      ...drive.slice(0, 5),
      nflPlay(6, {
        period: 4,
        secondsLeft: 40,
        playType: 'pass',
        yardsGained: 75,
        situation: { possession: 'away', homeScore: 24, awayScore: 20, yardsToGoal: 75 },
        homeScoreAfter: 24,
        awayScoreAfter: 26,
        results: { touchdown: true },
      }),
    ]
    const { tags } = runRule(momentumRule, turned)
    expect(tags).toMatchObject([
      {
        type: 'momentum.change',
        occasion: '6',
        source: 'detected',
        text: 'Momentum change: the run of play goes from Blues to Reds.',
      },
    ])
    expect(runRule(momentumRule, drive).tags).toEqual([])
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NflGameState } from '../../../src/insights/winning/nfl/game-state.ts'
import { createNflTracker, stateAfter, stateBefore } from '../../../src/insights/winning/nfl/game-state.ts'
import { winProbability } from '../../../src/insights/winning/nfl/win-probability.ts'
import { nflPlay } from './nfl-events.ts'
import type { MadePlay } from './nfl-events.ts'

function around(made: MadePlay): { before: NflGameState; after: NflGameState | null } {
  const play = nflPlay(1, made)
  const before = stateBefore(play, createNflTracker())!
  return { before, after: stateAfter(before, play) }
}

describe('the state of an NFL game', () => {
  test('moves on by down and distance', () => {
    const first = around({ period: 1, secondsLeft: 800, playType: 'run', yardsGained: 4 })
    expect(first.after).toMatchObject({ ball: 'home', down: 2, yardsToGo: 6, yardsToGoal: 71 })
    const moved = around({
      period: 1,
      secondsLeft: 800,
      playType: 'pass',
      yardsGained: 70,
      results: { firstDown: true },
    })
    expect(moved.after).toMatchObject({ down: 1, yardsToGo: 5, yardsToGoal: 5 })
    const stopped = around({
      period: 1,
      secondsLeft: 800,
      playType: 'run',
      yardsGained: 1,
      situation: { down: 4, yardsToGo: 3, yardsToGoal: 40 },
    })
    expect(stopped.after).toMatchObject({ ball: 'away', down: 1, yardsToGoal: 61 })
  })

  test('after a touchdown comes the try of the side that scored, whoever had the ball', () => {
    const returned = around({
      period: 1,
      secondsLeft: 800,
      playType: 'pass',
      awayScoreAfter: 6,
      results: { touchdown: true, interception: true },
    })
    expect(returned.after).toMatchObject({ stage: 'try', ball: 'away', awayScore: 6 })
    const tried = around({
      period: 1,
      secondsLeft: 800,
      playType: 'extra_point',
      homeScoreAfter: 7,
      situation: { homeScore: 6, down: null },
    })
    expect(tried.after).toMatchObject({ stage: 'kickoff', ball: 'away', homeScore: 7 })
    const failed = around({
      period: 1,
      secondsLeft: 800,
      playType: 'two_point',
      situation: { homeScore: 6, down: null },
    })
    expect(failed.after).toMatchObject({ stage: 'kickoff', ball: 'away', homeScore: 6 })
  })

  test('after a safety the side that scored gets the ball', () => {
    const { after } = around({
      period: 1,
      secondsLeft: 800,
      playType: 'sack',
      awayScoreAfter: 2,
      results: { safety: true },
    })
    expect(after).toMatchObject({ stage: 'kickoff', ball: 'away', awayScore: 2 })
  })

  test('does not guess where a punt, a turnover or a penalty leaves the ball', () => {
    for (const made of [
      { playType: 'punt' as const },
      { playType: 'pass' as const, results: { interception: true } },
      { playType: 'run' as const, results: { penalty: true } },
    ])
      expect(around({ period: 1, secondsLeft: 800, ...made }).after).toBeNull()
  })

  test('remembers who gets the kickoff of the second half, and forgets it then', () => {
    const tracker = createNflTracker()
    const opening = stateBefore(nflPlay(1, { period: 1, secondsLeft: 900, playType: 'kickoff' }), tracker)
    expect(opening).toMatchObject({ stage: 'kickoff', ball: 'home', secondHalfReceiver: 'away', down: null })
    stateBefore(
      nflPlay(2, { period: 1, secondsLeft: 800, playType: 'kickoff', situation: { possession: 'away' } }),
      tracker,
    )
    expect(
      stateBefore(nflPlay(3, { period: 2, secondsLeft: 10, playType: 'run' }), tracker)?.secondHalfReceiver,
    ).toBe('away')
    expect(
      stateBefore(nflPlay(4, { period: 3, secondsLeft: 900, playType: 'run' }), tracker)?.secondHalfReceiver,
    ).toBeNull()
  })
})

describe('NFL win probability', () => {
  const level: NflGameState = {
    playId: '1',
    period: 1,
    secondsLeft: 900,
    homeScore: 0,
    awayScore: 0,
    ball: 'home',
    stage: 'kickoff',
    down: null,
    yardsToGo: null,
    yardsToGoal: null,
    homeTimeouts: 3,
    awayTimeouts: 3,
    secondHalfReceiver: 'away',
    homeEdge: 2.6,
  }

  test('starts near even with the home field, and is all but sure once a lead cannot be caught', () => {
    expect(winProbability(level, null)).toBeGreaterThan(0.5)
    expect(winProbability(level, null)).toBeLessThan(0.65)
    const late = {
      ...level,
      period: 4,
      secondsLeft: 20,
      stage: 'scrimmage' as const,
      down: 1,
      yardsToGo: 10,
      yardsToGoal: 60,
    }
    expect(winProbability({ ...late, homeScore: 27, awayScore: 10 }, null)).toBeGreaterThan(0.98)
    expect(winProbability({ ...late, homeScore: 10, awayScore: 27 }, null)).toBeLessThan(0.02)
  })

  test('takes in a betting line where one is known, less and less as time runs out', () => {
    const favoured = winProbability({ ...level, homeEdge: 7 }, null)
    // Stern (1991): a seven-point favourite wins about 69 of 100.
    expect(favoured).toBeGreaterThan(0.64)
    expect(favoured).toBeLessThan(0.75)
    expect(winProbability({ ...level, homeEdge: -7 }, null)).toBeLessThan(0.4)
    const end = { ...level, period: 4, secondsLeft: 0, homeScore: 3 }
    expect(winProbability({ ...end, homeEdge: -14 }, null)).toBeCloseTo(winProbability(end, null), 2)
  })

  test('never falls as the home side leads by more, in any situation [LIVE-WIN-01]', () => {
    const side = fc.constantFrom('home' as const, 'away' as const)
    const state = fc.record({
      period: fc.integer({ min: 1, max: 5 }),
      secondsLeft: fc.integer({ min: 0, max: 900 }),
      ball: side,
      down: fc.integer({ min: 1, max: 4 }),
      yardsToGo: fc.integer({ min: 1, max: 20 }),
      yardsToGoal: fc.integer({ min: 1, max: 99 }),
      homeTimeouts: fc.integer({ min: 0, max: 3 }),
      awayTimeouts: fc.integer({ min: 0, max: 3 }),
      awayScore: fc.integer({ min: 0, max: 40 }),
    })
    fc.assert(
      fc.property(
        state,
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 17 }),
        (made, homeScore, more) => {
          const now: NflGameState = { ...level, ...made, stage: 'scrimmage', homeScore }
          expect(winProbability({ ...now, homeScore: homeScore + more }, null)).toBeGreaterThanOrEqual(
            winProbability(now, null) - 1e-9,
          )
        },
      ),
      { seed: 11, numRuns: 300 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NflGameState } from '../../../src/insights/winning/nfl/game-state.ts'
import { pathInWords, pathsToWin } from '../../../src/insights/winning/nfl/paths-to-win.ts'

const state: NflGameState = {
  playId: '1',
  period: 4,
  secondsLeft: 150,
  homeScore: 10,
  awayScore: 20,
  ball: 'home',
  stage: 'scrimmage',
  down: 1,
  yardsToGo: 10,
  yardsToGoal: 60,
  homeTimeouts: 2,
  awayTimeouts: 2,
  secondHalfReceiver: null,
  homeEdge: 2.6,
}

describe('paths to winning an NFL game', () => {
  test('ten behind with the ball: two scores and a stop between them [LIVE-WIN-03]', () => {
    const needs = pathsToWin(state, 'home', 18)
    expect(needs).toMatchObject({ side: 'home', scoresNeeded: 2, stopsNeeded: 1, drives: 3 })
    expect(needs.paths.map(pathInWords)).toEqual([
      '2 touchdowns with a stop',
      'a touchdown and a field goal with a stop',
      // The other side may kick a field goal in between: 14 points beat 13.
      '2 touchdowns',
    ])
    expect(pathsToWin({ ...state, ball: 'away' }, 'home', 18).stopsNeeded).toBe(2)
  })

  test('the side ahead needs no score', () => {
    expect(pathsToWin(state, 'away', 6)).toMatchObject({ scoresNeeded: 0, stopsNeeded: 1 })
    expect(pathInWords(pathsToWin(state, 'away', 6).paths[0]!)).toBe('no more points with a stop')
  })

  test('what one side wins the other does not: all ways of both sum to one, a tie halved', () => {
    const situation = fc.record({
      homeScore: fc.integer({ min: 0, max: 30 }),
      awayScore: fc.integer({ min: 0, max: 30 }),
      ball: fc.constantFrom('home' as const, 'away' as const),
      down: fc.integer({ min: 1, max: 4 }),
      yardsToGoal: fc.integer({ min: 1, max: 99 }),
    })
    // One drive has at most three ways a side, so that none is cut off.
    fc.assert(
      fc.property(situation, (made) => {
        const sum = (side: 'home' | 'away') =>
          pathsToWin({ ...state, ...made }, side, 1).paths.reduce(
            (total, { probability }) => total + probability,
            0,
          )
        expect(sum('home') + sum('away')).toBeCloseTo(1, 9)
      }),
      { seed: 3, numRuns: 200 },
    )
  })
})

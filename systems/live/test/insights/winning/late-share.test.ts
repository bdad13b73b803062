import { expect, test } from 'vitest'
import type { NflGameState } from '../../../src/insights/winning/nfl/game-state.ts'
import { lateShare } from '../../../src/insights/winning/nfl/late-features.ts'
import { winProbability } from '../../../src/insights/winning/nfl/win-probability.ts'

const state: NflGameState = {
  playId: '1',
  period: 4,
  secondsLeft: 200,
  homeScore: 20,
  awayScore: 21,
  ball: 'home',
  stage: 'scrimmage',
  down: 1,
  yardsToGo: 10,
  yardsToGoal: 40,
  homeTimeouts: 2,
  awayTimeouts: 2,
  secondHalfReceiver: null,
  homeEdge: 2.6,
}

test('the late model comes in by and by, in the fourth quarter alone', () => {
  const share = (period: number, secondsLeft: number) => lateShare({ period, secondsLeft })
  expect([share(4, 900), share(4, 420), share(4, 360), share(4, 300), share(4, 0)]).toEqual([0, 0, 0.5, 1, 1])
  expect([share(2, 10), share(5, 10)]).toEqual([0, 0])
})

test('at the end it tells who has the ball, and how near, from who leads', () => {
  const home = (change: Partial<NflGameState>) => winProbability({ ...state, ...change }, null)
  expect(home({ yardsToGoal: 10 })).toBeGreaterThan(home({ yardsToGoal: 90 }))
  expect(home({ ball: 'home' })).toBeGreaterThan(home({ ball: 'away' }))
  // One score behind with a minute left is a game; two are next to none.
  expect(home({ secondsLeft: 60, awayScore: 24 })).toBeGreaterThan(0.1)
  expect(home({ secondsLeft: 60, awayScore: 37 })).toBeLessThan(0.05)
  // The same, seen from the other side.
  const mirrored = home({ homeScore: 21, awayScore: 20, ball: 'away' })
  expect(home({}) + mirrored).toBeGreaterThan(0.85)
  expect(home({}) + mirrored).toBeLessThan(1.15)
})

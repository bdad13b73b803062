import { describe, expect, test } from 'vitest'
import { homeEdge, homeField, isPreseason, seasonOf } from '../../../src/insights/winning/team-strength.ts'
import type { GameResult } from '../../../src/insights/winning/team-strength.ts'

const day = (date: string) => Date.parse(`${date}T18:00:00Z`)
const game = (
  date: string,
  home: string,
  away: string,
  homeScore: number,
  awayScore: number,
): GameResult => ({
  startMs: day(date),
  home,
  away,
  homeScore,
  awayScore,
})
const next = { startMs: day('2030-10-06'), home: 'A', away: 'B' }

describe('how strong two sides are [LIVE-WIN-05]', () => {
  test('is home field alone where nothing is known', () => {
    expect(homeEdge('nfl', [], next)).toBeCloseTo(homeField('nfl'))
    expect(homeField('nfl')).toBeCloseTo(2.6)
  })

  test('follows results by their margin, those of the past only, in any order', () => {
    const won = game('2030-09-08', 'A', 'C', 30, 10)
    const close = game('2030-09-08', 'A', 'C', 21, 20)
    const edge = (results: GameResult[]) => homeEdge('nfl', results, { ...next, startMs: day('2030-09-15') })
    expect(edge([won])).toBeGreaterThan(edge([close]))
    expect(edge([close])).toBeGreaterThan(homeField('nfl'))
    expect(edge([game('2030-09-15', 'A', 'C', 30, 10), game('2030-09-22', 'B', 'C', 40, 0)])).toBeCloseTo(
      homeField('nfl'),
    )
    const more = game('2030-09-01', 'C', 'B', 20, 17)
    expect(edge([won, more])).toBe(edge([more, won]))
  })

  test('forgets a third of it between two seasons, and nothing of the preseason is learnt', () => {
    const result = game('2029-12-30', 'A', 'C', 30, 10)
    const after = (date: string) =>
      homeEdge('nfl', [result], { ...next, startMs: day(date) }) - homeField('nfl')
    expect(after('2030-09-08')).toBeCloseTo((after('2030-01-06') * 2) / 3)
    expect(homeEdge('nfl', [game('2030-08-20', 'A', 'B', 40, 0)], next)).toBeCloseTo(homeField('nfl'))
    expect(isPreseason(day('2030-09-05'))).toBe(false)
  })

  test('takes the tired side of two games on two days for weaker in basketball, the rested one for stronger in football', () => {
    const level = (date: string) => [game(date, 'X', 'B', 100, 99)]
    const edge = (sport: 'nfl' | 'nba', date: string) => homeEdge(sport, level(date), next)
    expect(edge('nba', '2030-10-05')).toBeGreaterThan(edge('nba', '2030-10-03') + 1)
    expect(edge('nfl', '2030-09-22')).toBeLessThan(edge('nfl', '2030-09-29') - 0.5)
  })

  test('a season is named for the year that it begins in', () => {
    expect([seasonOf(day('2030-02-03')), seasonOf(day('2030-09-08'))]).toEqual(['2029', '2030'])
  })
})

import { expect, test } from 'vitest'
import { gameClock, gameShare, percentPair, range } from '../../graphics/shared/format.js'
import { insightOf } from './insight.ts'

test('two sides make 100 together, and neither is called certain [LIVE-GRAPHICS-06]', () => {
  expect(percentPair(0.645)).toEqual(['65%', '35%'])
  expect(percentPair(0.996)).toEqual(['>99%', '<1%'])
  expect(percentPair(1)).toEqual(['100%', '0%'])
  expect(percentPair(null)).toEqual(['–', '–'])
})

test('a game’s clock and share, overtime included', () => {
  const at = (period: number, secondsLeft: number, sport: 'nfl' | 'nba' | 'race' = 'nfl') =>
    insightOf({
      kind: 'x',
      sport,
      clocks: { ...insightOf({ kind: 'x' }).clocks, game: { period, secondsLeft } },
    })
  expect([gameClock(at(4, 65.7)), gameClock(at(5, 600)), gameClock(at(6, 9, 'nba'))]).toEqual([
    'Q4 1:05',
    'OT 10:00',
    'OT2 0:09',
  ])
  expect([gameShare(at(1, 900)), gameShare(at(3, 900)), gameShare(at(4, 0, 'nba'))]).toEqual([0, 0.5, 1])
  expect(gameShare(at(5, 300))).toBeCloseTo(1 + 300 / 3_600)
  expect(gameShare(at(1, 0, 'race'))).toBeNull()
})

test('a range of equal ends, or with one of them, is one number', () => {
  expect([range(8, 14), range(8.2, 8.4), range(8, undefined)]).toEqual(['8–14', '8', '8'])
})

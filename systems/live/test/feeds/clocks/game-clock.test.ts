import { expect, it } from 'vitest'
import { createEventTimes, parseWallClock } from '../../../src/feeds/clocks/event-times.ts'
import { elapsedSeconds, parseGameClock } from '../../../src/feeds/clocks/game-clock.ts'

it.each([
  ['15:00', 900],
  [':05', 5],
  ['0:04.2', 4.2],
  ['PT11M38.00S', 698],
  ['PT0M00.40S', 0.4],
  ['1:75', null],
  ['PT', null],
  ['soon', null],
])('reads the scoreboard %s [LIVE-CLOCKS-01]', (text, seconds) => {
  expect(parseGameClock(text)).toBe(seconds)
})

it('counts playing time over quarters and overtime', () => {
  expect(elapsedSeconds('nfl', { period: 3, secondsLeft: 600 })).toBe(2100)
  expect(elapsedSeconds('nba', { period: 6, secondsLeft: 300 })).toBe(2880 + 300)
})

it('reads only wall clocks that name their zone', () => {
  expect(parseWallClock('2030-09-01T17:00:00.5+02:00')).toBe(Date.UTC(2030, 8, 1, 15, 0, 0, 500))
  expect(parseWallClock('2030-09-01T17:00:00')).toBe(null)
  expect(parseWallClock('7:15 PM')).toBe(null)
})

it('goes on from the last wall clock by playing time, and never back [LIVE-CLOCKS-03]', () => {
  const times = createEventTimes('nba', 1_000_000)
  const at = (secondsLeft: number, wallMs: number | null) =>
    times({ period: 1, secondsLeft }, wallMs).eventTimeMs
  expect(at(720, null)).toBe(1_000_000)
  expect(at(700, 2_000_000)).toBe(2_000_000)
  expect(at(690, null)).toBe(2_010_000)
  expect(at(690, null)).toBe(2_010_001)
  expect(at(700, null)).toBe(2_010_002)
})

import { expect, it } from 'vitest'
import { nflPbpCsv } from '../../../src/feeds/nfl/pbp-csv.ts'
import { ofKind } from '../made-feed.ts'
import { readItems } from '../read-items.ts'
import { madePbp, madeRows } from './made-pbp.ts'

it('reads plays with the score before and after each, and the result [LIVE-FEEDS-02]', async () => {
  const { events, rejects } = await readItems(nflPbpCsv, madePbp())
  expect(rejects).toEqual([])
  const plays = ofKind(events, 'nfl-play')
  expect(plays.map((play) => play.playType)).toEqual([
    'kickoff',
    'sack',
    'pass',
    'extra_point',
    'timeout',
    'period_end',
  ])
  const [kickoff, , intercepted, attempt] = plays
  expect(kickoff).toMatchObject({
    situation: { possession: 'away', yardsToGoal: 35, down: null, homeTimeouts: 3 },
    players: [{ id: 'k1', role: 'kicker', side: 'home' }],
  })
  expect(intercepted).toMatchObject({
    situation: { homeScore: 0, down: 2, yardsToGo: 17 },
    homeScoreAfter: 6,
    results: { touchdown: true, interception: true, sack: false },
    players: [
      { id: 'q1', role: 'passer', side: 'away' },
      { id: 'c1', role: 'interceptor', side: 'home' },
    ],
  })
  expect(attempt).toMatchObject({
    situation: { homeScore: 6 },
    homeScoreAfter: 7,
    results: { extraPoint: 'good' },
  })
  expect(ofKind(events, 'match-end')).toMatchObject([{ homeScore: 7, awayScore: 0 }])
})

it('gives event times that rise from the day of the game where the feed has no wall clock [LIVE-CLOCKS-03]', async () => {
  const { events } = await readItems(nflPbpCsv, madePbp())
  const times = events.map((event) => event.clocks.eventTimeMs)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(new Set(times).size).toBe(times.length)
  expect(times[0]).toBe(Date.UTC(2030, 8, 1))
  expect(events.every((event) => event.clocks.eventTimeFrom === 'game')).toBe(true)
})

it('understands the newer columns: old id, spread, time of day, final score [LIVE-FEEDS-02]', async () => {
  const rows = madeRows.map((row, i) => ({
    ...row,
    game_id: '2030_01_AWY_HOM',
    old_game_id: '2030090100',
    spread_line: 3.5,
    time_of_day: `2030-09-01T17:0${i}:00.000Z`,
    home_score: 10,
    away_score: 0,
  }))
  const { events, rejects } = await readItems(nflPbpCsv, madePbp(rows))
  expect(ofKind(events, 'match')[0]).toMatchObject({ matchId: '2030090100', match: { homeSpread: 3.5 } })
  expect(ofKind(events, 'nfl-play')[2]?.clocks).toMatchObject({
    eventTimeFrom: 'wall',
    eventTimeMs: Date.UTC(2030, 8, 1, 17, 2),
  })
  expect(ofKind(events, 'match-end')).toMatchObject([{ homeScore: 10, awayScore: 0 }])
  expect(rejects).toMatchObject([{ reason: expect.stringContaining('add up to 7:0') as string }])
})

it('reads several games of a file, and ends none that is still on [LIVE-FEEDS-02]', async () => {
  const second = madeRows.slice(0, 3).map((row) => ({ ...row, game_id: '2030090200' }))
  const { events } = await readItems(nflPbpCsv, madePbp([...madeRows, ...second]))
  expect(ofKind(events, 'match').map((event) => event.matchId)).toEqual(['2030090100', '2030090200'])
  expect(ofKind(events, 'match-end').map((event) => event.matchId)).toEqual(['2030090100'])
})

it('rejects a row with its number, column and what was expected, and goes on [LIVE-FEEDS-06]', async () => {
  const rows = [...madeRows.slice(0, 2), { ...madeRows[2], qtr: 'first' }, ...madeRows.slice(3)]
  const { events, rejects } = await readItems(nflPbpCsv, madePbp(rows))
  expect(rejects).toMatchObject([
    { where: 'row 4', reason: expect.stringContaining('"qtr" is "first"') as string },
  ])
  expect(ofKind(events, 'nfl-play').length).toBe(5)
})

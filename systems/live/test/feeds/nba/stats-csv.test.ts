import { expect, it } from 'vitest'
import { nbaStatsCsv } from '../../../src/feeds/nba/stats-csv.ts'
import { ofKind } from '../made-feed.ts'
import { readItems } from '../read-items.ts'
import { madeStats, madeStatsRows } from './made-stats.ts'

it('maps rows to the actions, points and scores of the CDN feed [LIVE-FEEDS-05]', async () => {
  const { events, rejects } = await readItems(nbaStatsCsv, madeStats())
  expect(rejects).toEqual([])
  const actions = ofKind(events, 'nba-action')
  const short = actions.map(
    (a) => `${a.actionType}/${a.subType} ${a.side ?? '-'} ${a.points} ${a.homeScore}:${a.awayScore}`,
  )
  expect(short).toEqual([
    'period/start - 0 0:0',
    'jumpball/recovered away 0 0:0',
    '2pt/Layup away 0 0:0',
    'block/ home 0 0:0',
    'rebound/defensive home 0 0:0',
    '3pt/Jump Shot home 3 3:0',
    'turnover/bad pass away 0 3:0',
    'steal/ home 0 3:0',
    'foul/personal away 0 3:0',
    'freethrow/1 of 2 home 0 3:0',
    'freethrow/2 of 2 home 1 4:0',
    'substitution/out away 0 4:0',
    'substitution/in away 0 4:0',
    'period/end - 0 4:0',
  ])
  expect(actions[5]).toMatchObject({
    playerName: 'H. One',
    otherPlayers: [{ role: 'assist', name: 'H. Two' }],
    isMade: true,
  })
  expect(ofKind(events, 'match-end')).toMatchObject([{ homeScore: 4, awayScore: 0 }])
})

it('derives who has the ball after each action [LIVE-FEEDS-05]', async () => {
  const actions = ofKind((await readItems(nbaStatsCsv, madeStats())).events, 'nba-action')
  expect(actions.slice(0, 11).map((a) => a.possession)).toEqual([
    null,
    'away',
    'away',
    'away',
    'home',
    'away',
    'home',
    'home',
    'home',
    'home',
    'away',
  ])
})

it('names both teams in the first event', async () => {
  const { events } = await readItems(nbaStatsCsv, madeStats())
  expect(events[0]).toMatchObject({
    kind: 'match',
    match: { title: 'Out Visitors at Town Homers', home: { id: '1' }, away: { id: '2' } },
  })
})

it('rejects a row of an unknown type with its number and goes on [LIVE-FEEDS-06]', async () => {
  const rows = madeStatsRows.with(4, { ...madeStatsRows[4], EVENTMSGTYPE: 77 })
  const { events, rejects } = await readItems(nbaStatsCsv, madeStats(rows))
  expect(rejects).toMatchObject([
    { where: 'row 6', reason: expect.stringContaining('"EVENTMSGTYPE" is "77"') as string },
    { where: 'row 12', reason: expect.stringContaining('add up to 1:0, its last score is 4:0') as string },
  ])
  expect(ofKind(events, 'nba-action').length).toBe(13)
})

it('gives a game its ten digits back that a spreadsheet took the zeros of [LIVE-FEEDS-05]', async () => {
  const { events } = await readItems(
    nbaStatsCsv,
    madeStats(madeStatsRows.map((row) => ({ ...row, GAME_ID: 22900001 }))),
  )
  expect(events[0]).toMatchObject({ matchId: '0022900001' })
})

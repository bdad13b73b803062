import { expect, it } from 'vitest'
import { nbaCdn } from '../../../src/feeds/nba/cdn-json.ts'
import { ofKind } from '../made-feed.ts'
import { readItems } from '../read-items.ts'
import { madeCdn } from './made-cdn.ts'

it('finds the home team from who scores, and turns percent of the court into feet [LIVE-FEEDS-04]', async () => {
  const { events, rejects } = await readItems(nbaCdn, JSON.stringify(madeCdn()))
  expect(rejects).toEqual([])
  expect(events[0]).toMatchObject({
    kind: 'match',
    matchId: '0022900002',
    match: { home: { abbreviation: 'HOM' }, away: { abbreviation: 'OUT' } },
  })
  const actions = ofKind(events, 'nba-action')
  expect(actions[2]).toMatchObject({
    side: 'away',
    points: 2,
    x: 47,
    y: 25,
    possession: 'home',
    playerName: 'O. One',
  })
  expect(actions[3]).toMatchObject({
    side: 'home',
    points: 3,
    homeScore: 3,
    otherPlayers: [{ id: '12', role: 'assist', side: 'home' }],
  })
  expect(actions[3]?.clocks).toEqual({
    eventTimeMs: Date.UTC(2030, 9, 1, 0, 0, 30, 500),
    eventTimeFrom: 'wall',
    game: { period: 1, secondsLeft: 690 },
    smpte: null,
  })
  expect(ofKind(events, 'match-end')).toMatchObject([{ homeScore: 3, awayScore: 2 }])
})

it('rejects an action by its path and keeps the others [LIVE-FEEDS-06]', async () => {
  const game = madeCdn()
  Object.assign(game.game.actions[1]!, { clock: 'soon' })
  const { events, rejects } = await readItems(nbaCdn, JSON.stringify(game))
  expect(rejects).toMatchObject([
    { where: '/game/actions/1', reason: expect.stringContaining('"clock"') as string },
  ])
  expect(ofKind(events, 'nba-action').length).toBe(4)
})

it('waits for the first score before it says which team plays at home', async () => {
  const game = madeCdn()
  game.game.actions.splice(2)
  const { events, rejects } = await readItems(nbaCdn, JSON.stringify(game))
  expect(events).toEqual([])
  expect(rejects).toMatchObject([{ reason: expect.stringContaining('No team has scored yet') as string }])
})

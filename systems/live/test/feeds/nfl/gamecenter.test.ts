import { expect, it } from 'vitest'
import { nflGamecenter } from '../../../src/feeds/nfl/gamecenter.ts'
import { ofKind } from '../made-feed.ts'
import { readItems } from '../read-items.ts'
import { madeGame } from './made-gamecenter.ts'

const read = (game = madeGame()) => readItems(nflGamecenter, JSON.stringify(game))

it('rebuilds the running score from the summary of scores and the tries [LIVE-FEEDS-03]', async () => {
  const { events, rejects } = await read()
  expect(rejects).toEqual([])
  const scores = ofKind(events, 'nfl-play').map((p) => [
    p.situation.playId,
    p.homeScoreAfter,
    p.awayScoreAfter,
  ])
  expect(scores).toEqual([
    ['36', 0, 0],
    ['58', 0, 0],
    ['80', 0, 6],
    ['101', 0, 7],
    ['120', 0, 7],
    // The try after this return has no row: its point counts with the touchdown.
    ['140', 7, 7],
    ['160', 7, 7],
    ['180', 10, 7],
    ['200', 10, 7],
  ])
  expect(ofKind(events, 'match-end')).toMatchObject([{ homeScore: 10, awayScore: 7 }])
})

it('scores from statistics where the feed has no summary [LIVE-FEEDS-03]', async () => {
  const { '2030090100': game } = madeGame()
  const { events } = await read({ '2030090100': { ...game, scrsummary: null } } as never)
  expect(ofKind(events, 'nfl-play').at(-1)).toMatchObject({ homeScoreAfter: 9, awayScoreAfter: 7 })
})

it('gives a kickoff to the side that receives, and measures from its goal [LIVE-FEEDS-03]', async () => {
  const plays = ofKind((await read()).events, 'nfl-play')
  expect(plays[0]).toMatchObject({ playType: 'kickoff', situation: { possession: 'away', yardsToGoal: 35 } })
  expect(plays[1]).toMatchObject({
    playType: 'pass',
    situation: { possession: 'away', yardsToGoal: 80, down: 1 },
    yardsGained: 30,
  })
})

it('counts timeouts down and lets a play without a time happen where the clock stood [LIVE-FEEDS-03]', async () => {
  const plays = ofKind((await read()).events, 'nfl-play')
  expect(plays.map((p) => p.situation.homeTimeouts)).toEqual([3, 3, 3, 3, 3, 2, 2, 3, 3])
  expect(plays[4]?.clocks.game).toEqual({ period: 1, secondsLeft: 780 })
})

it('says so when the plays do not add up to the final score [LIVE-FEEDS-03]', async () => {
  const game = madeGame()
  game['2030090100'].home.score.T = 17
  const { events, rejects } = await read(game)
  expect(rejects).toMatchObject([{ reason: expect.stringContaining('add up to 10:7') as string }])
  expect(ofKind(events, 'match-end')).toMatchObject([{ homeScore: 17 }])
})

it('rejects a withdrawn play by its path and keeps the others [LIVE-FEEDS-06]', async () => {
  const game = madeGame()
  game['2030090100'].drives['1'].plays['58'].desc = ''
  const { events, rejects } = await read(game)
  expect(rejects).toMatchObject([{ where: '/drives/1/plays/58' }])
  expect(ofKind(events, 'nfl-play').length).toBe(8)
})

it('says what is wrong with a document that is none', async () => {
  await expect(readItems(nflGamecenter, '{"2030090100": {"home":')).rejects.toMatchObject({
    code: 'feed-not-json',
  })
  await expect(readItems(nflGamecenter, '[1]')).rejects.toMatchObject({ code: 'feed-holds-no-game' })
})

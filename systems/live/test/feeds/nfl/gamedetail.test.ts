import { expect, it } from 'vitest'
import { nflGamedetail } from '../../../src/feeds/nfl/gamedetail.ts'
import { recogniseFormat } from '../../../src/feeds/recognise-format.ts'
import { tagsOf } from '../../events/tags-of.ts'
import { ofKind } from '../made-feed.ts'
import { readItems } from '../read-items.ts'
import { madeDetail } from './made-gamedetail.ts'

const read = (game: object = madeDetail(), name = '2030_02_AWY_HOM.json') =>
  readItems(nflGamedetail, JSON.stringify(game), { name })

it('is recognised by itself, and becomes the same plays as the other forms [LIVE-FEEDS-30]', async () => {
  expect(recogniseFormat('a.json', Buffer.from(JSON.stringify(madeDetail()))).name).toBe('nfl-gamedetail')
  const { events, rejects } = await read()
  expect(rejects).toEqual([])
  expect(ofKind(events, 'match')[0]).toMatchObject({
    matchId: '10160000-made',
    match: { title: 'Aways at Homers', home: { abbreviation: 'HOM', name: 'Homers' } },
  })
  const plays = ofKind(events, 'nfl-play')
  expect(plays.map(({ situation, playType }) => `${situation.playId} ${playType}`)).toEqual([
    '36 kickoff',
    '58 pass',
    '80 run',
    '101 extra_point',
    '120 timeout',
    '140 kickoff',
    '150 extra_point',
    '155 kickoff',
    '158 pass',
    '160 run',
    '170 no_play',
    '180 field_goal',
    '200 period_end',
  ])
  expect(plays[0]?.situation.possession).toBe('away')
  expect(plays[5]?.players.map(({ name, role }) => `${name} ${role}`)).toEqual([
    'K.Awy kicker',
    'R.Turn returner',
    'R.Turn scorer',
  ])
  expect(plays[1]).toMatchObject({
    yardsGained: 40,
    situation: { possession: 'away', down: 1, yardsToGoal: 80 },
    results: { firstDown: true },
    players: [{ name: 'Q.Back', role: 'passer', side: 'away' }, { name: 'W.Out' }],
  })
  expect(plays.map((play) => [play.awayScoreAfter, play.homeScoreAfter].join(':'))).toEqual(
    '0:0 0:0 6:0 7:0 7:0 7:6 7:7 7:7 7:7 7:7 7:7 7:10 7:10'.split(' '),
  )
  expect(plays.at(-1)?.situation.homeTimeouts).toBe(3)
  expect(ofKind(events, 'match-end')).toMatchObject([{ homeScore: 10, awayScore: 7 }])
})

it('dates a game by the season and week of its file’s name, since the document has none [LIVE-FEEDS-30]', async () => {
  const { events } = await read()
  // Labour Day of 2030 is 2 September; the second week's Sunday is the 15th.
  expect(new Date(events[0]!.clocks.eventTimeMs).toISOString().slice(0, 10)).toBe('2030-09-15')
  const { events: unnamed } = await read(madeDetail(), 'feed')
  expect(unnamed[0]?.clocks.eventTimeMs).toBe(0)
})

it('says what is wrong with a document that is no game, and keeps the plays that can be read [LIVE-FEEDS-06]', async () => {
  await expect(read({ data: {} })).rejects.toMatchObject({ code: 'feed-holds-no-game' })
  const game = madeDetail()
  game.data.viewer.gameDetail.plays[2]!.playDescription = ''
  const { events, rejects } = await read(game)
  expect(rejects).toMatchObject([{ where: '/plays/2' }])
  expect(ofKind(events, 'nfl-play')).toHaveLength(12)
})

it('tells the yards of a drive by the yard lines, so that penalties count [LIVE-EVENTS-20]', async () => {
  const drives = tagsOf((await read()).events)
    .filter(({ type }) => type.startsWith('drive.end'))
    .map(({ text }) => text)
  expect(drives).toEqual([
    'Aways drive ends with a touchdown: 2 plays, 80 yards.',
    'Aways drive ends with an interception: 1 play, 0 yards.',
    // Ten by the run, thirty-eight by the penalty; the kick is a play, the penalty none.
    'Homers drive ends with a field goal: 2 plays, 48 yards.',
  ])
})

it('knows a side by the other abbreviation that its places and timeouts have [LIVE-FEEDS-30]', async () => {
  const text = JSON.stringify(madeDetail())
    .replaceAll(/"AWY (\d)/g, '"AWX $1')
    .replace('#1 by HOM', '#1 by AWX')
  const { events } = await readItems(nflGamedetail, text)
  const plays = ofKind(events, 'nfl-play')
  expect(plays[1]?.situation.yardsToGoal).toBe(80)
  expect(plays[5]?.situation).toMatchObject({ homeTimeouts: 3, awayTimeouts: 2 })
})

it('takes the side with the ball from what comes before a play where a document names one side for all [LIVE-FEEDS-30]', async () => {
  const game = madeDetail()
  const detail = game.data.viewer.gameDetail
  const plays = detail.plays.map((play) => {
    const team = (play as Record<string, unknown>)['possessionTeam.abbreviation']
    if (typeof team !== 'string') return play
    const stats = (play.playStats as object[]).map((stat) => ({ ...stat, 'team.abbreviation': 'AWY' }))
    const before = `${team}  1-10  ${play.yardLine}`
    return { ...play, prePlayByPlay: before, 'possessionTeam.abbreviation': 'AWY', playStats: stats }
  })
  const { events } = await read({
    data: { viewer: { gameDetail: { ...detail, plays, scoringSummaries: [] } } },
  })
  const { events: right } = await read()
  const told = (all: typeof events) =>
    ofKind(all, 'nfl-play').map(
      ({ situation, homeScoreAfter, awayScoreAfter }) =>
        `${situation.possession} ${situation.yardsToGoal} ${awayScoreAfter}:${homeScoreAfter}`,
    )
  expect(told(events)).toEqual(told(right))
})

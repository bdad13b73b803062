import { expect, test } from 'vitest'
import { recogniseFormat } from '../../../src/feeds/recognise-format.ts'
import { soccerOpta } from '../../../src/feeds/soccer/opta.ts'
import { readItems } from '../read-items.ts'

let id = 0
function event(
  typeId: number,
  contestantId: 'h' | 'a',
  periodId: number,
  timeMin: number,
  more: object = {},
  marks: Record<number, string> = {},
) {
  return {
    id: ++id,
    typeId,
    periodId,
    timeMin,
    timeSec: 0,
    contestantId,
    playerId: `${contestantId}1`,
    playerName: `Player ${contestantId}`,
    outcome: 1,
    x: 90,
    y: 40,
    qualifier: Object.entries(marks).map(([qualifierId, value]) => ({
      qualifierId: Number(qualifierId),
      value,
    })),
    ...more,
  }
}

function madeOpta(total = { home: 2, away: 1 }): string {
  id = 0
  const events = [
    event(34, 'h', 16, 0),
    event(32, 'h', 1, 0),
    event(32, 'a', 1, 0),
    event(1, 'h', 1, 3, {}, { 6: '' }),
    event(16, 'h', 1, 3, { timeSec: 2 }, { 15: '' }),
    event(4, 'a', 1, 20, { outcome: 0 }),
    event(4, 'h', 1, 20, { outcome: 1 }),
    event(17, 'a', 1, 20, {}, { 33: '' }),
    event(30, 'h', 1, 46),
    event(30, 'a', 1, 46),
    event(32, 'h', 2, 45),
    event(16, 'h', 2, 60, { x: 3 }, { 28: '' }),
    event(15, 'a', 2, 70, {}, { 82: '' }),
    // Noted late, told by its clock.
    event(16, 'h', 2, 65, {}, { 9: '' }),
    event(18, 'a', 2, 75, { playerId: 'a9', playerName: 'Goes off' }),
    event(19, 'a', 2, 75),
    event(70, 'h', 2, 90, {}, { 277: '4' }),
    event(30, 'h', 2, 94),
  ]
  const contestant = [
    { id: 'a', name: 'Lakeside', code: 'LAK', position: 'away' },
    { id: 'h', name: 'Hillside', code: 'HIL', position: 'home' },
  ]
  const matchInfo = {
    id: 'made-1',
    date: '2030-09-01Z',
    time: '18:00:00Z',
    contestant,
    competition: { name: 'Made League' },
  }
  return JSON.stringify({
    matchInfo,
    liveData: { event: events, matchDetails: { matchStatus: 'Played', scores: { total } } },
  })
}

test('Opta: sides by the match’s record, goals and own goals once, fouls by who made them, events by their clock [LIVE-SOCCER-01]', async () => {
  const text = madeOpta()
  expect(recogniseFormat('ma3.json', Buffer.from(text)).name).toBe('soccer-opta')
  const { events, rejects } = await readItems(soccerOpta, text)
  expect(rejects).toEqual([])
  expect(events[0]).toMatchObject({
    match: { id: 'made-1', title: 'Hillside v Lakeside', competition: 'Made League' },
    clocks: { eventTimeMs: Date.UTC(2030, 8, 1, 18) },
  })
  const told = events.flatMap((one) =>
    one.kind === 'soccer-action'
      ? [
          `${one.type} ${one.side ?? '–'} ${one.shot ? `${one.shot.outcome} ${one.shot.situation}` : (one.card ?? one.addedMinutes ?? '')} ${one.homeScore}–${one.awayScore}`,
        ]
      : [],
  )
  expect(told).toEqual([
    'period-start –  0–0',
    'corner home  0–0',
    'shot home goal corner 1–0',
    'foul away  1–0',
    'card away red 1–0',
    'period-end –  1–0',
    'period-start –  1–0',
    'own-goal home  1–1',
    'shot home goal penalty 2–1',
    'shot away blocked open-play 2–1',
    'substitution away  2–1',
    'added-time – 4 2–1',
    'period-end –  2–1',
  ])
  expect(events.find((one) => one.kind === 'soccer-action' && one.type === 'substitution')).toMatchObject({
    otherPlayers: [{ name: 'Goes off', role: 'off' }],
  })
  expect(events.at(-1)).toMatchObject({ kind: 'match-end', homeScore: 2, awayScore: 1 })
})

test('goals that are not the stated result are told [LIVE-SOCCER-01]', async () => {
  const { rejects } = await readItems(soccerOpta, madeOpta({ home: 3, away: 1 }))
  expect(rejects.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/add up to 2:1, its result is 3:1/),
  ])
  await expect(readItems(soccerOpta, '{"matchInfo": {}}')).rejects.toThrow(/holds no match/)
})

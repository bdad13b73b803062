import { expect, test } from 'vitest'
import { simulateSoccerMatch } from '../../samples/soccer/simulate-soccer-match.ts'
import type { FeedEvent, SoccerAction } from '../../src/domain/feed-event.ts'
import { drawEvent, emptyPicture } from '../../src/pipeline/pictures/draw-picture.ts'
import { pictureSchema } from '../../src/pipeline/pictures/picture-schema.ts'

function action(given: Partial<SoccerAction>): FeedEvent {
  return {
    kind: 'soccer-action',
    actionId: '1',
    type: 'pass',
    subType: '',
    side: 'home',
    playerId: null,
    playerName: null,
    otherPlayers: [],
    isSuccessful: null,
    shot: null,
    card: null,
    addedMinutes: null,
    homeScore: 0,
    awayScore: 0,
    x: null,
    y: null,
    description: '',
    ...given,
    matchId: 'm',
    clocks: { eventTimeMs: 5, eventTimeFrom: 'wall', game: { period: 1, secondsLeft: 600 }, smpte: null },
    sourceRef: 'made',
  }
}

test('the pitch has the ball where the acting side tells it, the home side to the right; a foul takes the ball from nobody [LIVE-SOCCER-13]', () => {
  const picture = emptyPicture('soccer')
  drawEvent(picture, action({ type: 'corner', x: 105, y: 0, description: 'A corner' }))
  expect(picture).toMatchObject({
    caption: 'A corner',
    soccer: { possession: 'home', ball: { x: 105, y: 0 } },
  })
  drawEvent(picture, action({ type: 'foul', side: 'away', x: 10, y: 10, description: 'A foul' }))
  expect(picture).toMatchObject({ caption: 'A foul', soccer: { possession: 'home', ball: { x: 105, y: 0 } } })
  drawEvent(picture, action({ side: 'away', x: 30, y: 8 }))
  // What was said of the other side's attack is over.
  expect(picture).toMatchObject({ caption: '', soccer: { possession: 'away', ball: { x: 75, y: 60 } } })
  expect(picture.soccer?.trail).toEqual([{ x: 75, y: 60, side: 'away' }])
  drawEvent(picture, action({ type: 'card', side: 'away', card: 'red', description: 'Sent off' }))
  expect(picture.soccer?.sentOff).toEqual({ home: 0, away: 1 })
})

test('every picture of a simulated match is one that pages take, with the shots so far [LIVE-SOCCER-13]', () => {
  const picture = emptyPicture('soccer')
  let shots = 0
  for (const event of simulateSoccerMatch({ seed: 6, startMs: 0 })) {
    drawEvent(picture, event)
    if (event.kind === 'soccer-action' && event.shot) shots++
  }
  expect(pictureSchema.parse(picture)).toEqual(picture)
  expect(picture.soccer?.shots.length).toBe(Math.min(40, shots))
  expect(picture.caption).toBe('Final')
})

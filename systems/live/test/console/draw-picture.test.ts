import { expect, it } from 'vitest'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import { drawEvent, emptyPicture } from '../../src/pipeline/pictures/draw-picture.ts'

it('has the players and the ball of a court frame where the feed puts them [LIVE-DIRECTOR-03]', () => {
  const picture = emptyPicture('nba')
  const frame: FeedEvent = {
    kind: 'nba-frame',
    players: [{ id: 'p1', name: 'A', jersey: 8, side: 'away', x: 70, y: 12.5 }],
    ball: { x: 71, y: 13, z: 6 },
    matchId: 'm',
    clocks: { eventTimeMs: 5, eventTimeFrom: 'wall', game: { period: 1, secondsLeft: 600 }, smpte: null },
    sourceRef: 'frame 1',
  }
  drawEvent(picture, frame)
  expect(picture).toMatchObject({
    atMs: 5,
    game: { period: 1, secondsLeft: 600 },
    nba: {
      players: [{ id: 'p1', jersey: 8, side: 'away', x: 70, y: 12.5, position: '' }],
      ball: { x: 71, y: 13 },
    },
  })
})

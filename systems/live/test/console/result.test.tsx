// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { resultWords } from '../../console/director/situation.tsx'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import type { Match } from '../../src/domain/match.ts'
import { drawEvent, emptyPicture } from '../../src/pipeline/pictures/draw-picture.ts'
import { isFinal } from '../../src/pipeline/pictures/picture.ts'

const team = (id: string) => ({ id, abbreviation: id.toUpperCase(), name: `The ${id}`, colour: null })
const match = {
  id: 'm',
  sport: 'nfl',
  title: 'Bears at Lions',
  home: team('lions'),
  away: team('bears'),
} as Match

test('a match that is over has a result, and no chance of what has happened', () => {
  const picture = emptyPicture('nfl')
  expect(isFinal(picture)).toBe(false)
  const end: FeedEvent = {
    kind: 'match-end',
    homeScore: 20,
    awayScore: 25,
    order: null,
    matchId: 'm',
    clocks: { eventTimeMs: 5, eventTimeFrom: 'wall', game: null, smpte: null },
    sourceRef: 'end',
  }
  drawEvent(picture, end)
  expect(isFinal(picture)).toBe(true)
  expect(resultWords(match, picture.homeScore, picture.awayScore)).toBe('The bears won by 5.')
  expect(resultWords(match, 7, 7)).toBe('It ended level.')
  expect(resultWords(match, null, 7)).toBe('')
})

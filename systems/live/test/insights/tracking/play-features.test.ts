import { expect, test } from 'vitest'
import { blitzColumns, blitzRows } from '../../../src/insights/tracking/blitz-features.ts'
import { coverageAfterRow, coverageRow } from '../../../src/insights/tracking/coverage-features.ts'
import { formationAt } from '../../../src/insights/tracking/formation.ts'
import { noteRushers } from '../../../src/insights/tracking/labels.ts'
import { pocketAt } from '../../../src/insights/tracking/pocket-features.ts'
import { addFrame, openPlay } from '../../../src/insights/tracking/play-state.ts'
import type { PlayState } from '../../../src/insights/tracking/play-state.ts'
import { isFrame, madePlay, snapTenths, usual } from './made-play.ts'
import type { MadePlayOptions } from './made-play.ts'

function playedTo(options: MadePlayOptions, tenths: number): { play: PlayState; rushed: Set<string> } {
  const events = madePlay(options)
  const first = events[0]
  if (first?.kind !== 'nfl-play-start') throw new Error('The made play must begin with its start.')
  const play = openPlay(first)
  const rushed = new Set<string>()
  for (const event of events.filter(isFrame)) {
    if (event.frame > tenths) break
    addFrame(play, event)
    noteRushers(play, rushed)
  }
  return { play, rushed }
}

function near(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length)
  for (const [index, value] of actual.entries()) expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 1)
}

test('features do not depend on which way the offence goes [LIVE-TRACKING-03]', () => {
  for (const tenths of [snapTenths - 10, snapTenths]) {
    const right = playedTo(usual, tenths).play
    const left = playedTo({ ...usual, direction: 'left' }, tenths).play
    const index = right.frames.length - 1
    near(blitzRows(left, index).features, blitzRows(right, index).features)
    near(coverageRow(left, index), coverageRow(right, index))
  }
  const right = playedTo(usual, snapTenths + 15).play
  const left = playedTo({ ...usual, direction: 'left' }, snapTenths + 15).play
  const index = right.frames.length - 1
  near(pocketAt(left, index).features, pocketAt(right, index).features)
  const snapIndex = right.times.indexOf(right.snapMs ?? 0)
  near(coverageAfterRow(left, snapIndex, index), coverageAfterRow(right, snapIndex, index))
})

test('before the snap a row knows nothing of what comes after [LIVE-TRACKING-03]', () => {
  const blitz = playedTo(usual, snapTenths - 10).play
  const none = playedTo({ ...usual, blitzers: [] }, snapTenths - 10).play
  const index = blitz.frames.length - 1
  expect(blitzRows(blitz, index)).toEqual(blitzRows(none, index))
})

test('a row a linebacker or back, with depth and place beside the tackle', () => {
  const { play } = playedTo(usual, snapTenths)
  const { places, features } = blitzRows(play, play.frames.length - 1)
  expect(places.map((place) => play.roster[place]?.id)).toEqual(['d4', 'd5', 'd6', 'd7', 'd8', 'd9', 'd10'])
  const at = (row: number, column: (typeof blitzColumns)[number]): number =>
    features[row * blitzColumns.length + blitzColumns.indexOf(column)] ?? Number.NaN
  expect(at(2, 'depth')).toBeCloseTo(1.2)
  expect(at(2, 'beyondTackle')).toBeCloseTo(3.3)
  expect(at(2, 'isEdge')).toBe(1)
  expect(at(1, 'isEdge')).toBe(0)
  expect(at(1, 'linemenOfDefence')).toBe(4)
  expect(at(1, 'secondsSinceSet')).toBeCloseTo((snapTenths - 5) / 10)
})

test('receivers are paired with the nearest free defenders', () => {
  const { play } = playedTo(usual, snapTenths)
  const formation = formationAt(play, play.frames.length - 1)
  const idOf = (place: number | undefined): string | undefined => play.roster[place ?? -1]?.id
  const pairs = Object.fromEntries(
    formation.receivers.map((receiver) => [idOf(receiver), idOf(formation.defenderOf[receiver])]),
  )
  expect(pairs).toMatchObject({ o7: 'd7', o8: 'd8', o6: 'd6' })
})

test('who rushes is who is half a yard past the snap spot within three seconds and before the throw [LIVE-TRACKING-04]', () => {
  const end = snapTenths + 60
  const ids = (rushed: Set<string>): string[] => [...rushed].sort()
  expect(ids(playedTo(usual, end).rushed)).toEqual(['d0', 'd1', 'd2', 'd3', 'd6'])
  expect(ids(playedTo({ ...usual, blitzers: ['d5', 'd6'], direction: 'left' }, end).rushed)).toEqual([
    'd0',
    'd1',
    'd2',
    'd3',
    'd5',
    'd6',
  ])
  // The safety needs more than the time there is before the throw.
  expect(playedTo({ ...usual, blitzers: ['d9'] }, end).rushed.has('d9')).toBe(false)
  expect(ids(playedTo({ ...usual, throwTenths: 3 }, end).rushed)).toEqual([])
})

test('rushers come nearer and sooner as the pocket closes', () => {
  const early = playedTo(usual, snapTenths + 8).play
  const late = playedTo(usual, snapTenths + 16).play
  const [first, then] = [early, late].map((play) => pocketAt(play, play.frames.length - 1).rushers)
  expect(first?.length).toBeGreaterThan(3)
  expect(then?.[0]?.distance).toBeLessThan(first?.[0]?.distance ?? 0)
  expect(then?.[0]?.arrival).toBeLessThan(first?.[0]?.arrival ?? 0)
  expect(then?.[0]?.closing).toBeCloseTo(3, 1)
})

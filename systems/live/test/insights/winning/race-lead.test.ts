import { describe, expect, test } from 'vitest'
import type { FeedEvent, RaceCar, RaceFlagState } from '../../../src/domain/feed-event.ts'
import { keyMomentsRule } from '../../../src/insights/winning/moments/key-moments-rule.ts'
import { runRule } from './run-rule.ts'

function field(lap: number, leader: string, flag: RaceFlagState = 'green'): FeedEvent {
  const car = (carId: string): RaceCar => ({
    carId,
    number: carId,
    driver: `Driver ${carId}`,
    position: carId === leader ? 1 : 2,
    lapsCompleted: lap,
    gapToLeader: null,
    lastLapSeconds: null,
    lastLapSpeedMps: null,
    bestLapSeconds: null,
    pitStops: 0,
    isRunning: true,
    lapFraction: null,
  })
  return {
    kind: 'race-state',
    lap,
    lapsToGo: 100 - lap,
    elapsedSeconds: lap * 30,
    flag,
    cars: [car('a'), car('b')],
    matchId: 'race',
    clocks: { eventTimeMs: lap * 30_000, eventTimeFrom: 'session', game: null, smpte: null },
    sourceRef: `race#${lap}`,
  }
}

describe('key moments of a race', () => {
  test('tell a change of the lead on the track, the later the higher, and in the last laps always [LIVE-WIN-04]', () => {
    const { insights } = runRule(keyMomentsRule, [
      field(1, 'a'),
      field(30, 'b'),
      field(60, 'b'),
      field(80, 'a'),
      field(95, 'b'),
    ])
    expect(insights.map(({ occasion }) => occasion)).toEqual(['lead-30-b', 'lead-80-a', 'lead-95-b'])
    expect(insights.map(({ importance }) => importance)).toEqual(
      insights.map(({ importance }) => importance).toSorted((a, b) => a - b),
    )
    expect(insights.at(-1)).toMatchObject({
      kind: 'race.key-moment',
      importance: 1,
      headline: 'Driver b takes the lead on lap 95.',
    })
  })

  test('pass over the first leader, and places that change in the pits of an early caution', () => {
    expect(
      runRule(keyMomentsRule, [field(1, 'a'), field(10, 'b', 'caution'), field(11, 'b')]).insights,
    ).toEqual([])
  })
})

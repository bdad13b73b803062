import { expect, test } from 'vitest'
import type { FeedEvent } from '../../../src/domain/feed-event.ts'
import type { CrossFitted } from '../../../src/learn/model.ts'
import { addFrame, openPlay } from '../../../src/insights/tracking/play-state.ts'
import type { PlayState } from '../../../src/insights/tracking/play-state.ts'
import { noteArrivals } from '../../../src/insights/tracking/rusher-arrivals.ts'
import { rusherColumns, rusherRows } from '../../../src/insights/tracking/rusher-features.ts'
import { rusherScores, sampleRushers } from '../../../src/insights/tracking/rusher-model.ts'
import { createRusherRule } from '../../../src/insights/tracking/rusher-rule.ts'
import { heard } from './heard.ts'
import { isFrame, madePlay, snapTenths, startMs, usual } from './made-play.ts'

/** The nearer he is, the likelier he arrives. */
const byDistance: CrossFitted = {
  columns: rusherColumns,
  forGroup: () => ({
    predict(features, at, out) {
      out[0] = Math.max(0, 1 - features[at]! / 10)
    },
  }),
  floorFor: () => null,
}

/** Plays a made play up to so many tenths after the snap. */
function playUntil(events: readonly FeedEvent[], tenths: number): PlayState {
  const [start] = events
  if (start?.kind !== 'nfl-play-start') throw new Error('A play begins with its start.')
  const play = openPlay(start)
  for (const frame of events.filter(isFrame)) if (frame.frame <= snapTenths + tenths) addFrame(play, frame)
  return play
}

function arrivals(events: readonly FeedEvent[]): [string, number][] {
  const [start] = events
  if (start?.kind !== 'nfl-play-start') throw new Error('A play begins with its start.')
  const play = openPlay(start)
  const crossed = new Set<string>()
  const arrived = new Map<string, number>()
  for (const frame of events.filter(isFrame)) {
    addFrame(play, frame)
    noteArrivals(play, crossed, arrived)
  }
  return [...arrived]
}

test('a rusher arrives within 1.5 yd of the passer, or fast within 2.0 yd, and not after the throw [LIVE-TRACKING-08]', () => {
  // 6.1 yd to go for those inside: within 1.5 yd after 2.1 s at 2.2 yd/s; the ends have further.
  expect(arrivals(madePlay({ ...usual, rushSpeed: 2.2 }))).toEqual([
    ['d1', 2100],
    ['d2', 2100],
    ['d0', 2600],
    ['d3', 2600],
  ])
  // At 4 yd/s under 2.0 yd is enough.
  expect(arrivals(madePlay({ ...usual, rushSpeed: 4 }))[0]).toEqual(['d1', 1100])
  expect(arrivals(madePlay({ ...usual, rushSpeed: 2.2, throwTenths: 20 }))).toEqual([])
})

test('a rush from the left is the same as its mirror, and only who crossed the line rushes [LIVE-TRACKING-08]', () => {
  const events = madePlay({ ...usual, blitzers: ['d6'], rushSpeed: 3 })
  const mirrored = events.map((event): FeedEvent =>
    event.kind === 'nfl-frame'
      ? {
          ...event,
          players: event.players.map((player) => ({
            ...player,
            y: 52 - player.y,
            orientation: (540 - player.orientation!) % 360,
            direction: (540 - player.direction!) % 360,
          })),
          ball: event.ball && { ...event.ball, y: 52 - event.ball.y },
        }
      : event,
  )
  const [one, other] = [events, mirrored].map((play) => rusherRows(playUntil(play, 15), 40))
  expect(one!.places).toHaveLength(5)
  expect(other!.places).toEqual(one!.places)
  expect(Math.max(...one!.features.map((value, at) => Math.abs(value - other!.features[at]!)))).toBeLessThan(
    1e-6,
  )
})

test('who gets there is told as the play runs, scored once at 1.5 s by the tracking itself [LIVE-TRACKING-08]', () => {
  const { insights, outcomes } = heard(
    createRusherRule(() => byDistance),
    madePlay({ ...usual, rushSpeed: 2.2 }),
  )
  const scored = insights.filter(({ isScored }) => isScored)
  expect(new Set(scored.map(({ clocks }) => clocks.eventTimeMs))).toEqual(
    new Set([startMs + snapTenths * 100 + 1500]),
  )
  expect(scored.map(({ subject }) => subject).toSorted()).toEqual(['d0', 'd1', 'd2', 'd3', 'd6'])
  expect(outcomes.map(({ subject, happened }) => `${subject} ${happened}`).toSorted()).toEqual([
    'd0 1',
    'd1 1',
    'd2 1',
    'd3 1',
    'd6 0',
  ])
  expect(insights[0]?.headline).toMatch(/^#5\d Player d\d gets to the passer: \d+ %$/)
  // On a run nobody rushes the passer.
  const run = madePlay(usual).map((event) =>
    event.kind === 'nfl-frame' && event.frame === snapTenths + 20 ? { ...event, event: 'handoff' } : event,
  )
  expect(
    heard(
      createRusherRule(() => byDistance),
      run,
    ).outcomes,
  ).toEqual([])
})

test('scores are of who arrives after the instant, and of whether the likeliest is the first [LIVE-TRACKING-08]', () => {
  const events = madePlay({ ...usual, rushSpeed: 2.2 })
  const start = events[0] as FeedEvent & { kind: 'nfl-play-start' }
  const play = events.at(-1) as FeedEvent & { kind: 'nfl-play' }
  const chart = { isMan: null, scheme: null, wasPressure: null }
  const sampled = sampleRushers([{ matchId: 'made', start, frames: events.filter(isFrame), play, chart }])
  expect(sampled.atMs.every((at) => at >= 500 && at < 2800)).toBe(true)
  const near = Float64Array.from(
    sampled.atMs,
    (_, row) => 1 / (1 + sampled.dataset.features[row * rusherColumns.length]!),
  )
  expect(rusherScores(sampled, near)).toMatchObject({
    rusherAuc1500ms: { value: 1 },
    topRusherHit: { value: 1 },
  })
  const far = near.map((value) => 1 - value)
  expect(rusherScores(sampled, far)['topRusherHit']?.value).toBe(0)
})

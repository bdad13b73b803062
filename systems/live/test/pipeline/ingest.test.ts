import { expect, test } from 'vitest'
import type { LogEvent } from '@heavylift/streams'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import { feedCodec } from '../../src/pipeline/codecs.ts'
import type { FeedReject } from '../../src/feeds/feed-format.ts'
import { FeedHealth } from '../../src/pipeline/ingest/feed-health.ts'
import { createIngest, newCounts } from '../../src/pipeline/ingest/ingest.ts'

function opening(title: string, eventTimeMs = 1_700_000_000_000): FeedEvent {
  return {
    kind: 'match',
    matchId: 'm1',
    clocks: { eventTimeMs, eventTimeFrom: 'wall', game: null, smpte: null },
    sourceRef: 'row 1',
    match: { id: 'm1', sport: 'nfl', title, home: null, away: null, homeSpread: null, race: null },
  }
}

test('an event that no table would take is rejected with what to do, not accepted and lost [LIVE-FEEDS-24]', async () => {
  const appended: unknown[] = []
  const letters: FeedReject[] = []
  const ingest = createIngest(
    {
      append: async (_topic, events) => {
        appended.push(...events)
        return events.map((_event, offset) => ({ offset, duplicate: false }))
      },
    },
    async (_tenantId, reject) => void letters.push(reject),
  )
  const counts = newCounts()
  const spread = {
    ...opening('Home'),
    match: { ...(opening('Home') as { match: object }).match, homeSpread: 1e308 },
  }
  const events = [
    opening('Home\0'),
    opening('Home\ud800'),
    opening('Home', 8.64e15),
    spread as FeedEvent,
    opening('Home 🏈'),
  ]
  await ingest.take(
    'main',
    events.map((event) => ({ event })),
    null,
    counts,
  )
  expect(counts).toMatchObject({ accepted: 1, rejected: 4, matches: ['m1'] })
  expect(appended).toHaveLength(1)
  expect(letters.map(({ where, reason }) => `${where}: ${reason}`)).toEqual([
    'row 1: "match.title" holds a NUL (U+0000), which no text may; leave it out.',
    'row 1: "match.title" holds half a character (a lone surrogate); send whole characters.',
    'row 1: "clocks.eventTimeMs" must be milliseconds since 1970, before the year 10000.',
    'row 1: "match.homeSpread" is no number that can be worked with; send one between −(2^53 − 1) and 2^53 − 1.',
  ])
})

test('a match is told with what is known of its sides, and sent again when more is known it is still the same event [LIVE-WIN-05]', async () => {
  const appended: LogEvent[] = []
  let edge = 3
  const ingest = createIngest(
    {
      append: async (_topic, events) => {
        appended.push(...events)
        return events.map((_event, offset) => ({ offset, duplicate: false }))
      },
    },
    async () => undefined,
    async (_tenantId, match) => ({ ...match, homeEdge: edge }),
  )
  await ingest.take('main', [{ event: opening('Home') }], null, newCounts())
  edge = 4
  await ingest.take('main', [{ event: opening('Home') }], null, newCounts())
  const told = appended.map(({ payload }) => feedCodec.decode(payload, feedCodec.version))
  expect(told).toMatchObject([{ match: { homeEdge: 3 } }, { match: { homeEdge: 4 } }])
  expect(new Set(appended.map(({ id }) => id)).size).toBe(1)
})

test('one wrong clock is refused by the bound, and the events behind it count [LIVE-FEEDS-25]', async () => {
  const hour = 3_600_000
  const nowMs = Date.UTC(2025, 0, 1, 12)
  const appended: LogEvent[] = []
  const letters: (FeedReject & { matchId: string | null })[] = []
  const ingest = createIngest(
    {
      append: async (_topic, events) => {
        appended.push(...events)
        return events.map((_event, offset) => ({ offset, duplicate: false }))
      },
    },
    async (_tenantId, reject, matchId) => void letters.push({ ...reject, matchId }),
    undefined,
    new FeedHealth({ nowMs: () => nowMs }),
  )
  const counts = newCounts()
  const at = (eventTimeMs: number, matchId: string) => ({
    event: { ...opening('Home', eventTimeMs), matchId },
  })
  const recordedMs = Date.UTC(2018, 8, 9)
  const items = [
    at(nowMs - 1000, 'live'),
    at(nowMs + 24 * hour, 'live'),
    at(253_402_300_799_000, 'live'),
    at(1e308, 'live'),
    at(nowMs, 'live'),
    // A recording is years behind, and a jump of a day within it would make all of the rest late.
    at(recordedMs, 'recorded'),
    at(recordedMs + 24 * hour, 'recorded'),
    at(recordedMs + hour, 'recorded'),
  ]
  await ingest.take('main', items, null, counts)
  expect(counts).toMatchObject({ accepted: 4, rejected: 4 })
  expect(appended.map(({ eventTimeMs }) => eventTimeMs)).toEqual([
    nowMs - 1000,
    nowMs,
    recordedMs,
    recordedMs + hour,
  ])
  expect(letters.map(({ reason, matchId }) => `${matchId}: ${reason}`)).toEqual([
    'live: "clocks.eventTimeMs" is 24 hours ahead of this server\'s clock; live.aheadOfClockMs allows an hour.',
    expect.stringMatching(/^live: .* days ahead of this server/),
    'null: "clocks.eventTimeMs" is no number that can be worked with; send one between −(2^53 − 1) and 2^53 − 1.',
    'recorded: "clocks.eventTimeMs" is 24 hours ahead of the match\'s newest event; live.aheadOfMatchMs allows 12 hours.',
  ])
})

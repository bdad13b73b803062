import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import { heavyliftJsonl, recordedLine } from '../../src/feeds/recorded/heavylift-jsonl.ts'
import { recogniseFormat } from '../../src/feeds/recognise-format.ts'
import { manyMatches } from '../../samples/many-matches.ts'
import { simulationOf } from '../../samples/simulations.ts'
import { readItems } from '../feeds/read-items.ts'

const sports = ['nfl', 'nba', 'race', 'soccer']
const eventsOf = (sport: string): FeedEvent[] =>
  Iterator.from(simulationOf(sport)({ seed: 5, startMs: 1_000_000 }))
    .take(600)
    .toArray()
const lines = (events: readonly FeedEvent[]) => events.map((event) => `${recordedLine(event)}\n`).join('')

test.for(sports)('a recorded simulation of %s is read back as it was [LIVE-SIM-06]', async (sport) => {
  const events = eventsOf(sport)
  expect(await readItems(heavyliftJsonl, lines(events))).toEqual({ events, rejects: [] })
  expect(recogniseFormat('anything.txt', Buffer.from(lines(events))).name).toBe('heavylift-jsonl')
})

test('a broken line is rejected by its number and reason, the others are read [LIVE-SIM-06]', async () => {
  const events = eventsOf('nba').slice(0, 3)
  const [first, second, third] = events.map(recordedLine)
  const wrong = second?.replace('"homeScore":0', '"homeScore":"none"') ?? ''
  const feed = [first, wrong, '{"kind":', third].join('\n')
  const { events: read, rejects } = await readItems(heavyliftJsonl, feed)
  expect(read).toEqual([events[0], events[2]])
  expect(rejects.map((reject) => reject.where)).toEqual(['2', '3'])
  expect(rejects[0]?.reason).toMatch(/^"homeScore" is wrong/)
  expect(rejects[1]?.reason).toMatch(/not valid JSON/)
})

test('whatever a line holds, it is an event or a reject [LIVE-SIM-06]', async () => {
  const valid = eventsOf('nfl').slice(0, 1).map(recordedLine)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.json(), fc.constantFrom(...valid)), { maxLength: 8 }),
      async (rows) => {
        const { events, rejects } = await readItems(heavyliftJsonl, rows.join('\n'))
        expect(events.length + rejects.length).toBe(rows.length)
      },
    ),
    { seed: 11, numRuns: 60 },
  )
})

test('many matches come merged in event-time order, each whole in itself [LIVE-SIM-07]', () => {
  const merged = manyMatches({ matches: 6, seed: 40 }).take(4000).toArray()
  expect(new Set(merged.map((event) => event.matchId)).size).toBe(6)
  const times = merged.map((event) => event.clocks.eventTimeMs)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  const first = merged.filter((event) => event.matchId === 'load-40-0')
  expect(first.map((event) => event.sourceRef)).toEqual(first.map((_, index) => `sim#${index + 1}`))
  expect(manyMatches({ matches: 6, seed: 40 }).take(4000).toArray()).toEqual(merged)
})

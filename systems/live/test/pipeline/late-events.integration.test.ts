import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  deadLetterCodec,
  nameDeadLetterTopic,
  MemoryStateStore,
  openDiskLog,
  runProcessor,
} from '@heavylift/streams'
import type { Log, LoggedEvent } from '@heavylift/streams'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import { toLogEvent } from '../../src/pipeline/ingest/ingest.ts'
import { feedCodec, outputCodec } from '../../src/pipeline/codecs.ts'
import { createMatchProcessor } from '../../src/pipeline/match-processor.ts'
import { feedTopic, outputTopic } from '../../src/pipeline/topics.ts'
import { defineRule } from '../../src/domain/rule.ts'

const startMs = Date.UTC(2026, 4, 31, 18)
const allowedLatenessMs = 60_000

/** Says of each lap how many flags it has had. */
const flagsOfLap = defineRule<Record<number, number>>({
  name: 'test.flags',
  version: 1,
  sports: ['race'],
  create: () => ({}),
  onEvent(event, flags, say) {
    if (event.kind !== 'race-flag') return
    flags[event.lap] = (flags[event.lap] ?? 0) + 1
    say.insight({
      kind: 'test.flags',
      subject: 'match',
      occasion: `lap-${event.lap}`,
      clocks: event.clocks,
      headline: `Flags of lap ${event.lap}: ${flags[event.lap]}`,
      estimate: { type: 'score', value: flags[event.lap] ?? 0, low: 0, high: 9 },
      evidence: [],
      leadTimeMs: null,
      importance: 0,
      detail: {},
      isScored: false,
    })
  },
})

const common = (afterMs: number) => ({
  matchId: 'late',
  clocks: { eventTimeMs: startMs + afterMs, eventTimeFrom: 'wall' as const, game: null, smpte: null },
  sourceRef: `after ${afterMs} ms`,
})
const race: FeedEvent = {
  ...common(0),
  kind: 'match',
  match: { id: 'late', sport: 'race', title: 'Race', home: null, away: null, homeSpread: null, race: null },
}
const flag = (afterMs: number, lap: number): FeedEvent => ({
  ...common(afterMs),
  kind: 'race-flag',
  flag: 'caution',
  lap,
  elapsedSeconds: afterMs / 1_000,
  comment: null,
})

let folder: string
let log: Log
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-late-'))
  log = await openDiskLog({ folder })
})
afterAll(async () => {
  await log?.close()
  await rm(folder, { recursive: true })
})

async function readAll(topic: string): Promise<LoggedEvent[]> {
  const { signal } = new AbortController()
  return (await Array.fromAsync(log.read(topic, { fromOffset: 1, until: 'end', signal }))).flat()
}

test('a late event corrects its own occasion, and one that is too late is kept with the reason and counted [LIVE-LATE-01]', async () => {
  const late = flag(100_000 - allowedLatenessMs, 1)
  const tooLate = flag(100_000 - allowedLatenessMs - 1, 1)
  const feed = [race, flag(30_000, 1), flag(100_000, 2), late, tooLate, flag(101_000, 2)]
  await log.append(
    feedTopic,
    feed.map((event) => toLogEvent('main', event)),
  )
  const handle = runProcessor({
    processor: createMatchProcessor({
      rules: [flagsOfLap],
      feed: feedCodec,
      output: outputCodec,
      allowedLatenessMs,
    }),
    log,
    states: new MemoryStateStore(),
    signal: new AbortController().signal,
    until: 'end',
  })
  await handle.done

  const insights = (await readAll(outputTopic)).flatMap(({ payload, schemaVersion }) => {
    const output = outputCodec.decode(payload, schemaVersion)
    return output.type === 'insight' ? [output.insight] : []
  })
  expect(insights.map(({ headline, revision }) => [headline, revision])).toEqual([
    ['Flags of lap 1: 1', 0],
    ['Flags of lap 2: 1', 0],
    ['Flags of lap 1: 2', 1],
    ['Flags of lap 2: 2', 1],
  ])
  expect(insights[2]?.id).toBe(insights[0]?.id)
  expect(insights[2]?.id).not.toBe(insights[1]?.id)

  const letters = (await readAll(nameDeadLetterTopic(feedTopic))).map(({ payload, schemaVersion }) =>
    deadLetterCodec.decode(payload, schemaVersion),
  )
  expect(letters).toMatchObject([
    {
      kind: 'too-late',
      reason: 'It came 60001 ms behind the watermark; 60000 ms are allowed.',
      where: 'live-match',
      key: 'main/late',
      offset: 5,
    },
  ])
  const kept = Buffer.from(letters[0]?.payloadBase64 ?? '', 'base64')
  expect(feedCodec.decode(kept, 1)).toEqual(tooLate)
  expect(handle).toMatchObject({ lateEvents: 2, deadLetters: 1, events: feed.length })
})

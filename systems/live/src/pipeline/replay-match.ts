import type { FeedEvent } from '../domain/feed-event.ts'
import type { LiveOutput } from '../domain/live-output.ts'
import { matchKey } from '../domain/match-key.ts'
import type { Rule } from '../domain/rule.ts'
import { feedCodec, outputCodec } from './codecs.ts'
import { createMatchProcessor } from './match-processor.ts'

/** What the pipeline said, and at which of the events. */
export interface Said {
  /** Index of the event that made it say so. */
  at: number
  output: LiveOutput
}

/** Runs one match through the processor that the pipeline runs, without a log: what would have been shown, in order. */
export function replayMatch(events: Iterable<FeedEvent>, rules: readonly Rule[]): Said[] {
  const processor = createMatchProcessor({
    rules,
    feed: feedCodec,
    output: outputCodec,
    allowedLatenessMs: Number.MAX_SAFE_INTEGER,
  })
  const said: Said[] = []
  let state: ReturnType<typeof processor.createState> | null = null
  let watermarkMs = -Infinity
  let at = -1
  for (const event of events) {
    at++
    const { eventTimeMs } = event.clocks
    const key = matchKey('replay', event.matchId)
    state ??= processor.createState(key)
    processor.onEvent(
      {
        id: String(at),
        key,
        value: event,
        eventTimeMs,
        offset: at + 1,
        isLate: eventTimeMs < watermarkMs,
      },
      {
        state,
        watermarkMs,
        emit: ({ value }) => said.push({ at, output: value }),
        setTimer: () => undefined,
        clearTimer: () => undefined,
        dropState: () => undefined,
      },
    )
    watermarkMs = Math.max(watermarkMs, eventTimeMs)
  }
  return said
}

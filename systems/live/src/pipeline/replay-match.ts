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
export function replayMatch(events: readonly FeedEvent[], rules: readonly Rule[]): Said[] {
  const processor = createMatchProcessor({
    rules,
    feed: feedCodec,
    output: outputCodec,
    allowedLatenessMs: Number.MAX_SAFE_INTEGER,
  })
  const key = matchKey('replay', events[0]?.matchId ?? '')
  const state = processor.createState(key)
  const said: Said[] = []
  let watermarkMs = -Infinity
  for (const [at, event] of events.entries()) {
    const { eventTimeMs } = event.clocks
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

import { sleep } from '@heavylift/core/async'
import type { Log } from '@heavylift/streams'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { toLogEvent } from '../../pipeline/ingest/ingest.ts'
import { feedTopic } from '../../pipeline/topics.ts'

export const matchId = 'failover'

/** Notes a second. */
const rate = 50

/** Resolves when the event is safe. */
export type Send = (event: FeedEvent) => Promise<void>

/** Sends to a log. */
export function sendTo(log: Pick<Log, 'append'>): Send {
  return async (event) => {
    await log.append(feedTopic, [toLogEvent('main', event)])
  }
}

/** Sends the match that the notes belong to. */
export async function announce(send: Send): Promise<void> {
  const match = {
    id: matchId,
    sport: 'race',
    title: 'Failover',
    home: null,
    away: null,
    homeSpread: null,
    race: null,
  } as const
  await send({ kind: 'match', match, matchId, clocks: clocks(1), sourceRef: 'bench' })
}

/** Sends numbered notes one after the other, each at its time or when the one before is safe, again until it is. */
export function publishNotes(
  send: Send,
  signal: AbortSignal,
): { sentAtMs: number[]; end(): Promise<number> } {
  const sentAtMs: number[] = []
  const startMs = Date.now()
  let isEnding = false
  const done = (async () => {
    for (let index = 0; !isEnding && !signal.aborted; index++) {
      sentAtMs[index] = performance.now()
      await Promise.all([sendUntilSafe(send, noteEvent(index, startMs + index), signal), sleep(1_000 / rate)])
    }
    return sentAtMs.length
  })()
  // Whoever ends it hears of a failure.
  done.catch(() => {})
  return {
    sentAtMs,
    end() {
      isEnding = true
      return done
    },
  }
}

async function sendUntilSafe(send: Send, event: FeedEvent, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await send(event)
      return
    } catch (error) {
      if (signal.aborted) throw error
      await sleep(20)
    }
  }
}

function clocks(eventTimeMs: number): FeedEvent['clocks'] {
  return { eventTimeMs, eventTimeFrom: 'wall', game: null, smpte: null }
}

function noteEvent(index: number, atMs: number): FeedEvent {
  return {
    kind: 'race-note',
    lap: 0,
    flag: 'green',
    text: String(index),
    carIds: [],
    matchId,
    clocks: clocks(atMs),
    sourceRef: `note ${index}`,
  }
}

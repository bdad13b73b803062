import type { Clock, Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { FeedEvent } from '../src/domain/feed-event.ts'
import type { Sport } from '../src/domain/match.ts'
import type { Ingest } from '../src/pipeline/ingest/ingest.ts'
import { newCounts } from '../src/pipeline/ingest/ingest.ts'

/** A simulated match: its events in event-time order, from `startMs` on. */
export interface DemoShow {
  sport: Sport
  /** Event time that is played at once when it starts, so that there is something to look back on. */
  prerollMs: number
  /** The graphic that is on air when a match begins, so that there is one to look at. */
  graphic: string
  play(seed: number, startMs: number): Iterable<FeedEvent>
}

export interface DemoOptions {
  tenantId: string
  shows: readonly DemoShow[]
  ingest: Ingest
  clock: Clock
  log: Logger
  signal: AbortSignal
  /** Before a show's next match begins: clears away the one before the last, and puts its graphic on air. */
  onMatch(matchId: string, show: DemoShow): Promise<void>
}

export interface Demo {
  /** Into which its matches are played. */
  readonly tenantId: string
  isRunning(): boolean
  start(): void
  stop(): Promise<void>
}

/** Pause between a show's matches. */
const intervalMs = 45_000
const samplePrefix = 'demo-'

/** Whether a match is one that the demo plays. */
export function isDemoMatch(matchId: string): boolean {
  return matchId.startsWith(samplePrefix)
}

/**
 * Plays simulated matches in real time, one after the other in each show, as long as the server runs. A match's id and
 * seed come from its start, so no two are alike and each can be played again.
 */
export function createDemo(options: DemoOptions): Demo {
  const { shows, clock, log } = options
  let stopper: AbortController | null = null
  let playing: Promise<unknown> = Promise.resolve()

  async function playShow(show: DemoShow, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const startMs = clock.nowMs() - show.prerollMs
      const matchId = `${samplePrefix}${show.sport}-${Math.floor(startMs / 1000).toString(36)}`
      await options.onMatch(matchId, show)
      await playMatch(show, matchId, startMs, signal)
      await sleep(intervalMs, signal)
    }
  }

  async function playMatch(
    show: DemoShow,
    matchId: string,
    startMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    let batch: { event: FeedEvent }[] = []
    const flush = async () => {
      await options.ingest.take(options.tenantId, batch, matchId, newCounts())
      batch = []
    }
    for (const event of show.play(Math.floor(startMs / 1000) % 1_000_003, startMs)) {
      const waitMs = event.clocks.eventTimeMs - clock.nowMs()
      if (waitMs > 2) {
        await flush()
        await sleep(waitMs, signal)
      } else if (batch.length >= 200) {
        await flush()
        // The preroll leaves the server room for others.
        await sleep(1, signal)
      }
      if (signal.aborted) return
      batch.push({ event })
    }
    await flush()
  }

  return {
    tenantId: options.tenantId,
    isRunning: () => stopper !== null,
    start() {
      if (stopper) return
      stopper = new AbortController()
      const signal = AbortSignal.any([stopper.signal, options.signal])
      playing = Promise.all(
        shows.map(async (show) => {
          try {
            await playShow(show, signal)
          } catch (error) {
            if (!signal.aborted) log.error({ error, sport: show.sport }, 'demo match stopped')
          }
        }),
      )
    },
    async stop() {
      stopper?.abort()
      stopper = null
      await playing
    },
  }
}

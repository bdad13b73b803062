import { Wakeup } from '@heavylift/core/async'
import type { Log } from '@heavylift/streams'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { matchKey } from '../../domain/match-key.ts'
import { feedCodec } from '../codecs.ts'
import { feedTopic } from '../topics.ts'
import { drawEvent, emptyPicture } from './draw-picture.ts'
import type { Picture } from './picture.ts'

/** Least time between two pictures of a match, in milliseconds of event time. */
const everyMs = 100
/** One picture in so many milliseconds of event time is kept to scrub back to. */
const keptEveryMs = 400
/** Pictures kept of a match: an hour. */
const picturesKept = 9_000
/** Events read at start, so that a fresh server has pictures. */
const readBack = 20_000

interface MatchPictures {
  picture: Picture
  /** Serialised, oldest first, with their times. */
  history: { atMs: number; json: string }[]
  /** Rises with every picture that clients should see. */
  version: number
  toldMs: number
}

/** Follows the feed and keeps the picture of every match, with an hour behind it. One for all clients of a server. */
export class PictureHub {
  readonly #log: Log
  readonly #matches = new Map<string, MatchPictures>()
  readonly #changed = new Wakeup()

  constructor(log: Log) {
    this.#log = log
  }

  async run(signal: AbortSignal): Promise<void> {
    const { first, next } = await this.#log.range(feedTopic)
    const fromOffset = Math.max(first, next - readBack)
    for await (const batch of this.#log.read(feedTopic, { fromOffset, until: 'follow', signal })) {
      let isNew = false
      for (const event of batch) {
        isNew = this.#draw(event.key, feedCodec.decode(event.payload, event.schemaVersion)) || isNew
      }
      if (isNew) this.#changed.wake()
    }
  }

  current(tenantId: string, matchId: string): Picture | null {
    return this.#matches.get(matchKey(tenantId, matchId))?.picture ?? null
  }

  /** The span that can be scrubbed, in event time; null when nothing is kept. */
  span(tenantId: string, matchId: string): { fromMs: number; toMs: number } | null {
    const history = this.#matches.get(matchKey(tenantId, matchId))?.history
    const first = history?.[0]
    const last = history?.at(-1)
    return first && last ? { fromMs: first.atMs, toMs: last.atMs } : null
  }

  /** Pictures of a span as JSON texts, thinned to at most `limit`. */
  history(tenantId: string, matchId: string, fromMs: number, toMs: number, limit: number): string[] {
    const history = this.#matches.get(matchKey(tenantId, matchId))?.history ?? []
    const within = history.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    const step = Math.max(1, Math.ceil(within.length / limit))
    return within.filter((_, index) => index % step === 0).map(({ json }) => json)
  }

  /** The newest picture whenever it changed; a slow client misses pictures, never the newest. */
  async *follow(tenantId: string, matchId: string, signal: AbortSignal): AsyncGenerator<Picture> {
    for await (const { picture } of this.followSeveral(tenantId, [matchId], signal)) yield picture
  }

  /** As `follow`, of several matches in turn. */
  async *followSeveral(
    tenantId: string,
    matchIds: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<{ matchId: string; picture: Picture }> {
    const seen = new Map<string, number>()
    while (!signal.aborted) {
      const since = this.#changed.count
      let isNew = false
      for (const matchId of matchIds) {
        const match = this.#matches.get(matchKey(tenantId, matchId))
        if (!match || match.version === seen.get(matchId)) continue
        seen.set(matchId, match.version)
        isNew = true
        yield { matchId, picture: match.picture }
      }
      if (!isNew) await this.#changed.wait({ since, signal })
    }
  }

  forget(tenantId: string, matchId: string): void {
    this.#matches.delete(matchKey(tenantId, matchId))
  }

  #draw(key: string, event: FeedEvent): boolean {
    let match = this.#matches.get(key)
    if (!match) {
      if (event.kind !== 'match') return false
      match = { picture: emptyPicture(event.match.sport), history: [], version: 0, toldMs: 0 }
      this.#matches.set(key, match)
    }
    drawEvent(match.picture, event)
    const { atMs } = match.picture
    const isDue = atMs - match.toldMs >= everyMs || event.kind === 'match-end'
    if (!isDue) return false
    match.toldMs = atMs
    match.version++
    if (atMs - (match.history.at(-1)?.atMs ?? 0) >= keptEveryMs) {
      match.history.push({ atMs, json: JSON.stringify(match.picture) })
      if (match.history.length > picturesKept * 1.2) match.history = match.history.slice(-picturesKept)
    }
    return true
  }
}

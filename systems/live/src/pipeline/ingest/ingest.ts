import { createHash } from 'node:crypto'
import { systemClock } from '@heavylift/core'
import { findUnacceptable, latestTimeMs } from '@heavylift/core/input'
import type { Log, LogEvent } from '@heavylift/streams'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { matchKey } from '../../domain/match-key.ts'
import type { Match } from '../../domain/match.ts'
import type { FeedItem, FeedReject } from '../../feeds/feed-format.ts'
import { rejectOf } from '../../feeds/read-source.ts'
import { feedCodec } from '../codecs.ts'
import { feedTopic } from '../topics.ts'
import { FeedHealth } from './feed-health.ts'

/** What became of the items of a feed so far. */
export interface IngestCounts {
  accepted: number
  /** Were there already: the same event sent twice counts once. */
  duplicates: number
  rejected: number
  matches: string[]
  /** The first rejects; all of them are in the dead-letter topic. */
  rejects: FeedReject[]
}

export interface Ingest {
  /**
   * Appends events and dead-letters rejects, in order; resolves when all are safe. `matchId` renames the match. Counts
   * are added to `counts`.
   */
  take(
    tenantId: string,
    items: readonly FeedItem[],
    matchId: string | null,
    counts: IngestCounts,
  ): Promise<void>
}

const rejectsShown = 20

export function newCounts(): IngestCounts {
  return { accepted: 0, duplicates: 0, rejected: 0, matches: [], rejects: [] }
}

/** Adds what is known of a match besides its feed, such as how strong its sides were before. */
export type EnrichMatch = (tenantId: string, match: Match, startMs: number) => Promise<Match>

export function createIngest(
  log: Pick<Log, 'append'>,
  deadLetter: (tenantId: string, reject: FeedReject, matchId: string | null) => Promise<void>,
  enrich: EnrichMatch = async (_tenantId, match) => match,
  health: FeedHealth = new FeedHealth(systemClock),
): Ingest {
  return {
    async take(tenantId, items, matchId, counts) {
      const events: LogEvent[] = []
      for (const item of items) {
        const { event: read, reject } = checked(item)
        const event = read === null || matchId === null ? read : renamed(read, matchId)
        const key = event === null ? '' : matchKey(tenantId, event.matchId)
        const fault = event === null ? null : health.faultOf(key, event.clocks.eventTimeMs)
        if (event === null || fault !== null) {
          const why = event === null ? reject : rejectOf(event.sourceRef, fault ?? '', event).reject
          if (why === null) continue
          counts.rejected++
          if (counts.rejects.length < rejectsShown) counts.rejects.push(why)
          await deadLetter(tenantId, why, event?.matchId ?? matchId)
          continue
        }
        health.saw(key, event.clocks.eventTimeMs)
        if (!counts.matches.includes(event.matchId)) counts.matches.push(event.matchId)
        events.push(await enriched(tenantId, event, enrich, 'id' in item ? item.id : undefined))
      }
      if (events.length === 0) return
      for (const [at, { duplicate }] of (await log.append(feedTopic, events)).entries()) {
        health.took(events[at]?.key ?? '', duplicate)
        if (duplicate) counts.duplicates++
        else counts.accepted++
      }
    },
  }
}

type Checked = { event: FeedEvent; reject: null } | { event: null; reject: FeedReject }

/** An event with what no table would take is rejected here: later nobody is there any more to be told. */
function checked(item: FeedItem): Checked {
  if ('reject' in item) return { event: null, reject: item.reject }
  const { event } = item
  const fault = findUnacceptable(event)
  if (fault === null && Math.abs(event.clocks.eventTimeMs) <= latestTimeMs) return { event, reject: null }
  const reason = fault
    ? `"${fault.path.join('.')}" ${fault.message}.`
    : '"clocks.eventTimeMs" must be milliseconds since 1970, before the year 10000.'
  return { event: null, reject: rejectOf(event.sourceRef, reason, event).reject }
}

function renamed(event: FeedEvent, matchId: string): FeedEvent {
  return event.kind === 'match'
    ? { ...event, matchId, match: { ...event.match, id: matchId } }
    : { ...event, matchId }
}

/** Its id stays that of the event as it came: sent again when more is known, it is still the same. */
async function enriched(
  tenantId: string,
  event: FeedEvent,
  enrich: EnrichMatch,
  id: string | undefined,
): Promise<LogEvent> {
  const logged = toLogEvent(tenantId, event, id)
  if (event.kind !== 'match') return logged
  const match = await enrich(tenantId, event.match, event.clocks.eventTimeMs)
  return { ...logged, payload: feedCodec.encode({ ...event, match }) }
}

/**
 * The id is a hash of match and content: the same event by another road, or sent again, is the same; a corrected one is new. A
 * feed that knows better what makes an event the same says so by `sameAs`.
 */
export function toLogEvent(tenantId: string, event: FeedEvent, sameAs?: string): LogEvent {
  const key = matchKey(tenantId, event.matchId)
  const payload = feedCodec.encode(event)
  const id = createHash('sha1')
    .update(key)
    .update(sameAs === undefined ? payload : `\0${sameAs}`)
    .digest('base64url')
  return {
    id,
    key,
    eventTimeMs: event.clocks.eventTimeMs,
    schemaVersion: feedCodec.version,
    payload,
  }
}

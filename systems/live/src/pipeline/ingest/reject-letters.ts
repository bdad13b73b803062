import { createHash } from 'node:crypto'
import type { Clock } from '@heavylift/core'
import { openDeadLetters } from '@heavylift/streams'
import type { Log } from '@heavylift/streams'
import { matchKey } from '../../domain/match-key.ts'
import type { FeedReject } from '../../feeds/feed-format.ts'
import { feedTopic } from '../topics.ts'

/** Keeps parts of feeds that could not be read in the feed's dead-letter topic, with the reason. The same part counts once. */
export function rejectLetters(
  log: Log,
  clock: Clock,
): (tenantId: string, reject: FeedReject, matchId: string | null) => Promise<void> {
  const letters = openDeadLetters(log, feedTopic)
  return async (tenantId, { where, reason, raw }, matchId) => {
    const payload = Buffer.from(raw)
    const id = createHash('sha1').update(`${tenantId}|${where}|`).update(payload).digest('base64url')
    const event = {
      id,
      // Without a match where the feed named none.
      key: matchKey(tenantId, matchId ?? ''),
      // It was never an event; when it came is all that is known.
      eventTimeMs: clock.nowMs(),
      schemaVersion: 0,
      payload,
      offset: 0,
      appendedAtMs: clock.nowMs(),
    }
    await letters.add(event, `parser ${where} ${id.slice(0, 8)}`, reason)
  }
}

import type { FeedEvent } from '../../src/domain/feed-event.ts'
import type { FeedFormat, FeedReject } from '../../src/feeds/feed-format.ts'

/** Cuts bytes into chunks of `size`, as a socket might. */
async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

/** What a format makes of a feed that comes in chunks of `size` bytes. */
export async function readItems(
  format: FeedFormat,
  feed: Uint8Array | string,
  {
    name = 'feed',
    matchId = null,
    size = 1000,
  }: { name?: string; matchId?: string | null; size?: number } = {},
): Promise<{ events: FeedEvent[]; rejects: FeedReject[] }> {
  const bytes = typeof feed === 'string' ? Buffer.from(feed) : feed
  const events: FeedEvent[] = []
  const rejects: FeedReject[] = []
  const { signal } = new AbortController()
  for await (const item of format.parse(chunksOf(bytes, size), { name, matchId, signal })) {
    if ('event' in item) events.push(item.event)
    else rejects.push(item.reject)
  }
  return { events, rejects }
}

import type { FeedFormat } from '../../feeds/feed-format.ts'
import { newCounts } from './ingest.ts'
import type { Ingest, IngestCounts } from './ingest.ts'

export interface PushOptions {
  tenantId: string
  format: FeedFormat
  /** Names the feed in evidence, e.g. a file's name. */
  name: string
  /** Renames the match; null keeps the feed's own id. */
  matchId: string | null
  signal: AbortSignal
  /** After each part that is safe. */
  onProgress?: (counts: IngestCounts) => void
}

/** Most items appended at once; fewer when the feed pauses. */
const itemsAtOnce = 500

/**
 * Parses a feed as it comes and appends what it says. Nothing is read ahead of what is safe, so a fast sender is slowed
 * to the log's pace. Resolves with the counts at the end of the feed.
 */
export async function pushFeed(
  ingest: Ingest,
  source: AsyncIterable<Uint8Array>,
  options: PushOptions,
): Promise<IngestCounts> {
  const { tenantId, format, name, matchId, signal } = options
  const counts = newCounts()
  const items = format.parse(source, { name, matchId, signal })[Symbol.asyncIterator]()
  const next = () => {
    const item = items.next()
    // It may fail while the batch before it is being stored; it is awaited, and then throws, after that.
    item.catch(() => {})
    return item
  }
  let pending = next()
  for (;;) {
    const first = await pending
    if (first.done === true) return counts
    const batch = [first.value]
    let isDone = false
    pending = next()
    // Takes what is there already and waits for nothing: a live event must not wait for the next one.
    while (batch.length < itemsAtOnce) {
      const ready = await settledNow(pending)
      if (ready === null) break
      if (ready.done === true) {
        isDone = true
        break
      }
      batch.push(ready.value)
      pending = next()
    }
    await ingest.take(tenantId, batch, matchId, counts)
    options.onProgress?.(counts)
    if (isDone) return counts
  }
}

const notYet = Symbol('not yet')

/** The promise's value if it is there by the next turn of the event loop, else null. */
async function settledNow<T>(promise: Promise<T>): Promise<T | null> {
  const value = await Promise.race([
    promise,
    new Promise<typeof notYet>((resolve) => setImmediate(resolve, notYet)),
  ])
  return value === notYet ? null : value
}

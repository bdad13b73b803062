import type { FeedMapping } from '../feeds/mapping/mapping-schema.ts'
import { readMapping } from '../feeds/mapping/mapping-schema.ts'
import { MappedReader } from '../feeds/mapping/mapped-reader.ts'
import { newCounts } from '../pipeline/ingest/ingest.ts'
import type { Ingest, IngestCounts } from '../pipeline/ingest/ingest.ts'
import type { MappingStore } from './mapping-store.ts'

export interface MappedPushOptions {
  tenantId: string
  mapping: FeedMapping
  /** Renames the match, and keeps feeds of one mapping apart; null keeps the feed's own id. */
  matchId: string | null
  signal: AbortSignal
  /** After each part that is safe. */
  onProgress?: (counts: IngestCounts) => void
}

/** A part of a feed. With `isWhole` it ends no row in the middle: a message, or the end of a body. */
export interface FeedPart {
  bytes: Uint8Array
  isWhole: boolean
}

/** The mapping that a sender names. Throws a NotFoundError (`mapping-not-found`). */
export async function mappingNamed(
  mappings: MappingStore,
  tenantId: string,
  name: string,
): Promise<FeedMapping> {
  return readMapping((await mappings.get(tenantId, name)).mapping)
}

/** Parts of one feed come one after the other, whatever connection they come by. */
const turns = new Map<string, Promise<unknown>>()

async function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
  const before = turns.get(key) ?? Promise.resolve()
  const turn = before.then(run, run)
  turns.set(key, turn)
  try {
    return await turn
  } finally {
    if (turns.get(key) === turn) turns.delete(key)
  }
}

/**
 * Takes a live feed by a mapping, part by part. What is remembered of it (the score that blanks mean, the standing, the rows that came
 * last) is kept beside the log, after the events are safe and before the part is acknowledged: whoever sends again what was
 * not acknowledged, to this server or to one that was started anew, loses nothing and doubles nothing.
 */
export async function pushMapped(
  { ingest, mappings }: { ingest: Ingest; mappings: MappingStore },
  parts: AsyncIterable<FeedPart>,
  { tenantId, mapping, matchId, signal, onProgress }: MappedPushOptions,
): Promise<IngestCounts> {
  const counts = newCounts()
  const feed = matchId ?? ''
  const reader = new MappedReader(mapping, { name: mapping.name, matchId, as: 'parts' })
  for await (const { bytes, isWhole } of parts) {
    signal.throwIfAborted()
    await inTurn(`${tenantId}/${mapping.name}/${feed}`, async () => {
      const { version, state } = await mappings.state(tenantId, mapping.name, feed)
      reader.restore(state)
      const before = reader.repeated
      const items = reader.push(bytes)
      if (isWhole) items.push(...reader.end())
      await ingest.take(tenantId, items, matchId, counts)
      counts.duplicates += reader.repeated - before
      await mappings.saveState(tenantId, mapping.name, feed, { version, state: reader.state })
    })
    onProgress?.(counts)
  }
  return counts
}

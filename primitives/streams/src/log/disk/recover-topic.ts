import { readdir } from 'node:fs/promises'
import type { Logger } from '@heavylift/core'
import { LogCorruptError } from '../stream-errors.ts'
import type { IdWindow } from './id-window.ts'
import { parseBaseOffset, BlockReader, openSegment, type Segment } from './segment.ts'

/**
 * Opens a topic's segments: cuts the torn end of the last one (a write that a kill or a power loss cut short was never
 * acknowledged), fills the window of ids, and returns the offset that the next event gets.
 */
export async function recoverTopic(
  folder: string,
  ids: IdWindow,
  windowSize: number,
  log: Logger,
): Promise<{ segments: Segment[]; next: number }> {
  const bases = (await readdir(folder))
    .map(parseBaseOffset)
    .filter((base) => base !== null)
    .sort((a, b) => a - b)
  const segments: Segment[] = []
  for (const base of bases) segments.push(await openSegment(folder, base, 'existing'))
  let next = segments[0]?.baseOffset ?? 1
  const last = segments.at(-1)
  for (const [i, segment] of segments.entries()) {
    const following = segments[i + 1]
    if (following !== undefined && following.baseOffset + windowSize < last!.baseOffset) {
      // Older than the window: only the time of its last write is wanted, and that of the file will do for it.
      segment.lastAppendedAtMs = (await segment.file.stat()).mtimeMs
      continue
    }
    next = await scan(segment, ids, segment === last ? log : null)
  }
  return { segments, next }
}

/** Returns the offset after the segment's last event. With a logger, a torn end is cut; without, it is an error. */
async function scan(segment: Segment, ids: IdWindow, log: Logger | null): Promise<number> {
  const reader = new BlockReader(segment, 0)
  let next = segment.baseOffset
  for (;;) {
    const start = reader.position
    try {
      const block = await reader.next()
      if (block === null) return next
      segment.lastAppendedAtMs = block.header.appendedAtMs
      next = block.header.firstOffset + block.header.records
      while (block.records.left > 0) {
        const event = block.records.next()
        ids.add(event.id, event.offset)
      }
    } catch (error) {
      if (log === null || !(error instanceof LogCorruptError)) throw error
      log.warn(
        { path: segment.path, position: start, cutBytes: segment.size - start, nextOffset: next },
        'Cut the torn end of a log segment: a write did not finish before the process or the machine stopped.',
      )
      await segment.file.truncate(start)
      segment.size = start
      segment.written = start
      return next
    }
  }
}

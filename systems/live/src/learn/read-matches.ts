import { InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { basename } from 'node:path'
import type { FeedEvent, MatchEnd } from '../domain/feed-event.ts'
import { openFeedFile, peekFeed } from '../feeds/open-feed-file.ts'
import type { FeedFormat } from '../feeds/feed-format.ts'

/** All events of one match, in feed order. */
export interface MatchRecord {
  matchId: string
  /** Name of the format that it was read from. */
  format: string
  /** Time of the first event. */
  startMs: number
  events: FeedEvent[]
  /** Null when the feed does not say that it ended. */
  end: MatchEnd | null
}

export interface ReadMatchesInput {
  paths: readonly string[]
  /** Files of other formats are left out. */
  formats: readonly FeedFormat[]
  report: ReportProgress
  signal: AbortSignal
}

/** Reads matches from files, one file in memory at a time. Throws `data-not-recognised` when no file is of the formats. */
export async function* readMatches(input: ReadMatchesInput): AsyncGenerator<MatchRecord> {
  let read = 0
  for (const [index, path] of input.paths.entries()) {
    input.signal.throwIfAborted()
    input.report({ stage: 'reading matches', done: index, total: input.paths.length, unit: 'files' })
    const { head, whole } = await peekFeed(openFeedFile(path))
    const format = input.formats.find((one) => one.recognise(basename(path), head) >= 0.5)
    if (format === undefined) continue
    read += 1
    const matches = new Map<string, FeedEvent[]>()
    for await (const item of format.parse(whole, {
      name: basename(path),
      matchId: null,
      signal: input.signal,
    })) {
      if (!('event' in item)) continue
      const events = matches.get(item.event.matchId)
      if (events === undefined) matches.set(item.event.matchId, [item.event])
      else events.push(item.event)
    }
    for (const [matchId, events] of matches)
      yield {
        matchId,
        format: format.name,
        startMs: events[0]!.clocks.eventTimeMs,
        events,
        end: events.findLast((event) => event.kind === 'match-end') ?? null,
      }
  }
  if (read === 0)
    throw new InvalidInputError({
      code: 'data-not-recognised',
      message: `None of the ${input.paths.length} files is of the format ${input.formats.map(({ name }) => name).join(' or ')}.`,
    })
}

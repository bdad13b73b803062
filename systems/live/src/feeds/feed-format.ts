import type { FeedEvent } from '../domain/feed-event.ts'

/** A part of a feed that could not be read. It goes to the dead-letter topic; the feed goes on. */
export interface FeedReject {
  /** Row (from 1, header included), record or JSON path in the feed. */
  where: string
  /** What is wrong and what was expected. */
  reason: string
  /** The beginning of what was there, at most 500 characters. */
  raw: string
}

export type FeedItem =
  /** `id`: what makes an event the same when it is sent again; its content when left out. */
  { event: FeedEvent; id?: string } | { reject: FeedReject }

export interface ParseOptions {
  /** Name of the file or connection, without folder; some formats need it (a game's id). */
  name: string
  /** Used where the feed names no match itself. */
  matchId: string | null
  signal: AbortSignal
}

/** A feed's format. `parse` streams: it holds at most a record (JSON documents that come whole: the document). */
export interface FeedFormat {
  /** e.g. `nfl-tracking`. */
  name: string
  title: string
  /** 0..1: how sure it is that this is its format, from the name and the first 64 KiB (unzipped). */
  recognise(name: string, head: Uint8Array): number
  /** Yields in feed order. Throws an `InvalidInputError` only when nothing of the feed can be read. */
  parse(source: AsyncIterable<Uint8Array>, options: ParseOptions): AsyncIterable<FeedItem>
}

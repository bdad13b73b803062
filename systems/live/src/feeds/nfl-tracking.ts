import { InvalidInputError } from '@heavylift/core'
import type { FeedFormat, FeedItem, ParseOptions } from './feed-format.ts'
import { matchEvent, playEvents, teamsOf } from './nfl-tracking-play.ts'
import type { Teams } from './nfl-tracking-play.ts'
import { missingColumns, readPlayFacts, readTrackingRow, trackingColumns } from './nfl-tracking-row.ts'
import type { PlayFacts, TrackingColumns, TrackingRow } from './nfl-tracking-row.ts'
import { headerColumns, readRows, rejectOf } from './read-source.ts'

/** Four minutes of 23 rows at 10 Hz; a play that is longer is a file in the wrong order. */
const mostRowsOfPlay = 60_000

/**
 * Player tracking of NFL plays: NGS highlights (TSV) and the Big Data Bowl (CSV), see `nfl-tracking-row.ts`. Their rows go by
 * play, then player, then time, so a play is held whole before its frames can be told in time order.
 */
export const nflTracking: FeedFormat = {
  name: 'nfl-tracking',
  title: 'NFL player tracking (NGS highlights TSV, Big Data Bowl CSV)',
  recognise(_name, head) {
    const header = headerColumns(head)
    return missingColumns(trackingColumns(header)).length === 0 && header.size >= 10 ? 0.95 : 0
  },
  parse,
}

async function* parse(source: AsyncIterable<Uint8Array>, options: ParseOptions): AsyncGenerator<FeedItem> {
  let columns: TrackingColumns | null = null
  let play: OpenPlay | null = null
  const told = new Map<string, Teams>()
  const seenPlays = new Set<string>()

  for await (const raw of readRows(source, 'csv', options.signal)) {
    if (!('fields' in raw)) {
      yield rejectOf(`row ${raw.line}`, raw.reason, raw.raw)
      continue
    }
    columns ??= columnsOf(raw.fields, options.name)
    const row = readTrackingRow(columns, raw.fields, raw.line)
    if ('reason' in row) {
      yield rejectOf(`row ${raw.line}`, row.reason, raw.raw)
      continue
    }
    if (play === null || play.gameId !== row.gameId || play.playId !== row.playId) {
      if (play !== null) yield* closePlay(play, told, options)
      const facts = readPlayFacts(columns, raw.fields)
      play = { gameId: row.gameId, playId: row.playId, rows: [], facts, raw: raw.raw, fault: null }
      const key = `${row.gameId} ${row.playId}`
      if (seenPlays.has(key)) play.fault = 'The play came before; rows of a play must follow each other.'
      seenPlays.add(key)
    }
    if (play.rows.length < mostRowsOfPlay) play.rows.push(row)
    else play.fault ??= `The play has more than ${mostRowsOfPlay} rows.`
  }
  if (play !== null) yield* closePlay(play, told, options)
}

function columnsOf(fields: Record<string, unknown>, name: string): TrackingColumns {
  const columns = trackingColumns(Object.keys(fields))
  const missing = missingColumns(columns)
  if (missing.length > 0)
    throw new InvalidInputError({
      code: 'tracking-columns-missing',
      message: `${name} lacks the columns ${missing.join(', ')}. Give a tracking file with its header row.`,
    })
  return columns
}

interface OpenPlay {
  gameId: string
  playId: string
  rows: TrackingRow[]
  facts: PlayFacts
  /** Its first row. */
  raw: string
  /** Why it is rejected as a whole. */
  fault: string | null
}

function* closePlay(play: OpenPlay, told: Map<string, Teams>, options: ParseOptions): Generator<FeedItem> {
  const where = `rows ${play.rows[0]?.row} to ${play.rows.at(-1)?.row}`
  const teams = play.fault === null ? teamsOf(play.rows) : null
  if (teams === null) {
    yield rejectOf(where, play.fault ?? `Play ${play.playId} must have players of two teams.`, play.raw)
    return
  }
  const events = playEvents(play.rows, play.facts, teams, play.gameId, options.name)
  if ('reason' in events) {
    yield rejectOf(where, events.reason, play.raw)
    return
  }
  const before = told.get(play.gameId)
  if (before?.home !== teams.home || before.away !== teams.away) {
    told.set(play.gameId, teams)
    yield { event: matchEvent(play.rows, teams, play.gameId, options.name) }
  }
  for (const event of events) yield { event }
}

import { InvalidInputError } from '@heavylift/core'
import type { FeedFormat, FeedItem, ParseOptions } from './feed-format.ts'
import { matchEvent, playEvents, teamsOf } from './nfl-tracking-play.ts'
import type { Teams } from './nfl-tracking-play.ts'
import { createRowReader, delimiterOf } from './nfl-tracking-row.ts'
import type { PlayFacts, TrackingRow } from './nfl-tracking-row.ts'

/** Four minutes of 23 rows at 10 Hz; a play that is longer is a file in the wrong order. */
const mostRowsOfPlay = 60_000
const longestLine = 65_536

/**
 * Player tracking of NFL plays: NGS highlights (TSV) and the Big Data Bowl (CSV), see `nfl-tracking-row.ts`. Their rows go by
 * play, then player, then time, so a play is held whole before its frames can be told in time order.
 */
export const nflTracking: FeedFormat = {
  name: 'nfl-tracking',
  title: 'NFL player tracking (NGS highlights TSV, Big Data Bowl CSV)',
  recognise(_name, head) {
    const header = new TextDecoder().decode(head).split(/\r?\n/, 1)[0] ?? ''
    const reader = createRowReader(header)
    return reader.missing.length === 0 && header.split(delimiterOf(header)).length >= 10 ? 0.95 : 0
  },
  parse,
}

async function* parse(source: AsyncIterable<Uint8Array>, options: ParseOptions): AsyncGenerator<FeedItem> {
  let reader: ReturnType<typeof createRowReader> | null = null
  let rowNumber = 0
  let play: OpenPlay | null = null
  const told = new Map<string, Teams>()
  const seenPlays = new Set<string>()

  for await (const line of linesOf(source)) {
    rowNumber++
    if (reader === null) {
      reader = createRowReader(line)
      if (reader.missing.length > 0)
        throw new InvalidInputError({
          code: 'tracking-columns-missing',
          message: `${options.name} lacks the columns ${reader.missing.join(', ')}. Give a tracking file with its header row.`,
        })
      continue
    }
    if (line.trim() === '') continue
    const row: TrackingRow | { reason: string } =
      line.length > longestLine
        ? { reason: `The row is longer than ${longestLine} characters.` }
        : reader.read(line, rowNumber)
    if ('reason' in row) {
      yield reject(`row ${rowNumber}`, row.reason, line)
      continue
    }
    if (play === null || play.gameId !== row.gameId || play.playId !== row.playId) {
      if (play !== null) yield* closePlay(play, told, options)
      options.signal.throwIfAborted()
      play = {
        gameId: row.gameId,
        playId: row.playId,
        rows: [],
        facts: reader.facts(line),
        raw: line,
        fault: null,
      }
      const key = `${row.gameId} ${row.playId}`
      if (seenPlays.has(key)) play.fault = 'The play came before; rows of a play must follow each other.'
      seenPlays.add(key)
    }
    if (play.rows.length < mostRowsOfPlay) play.rows.push(row)
    else play.fault ??= `The play has more than ${mostRowsOfPlay} rows.`
  }
  if (play !== null) yield* closePlay(play, told, options)
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
    yield reject(where, play.fault ?? `Play ${play.playId} must have players of two teams.`, play.raw)
    return
  }
  const events = playEvents(play.rows, play.facts, teams, play.gameId, options.name)
  if ('reason' in events) {
    yield reject(where, events.reason, play.raw)
    return
  }
  const before = told.get(play.gameId)
  if (before?.home !== teams.home || before.away !== teams.away) {
    told.set(play.gameId, teams)
    yield { event: matchEvent(play.rows, teams, play.gameId, options.name) }
  }
  for (const event of events) yield { event }
}

function reject(where: string, reason: string, raw: string): FeedItem {
  return { reject: { where, reason, raw: raw.slice(0, 500) } }
}

/** Lines without their ends. A line that outgrows the limit comes cut (and longer than it), so that memory stays bounded. */
async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of source) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > 2 * longestLine) rest = rest.slice(0, longestLine + 1)
    for (const part of parts) yield part.endsWith('\r') ? part.slice(0, -1) : part
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

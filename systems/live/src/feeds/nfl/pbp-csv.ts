import type { RawRow } from '@heavylift/core/rows'
import type { GameClock } from '../../domain/clocks.ts'
import type { FeedEvent } from '../../domain/feed-event.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { createEventTimes, parseWallClock } from '../clocks/event-times.ts'
import { parseGameClock } from '../clocks/game-clock.ts'
import type { JsonObject } from '../read-source.ts'
import { numberOf, readRows, rejectOf, shareOfColumns, textOf } from '../read-source.ts'
import { matchIdOf, nflTeam } from './nfl-match.ts'
import { playFromRow } from './pbp-play.ts'

const wanted = [
  'play_id',
  'game_id',
  'home_team',
  'away_team',
  'posteam',
  'qtr',
  'desc',
  'play_type',
] as const

type Row = Exclude<RawRow, { code: string }>

/** What of a row must be there; the reason when it is not. */
function faultOf(row: JsonObject): string | null {
  for (const column of ['game_id', 'home_team', 'away_team', 'play_id'] as const) {
    if (textOf(row[column]) === '') return `Column "${column}" is empty. Every play needs it.`
  }
  const period = numberOf(row['qtr'])
  if (period === null || !Number.isInteger(period) || period < 1 || period > 12)
    return `Column "qtr" is "${textOf(row['qtr'])}", expected the quarter, 1 to 4, or 5 and more for overtime.`
  const time = textOf(row['time'])
  if (time !== '' && parseGameClock(time) === null)
    return `Column "time" is "${time}", expected minutes and seconds, such as 14:32.`
  for (const column of ['total_home_score', 'total_away_score'] as const) {
    const text = textOf(row[column])
    const score = numberOf(text)
    if (text !== '' && (score === null || score < 0 || !Number.isInteger(score)))
      return `Column "${column}" is "${text}", expected a score.`
  }
  return null
}

/** Reads the plays of one game; rows come in order. */
function createGame(row: JsonObject, name: string) {
  const home = textOf(row['home_team'])
  const away = textOf(row['away_team'])
  const matchId = matchIdOf(textOf(row['old_game_id']) || textOf(row['game_id']))
  const startMs = Date.parse(`${textOf(row['game_date'])}T00:00:00Z`)
  const times = createEventTimes('nfl', Number.isNaN(startMs) ? 0 : startMs)
  let game: GameClock = { period: 1, secondsLeft: 900 }
  let before = { possession: 'home' as 'home' | 'away', homeScore: 0, awayScore: 0 }
  let final: { home: number; away: number } | null = null

  return {
    id: textOf(row['game_id']),
    open(ref: string): FeedEvent {
      const match = {
        id: matchId,
        sport: 'nfl' as const,
        title: `${away} at ${home}`,
        home: nflTeam(home),
        away: nflTeam(away),
        homeSpread: numberOf(row['spread_line']),
        race: null,
      }
      return { kind: 'match', match, matchId, clocks: times(game, null), sourceRef: `${name}#${ref}` }
    },
    play(fields: JsonObject, ref: string): FeedEvent {
      const period = numberOf(fields['qtr']) ?? game.period
      const written = parseGameClock(textOf(fields['time']))
      // Some rows have no time: they happen where the clock stood.
      game = { period, secondsLeft: written ?? (period === game.period ? game.secondsLeft : 900) }
      const play = playFromRow(fields, home, before)
      before = {
        possession: play.situation.possession,
        homeScore: play.homeScoreAfter,
        awayScore: play.awayScoreAfter,
      }
      const homeFinal = numberOf(fields['home_score'])
      const awayFinal = numberOf(fields['away_score'])
      if (homeFinal !== null && awayFinal !== null) final = { home: homeFinal, away: awayFinal }
      const clocks = times({ ...game }, parseWallClock(textOf(fields['time_of_day'])))
      return { ...play, matchId, clocks, sourceRef: `${name}#${ref}` }
    },
    /** The end, and a word where the plays do not add up to the result that the file states. */
    close(ref: string, isOver: boolean): FeedItem[] {
      const items: FeedItem[] = []
      if (final && (final.home !== before.homeScore || final.away !== before.awayScore)) {
        const reason = `The plays of game ${matchId} add up to ${before.homeScore}:${before.awayScore}, its columns home_score and away_score say ${final.home}:${final.away}. The columns are taken for the result.`
        items.push(rejectOf(ref, reason, ''))
      }
      if (!isOver && final === null && (game.period < 4 || game.secondsLeft > 0)) return items
      const homeScore = final?.home ?? before.homeScore
      const awayScore = final?.away ?? before.awayScore
      const clocks = times({ ...game }, null)
      const sourceRef = `${name}#${ref}`
      items.push({
        event: { kind: 'match-end', homeScore, awayScore, order: null, matchId, clocks, sourceRef },
      })
      return items
    },
  }
}

/**
 * Play-by-play of NFL games as nflverse and nflscrapR publish it: one row a play, one or many games a file. A game ends
 * where another begins; the last one when its clock has run out or the file states its result.
 */
export const nflPbpCsv: FeedFormat = {
  name: 'nfl-pbp',
  title: 'NFL play-by-play, CSV of nflverse or nflscrapR',
  recognise(_name, head) {
    const share = shareOfColumns(head, wanted)
    return share === 1 ? 1 : share * 0.5
  },
  async *parse(source, options) {
    let game = null as ReturnType<typeof createGame> | null
    let lastRef = '1'
    for await (const row of readRows(source, 'csv', options.signal)) {
      const ref = `row ${row.line}`
      if ('code' in row) {
        yield rejectOf(ref, row.reason, row.raw)
        continue
      }
      const { fields, raw }: Row = row
      const fault = faultOf(fields)
      if (fault !== null) {
        yield rejectOf(ref, fault, raw)
        continue
      }
      if (game?.id !== textOf(fields['game_id'])) {
        if (game) yield* game.close(lastRef, true)
        game = createGame(fields, options.name)
        yield { event: game.open(ref) }
      }
      yield { event: game.play(fields, ref) }
      lastRef = ref
    }
    if (game) yield* game.close(lastRef, false)
  },
}

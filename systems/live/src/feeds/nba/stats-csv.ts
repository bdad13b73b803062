import type { GameClock } from '../../domain/clocks.ts'
import type { FeedEvent } from '../../domain/feed-event.ts'
import type { Side, Team } from '../../domain/match.ts'
import { createEventTimes } from '../clocks/event-times.ts'
import { parseGameClock } from '../clocks/game-clock.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import type { JsonObject } from '../read-source.ts'
import { numberOf, readRows, rejectOf, shareOfColumns, textOf } from '../read-source.ts'
import { createPossession } from './possession.ts'
import { actionsOfRow, isDefensive, kindOfRow, personOf, wordsOf } from './stats-action.ts'

const wanted = [
  'GAME_ID',
  'EVENTNUM',
  'EVENTMSGTYPE',
  'PERIOD',
  'PCTIMESTRING',
  'SCORE',
  'PLAYER1_ID',
] as const

/** Rows that wait until both teams are known; the jump ball, the second row, names both. */
const mostHeldRows = 60

/** The first of October of the season that a game's id names (`00215…` is 2015): the feed has no date. */
function startOf(gameId: string): number {
  const year = /^00\d(\d{2})\d{5}$/.exec(gameId)?.[1]
  return year === undefined
    ? 0
    : Date.UTC(Number(year) >= 46 ? 1900 + Number(year) : 2000 + Number(year), 9, 1)
}

function faultOf(row: JsonObject): string | null {
  if (textOf(row['GAME_ID']) === '') return 'Column "GAME_ID" is empty.'
  if (textOf(row['EVENTNUM']) === '') return 'Column "EVENTNUM" is empty.'
  const period = numberOf(row['PERIOD'])
  if (period === null || !Number.isInteger(period) || period < 1 || period > 20)
    return `Column "PERIOD" is "${textOf(row['PERIOD'])}", expected 1 to 4, or 5 and more for overtime.`
  if (parseGameClock(textOf(row['PCTIMESTRING'])) === null)
    return `Column "PCTIMESTRING" is "${textOf(row['PCTIMESTRING'])}", expected minutes and seconds, such as 11:38.`
  if (kindOfRow(numberOf(row['EVENTMSGTYPE']) ?? 0, 0, '', false) === null)
    return `Column "EVENTMSGTYPE" is "${textOf(row['EVENTMSGTYPE'])}", expected 1 to 13 or 18.`
  return null
}

interface Held {
  fields: JsonObject
  ref: string
}

function createGame(gameId: string, name: string) {
  const times = createEventTimes('nba', startOf(gameId))
  const possession = createPossession()
  const teams: Record<Side, Team | null> = { home: null, away: null }
  let held: Held[] | null = []
  let clock: GameClock = { period: 1, secondsLeft: 720 }
  let scores = { homeScore: 0, awayScore: 0 }
  let counted = { home: 0, away: 0 }
  let lastShooter: Side | null = null
  let hasEnded = false

  const learnTeams = (row: JsonObject) => {
    for (const number of [1, 2, 3] as const) {
      const person = personOf(row, number)
      const abbreviation = textOf(row[`PLAYER${number}_TEAM_ABBREVIATION`])
      if (!person?.side || abbreviation === '' || teams[person.side]) continue
      const city = textOf(row[`PLAYER${number}_TEAM_CITY`])
      const nickname = textOf(row[`PLAYER${number}_TEAM_NICKNAME`])
      const id = String(numberOf(row[`PLAYER${number}_TEAM_ID`]) ?? abbreviation)
      teams[person.side] = {
        id,
        abbreviation,
        name: `${city} ${nickname}`.trim() || abbreviation,
        colour: null,
      }
    }
  }
  const open = (ref: string): FeedEvent => {
    const { home, away } = teams
    const title = `${away?.name ?? 'Visitors'} at ${home?.name ?? 'home'}`
    const match = { id: gameId, sport: 'nba' as const, title, home, away, homeSpread: null, race: null }
    return { kind: 'match', match, matchId: gameId, clocks: times(clock, null), sourceRef: `${name}#${ref}` }
  }
  function* play({ fields, ref }: Held): Generator<FeedItem> {
    const period = numberOf(fields['PERIOD']) ?? clock.period
    clock = { period, secondsLeft: parseGameClock(textOf(fields['PCTIMESTRING'])) ?? 0 }
    const type = numberOf(fields['EVENTMSGTYPE']) ?? 0
    const side = personOf(fields, 1)?.side ?? null
    const words = wordsOf(fields)
    const kind = kindOfRow(
      type,
      numberOf(fields['EVENTMSGACTIONTYPE']) ?? 0,
      words,
      isDefensive(side, lastShooter),
    )
    if (!kind) return
    // SCORE is "visitor - home" and stands on rows that change it.
    const score = /^(\d+) - (\d+)$/.exec(textOf(fields['SCORE']))
    if (score) scores = { homeScore: Number(score[2]), awayScore: Number(score[1]) }
    if (type <= 3) lastShooter = side ?? lastShooter
    if (type === 13) hasEnded = period >= 4 && scores.homeScore !== scores.awayScore
    for (const action of actionsOfRow(fields, kind, scores)) {
      if (action.side) counted = { ...counted, [action.side]: counted[action.side] + action.points }
      const event = { ...action, possession: possession(action, period), matchId: gameId }
      yield { event: { ...event, clocks: times(clock, null), sourceRef: `${name}#${ref}` } }
    }
  }
  function* release(): Generator<FeedItem> {
    const rows = held ?? []
    held = null
    if (rows[0]) yield { event: open(rows[0].ref) }
    for (const row of rows) yield* play(row)
  }

  return {
    id: gameId,
    *take(row: Held): Generator<FeedItem> {
      learnTeams(row.fields)
      if (held === null) return yield* play(row)
      held.push(row)
      if ((teams.home && teams.away) || held.length >= mostHeldRows) yield* release()
    },
    *close(ref: string): Generator<FeedItem> {
      yield* release()
      if (!hasEnded) return
      const { homeScore, awayScore } = scores
      if (counted.home !== homeScore || counted.away !== awayScore) {
        const reason = `The made shots of game ${gameId} add up to ${counted.home}:${counted.away}, its last score is ${homeScore}:${awayScore}. The last score is taken for the result.`
        yield rejectOf(ref, reason, '')
      }
      const end = { kind: 'match-end' as const, homeScore, awayScore, order: null, matchId: gameId }
      yield { event: { ...end, clocks: times(clock, null), sourceRef: `${name}#${ref}` } }
    },
  }
}

/**
 * Play-by-play of the NBA's stats site as CSV: one row an event, one or many games a file. Rows keep the feed's order:
 * the numbers in EVENTNUM do not rise with the game.
 */
export const nbaStatsCsv: FeedFormat = {
  name: 'nba-stats',
  title: 'NBA play-by-play of the stats site, CSV',
  recognise(_name, head) {
    const share = shareOfColumns(head, wanted)
    return share === 1 ? 1 : share * 0.5
  },
  async *parse(source, options) {
    let game = null as ReturnType<typeof createGame> | null
    let lastRef = '1'
    for await (const row of readRows(source, 'csv', options.signal)) {
      const ref = `row ${row.line}`
      const fault = 'code' in row ? row.reason : faultOf(row.fields)
      if ('code' in row || fault !== null) {
        yield rejectOf(ref, fault ?? '', row.raw)
        continue
      }
      // Spreadsheets take the zeros off: ids of the stats site have ten digits.
      const gameId = textOf(row.fields['GAME_ID']).replace(/^\d+$/, (digits) => digits.padStart(10, '0'))
      if (game?.id !== gameId) {
        if (game) yield* game.close(lastRef)
        game = createGame(gameId, options.name)
      }
      yield* game.take({ fields: row.fields, ref })
      lastRef = ref
    }
    if (game) yield* game.close(lastRef)
  },
}

import { InvalidInputError } from '@heavylift/core'
import type { Team } from '../../domain/match.ts'
import { otherSide } from '../../domain/match.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, numberOf, readDocument, rejectOf, textOf } from '../read-source.ts'
import { aliasesOf, leagueEvents } from './league-game.ts'
import { readLeaguePlay } from './league-play.ts'
import type { LeaguePlay } from './league-play.ts'
import type { Score } from './league-scores.ts'
import { matchIdOf } from './nfl-match.ts'
import type { PlayStat } from './stat-ids.ts'

const dayMs = 86_400_000

/** Facts of the game stand in arrays of one value; an empty object stands for none. */
const only = (value: unknown): unknown => (Array.isArray(value) ? (value[0] as unknown) : undefined)

const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** The document has no date, files are named by season and week (`2006_09_DEN_PIT.json`): the week's Sunday, 1970 without such a name. */
function startOf(name: string): number {
  const found = /(?:^|[^\d])((?:19|20)\d{2})_(\d{2})_/.exec(name)
  if (!found) return 0
  const september = Date.UTC(Number(found[1]), 8, 1)
  // A season opens in the week of Labour Day, the first Monday of September.
  const toMonday = (8 - new Date(september).getUTCDay()) % 7
  return september + (toMonday + 6 + 7 * (Number(found[2]) - 1)) * dayMs
}

function teamOf(side: unknown): Team | null {
  if (!isObject(side)) return null
  const abbreviation = textOf(only(side['abbreviation']))
  if (abbreviation === '') return null
  return {
    id: abbreviation,
    abbreviation,
    name: textOf(only(side['nickName'])) || abbreviation,
    colour: null,
  }
}

const statsOf = (record: JsonObject): PlayStat[] =>
  listOf(record['playStats']).flatMap((stat) => {
    const statId = numberOf(stat['statId'])
    if (statId === null) return []
    return [
      {
        statId,
        playerId: textOf(stat['gsisPlayer.id']) || null,
        playerName: textOf(stat['playerName']) || null,
        team: textOf(stat['team.abbreviation']) || null,
        yards: numberOf(stat['yards']),
      },
    ]
  })

/** The side whose ball it is: what comes before a play names it (`JAX  1-10  NYJ 13`); some documents have one side for all plays else. */
function teamWithBall(record: JsonObject, aliases: ReadonlyMap<string, string>): string {
  const named = /^([A-Z]{2,4})\s/.exec(textOf(record['prePlayByPlay']))?.[1]
  return named === undefined ? textOf(record['possessionTeam.abbreviation']) : (aliases.get(named) ?? named)
}

/**
 * Statistics of a document that gives all of them to one side: returns are of the side that had not the ball, what the one with it did is its own,
 * and whose the rest is remains open.
 */
function withSides(stats: readonly PlayStat[], team: string, other: string): PlayStat[] {
  const between = (id: number, from: number, to: number) => id >= from && id <= to
  return stats.map((stat) => {
    const { statId } = stat
    const isReturn = between(statId, 25, 28) || between(statId, 33, 36) || between(statId, 45, 48)
    const isOfBall = between(statId, 2, 24) || between(statId, 29, 44) || between(statId, 69, 78)
    return { ...stat, team: isReturn ? other : isOfBall ? team : null }
  })
}

function readPlays(game: JsonObject, teams: { home: string; away: string }) {
  const plays: LeaguePlay[] = []
  const rejects: FeedItem[] = []
  const records = listOf(game['plays'])
  const aliases = aliasesOf(
    records.map((record) => textOf(record['yardLine'])),
    teams,
  )
  const isOneSided =
    new Set(records.flatMap((one) => textOf(one['possessionTeam.abbreviation']) || [])).size < 2
  for (const [index, record] of records.entries()) {
    // The first row of a game only names it.
    if (record['playType'] === 'GAME_START' || record['playDeleted'] === true) continue
    const pointer = `/plays/${index}`
    const team = teamWithBall(record, aliases)
    const stats = statsOf(record)
    const play = readLeaguePlay(
      {
        id: textOf(record['playId']),
        pointer,
        description: textOf(record['playDescription']),
        period: record['quarter'],
        time: textOf(record['clockTime']),
        team,
        down: record['down'],
        yardsToGo: record['yardsToGo'],
        place: textOf(record['yardLine']).replace(/^[A-Z]+/, (name) => aliases.get(name) ?? name),
        stats: isOneSided ? withSides(stats, team, team === teams.home ? teams.away : teams.home) : stats,
      },
      teams,
      { description: 'playDescription', period: 'quarter' },
    )
    if (typeof play === 'string') rejects.push(rejectOf(pointer, play, record))
    else plays.push(play)
  }
  return { plays, rejects, aliases }
}

/** Points by play from the summary, which keeps the score after each, the try included. Null where the document has none. */
function scoresOf(game: JsonObject, teams: { home: string; away: string }): Map<string, Score> | null {
  const scores = new Map<string, Score>()
  let before = { home: 0, away: 0 }
  for (const entry of listOf(game['scoringSummaries'])) {
    const after = {
      home: numberOf(entry['homeScore']) ?? before.home,
      away: numberOf(entry['visitorScore']) ?? before.away,
    }
    const gained = { home: after.home - before.home, away: after.away - before.away }
    const side = gained.away > gained.home ? 'away' : 'home'
    before = after
    if (gained[side] <= 0) continue
    const isTouchdown = gained[side] >= 6
    scores.set(textOf(entry['playId']), {
      team: teams[side],
      points: isTouchdown ? 6 : gained[side],
      tryPoints: isTouchdown ? gained[side] - 6 : null,
    })
    // The defence can score on the other side's try.
    const other = otherSide(side)
    if (gained[other] > 0)
      scores.set(`${textOf(entry['patPlayId'])}`, {
        team: teams[other],
        points: gained[other],
        tryPoints: null,
      })
  }
  return scores.size === 0 ? null : scores
}

function gameOf(document: unknown): JsonObject | null {
  let at = document
  for (const key of ['data', 'viewer', 'gameDetail']) at = isObject(at) ? at[key] : null
  return isObject(at) ? at : null
}

/** JSON of the league's game detail (`data.viewer.gameDetail`): one document, one game, a list of plays with statistics. */
export const nflGamedetail: FeedFormat = {
  name: 'nfl-gamedetail',
  title: 'NFL game detail, JSON',
  recognise(_name, head) {
    const text = new TextDecoder().decode(head.subarray(0, 4096)).replaceAll(/\s/g, '')
    if (text.startsWith('{"data":{"viewer":{"gameDetail":{')) return 1
    return text.includes('"gameDetail":{') ? 0.8 : 0
  },
  async *parse(source, { name, matchId, signal }) {
    const { document, note } = await readDocument(source, signal)
    if (note !== null) yield note
    const game = gameOf(document)
    if (game === null)
      throw new InvalidInputError({
        code: 'feed-holds-no-game',
        message: 'The document holds no game. Expected {"data": {"viewer": {"gameDetail": {…}}}}.',
      })
    const home = teamOf(game['homeTeam'])
    const away = teamOf(game['visitorTeam'])
    if (home === null || away === null) {
      const reason =
        'The game names no teams ("/homeTeam/abbreviation" and "/visitorTeam/abbreviation", a list of one each).'
      yield rejectOf('/data/viewer/gameDetail', reason, '')
      return
    }
    const teams = { home: home.abbreviation, away: away.abbreviation }
    yield* leagueEvents({
      matchId: matchIdOf(textOf(only(game['id'])) || matchIdFrom(name, matchId)),
      startMs: startOf(name),
      home,
      away,
      ...readPlays(game, teams),
      scores: scoresOf(game, teams),
      isOver: /^final/i.test(textOf(only(game['phase']))),
      final: {
        home: numberOf(only(game['homePointsTotal'])),
        away: numberOf(only(game['visitorPointsTotal'])),
      },
      ref: (pointer) => `${name}#/data/viewer/gameDetail${pointer}`,
    })
  },
}

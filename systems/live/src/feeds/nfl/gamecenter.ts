import { InvalidInputError } from '@heavylift/core'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, numberOf, readDocument, rejectOf, textOf } from '../read-source.ts'
import { leagueEvents } from './league-game.ts'
import { readLeaguePlay } from './league-play.ts'
import type { LeaguePlay } from './league-play.ts'
import { summaryScores } from './league-scores.ts'
import { matchIdOf, nflTeam } from './nfl-match.ts'
import type { PlayStat } from './stat-ids.ts'

/** The start of the day that a game's id begins with, `2011082653`: the feed has no other date. */
function startOf(gameId: string): number {
  const ms = Date.parse(`${gameId.slice(0, 4)}-${gameId.slice(4, 6)}-${gameId.slice(6, 8)}T00:00:00Z`)
  return Number.isNaN(ms) ? 0 : ms
}

function statsOf(players: unknown): PlayStat[] {
  if (!isObject(players)) return []
  const stats: { sequence: number; stat: PlayStat }[] = []
  for (const [playerId, list] of Object.entries(players)) {
    if (!Array.isArray(list)) continue
    for (const stat of list) {
      const statId = isObject(stat) ? numberOf(stat['statId']) : null
      if (!isObject(stat) || statId === null) continue
      const sequence = numberOf(stat['sequence']) ?? 0
      stats.push({
        sequence,
        stat: {
          statId,
          playerId: playerId === '0' ? null : playerId,
          playerName: textOf(stat['playerName']) || null,
          team: textOf(stat['clubcode']) || null,
          yards: numberOf(stat['yards']),
        },
      })
    }
  }
  return stats.toSorted((a, b) => a.sequence - b.sequence).map(({ stat }) => stat)
}

/** Plays in the order of drives and play numbers, and what could not be read. */
function readPlays(drives: unknown, teams: { home: string; away: string }) {
  const plays: LeaguePlay[] = []
  const rejects: FeedItem[] = []
  if (!isObject(drives)) return { plays, rejects }
  for (const [driveId, drive] of Object.entries(drives)) {
    if (driveId === 'crntdrv') continue
    const list = isObject(drive) ? drive['plays'] : null
    if (!isObject(list)) {
      rejects.push(rejectOf(`/drives/${driveId}`, 'The drive has no object "plays".', drive))
      continue
    }
    for (const [id, record] of Object.entries(list)) {
      const pointer = `/drives/${driveId}/plays/${id}`
      const play = readPlay(id, pointer, record, teams)
      if (typeof play === 'string') rejects.push(rejectOf(pointer, play, record))
      else plays.push(play)
    }
  }
  return { plays, rejects }
}

function readPlay(id: string, pointer: string, record: unknown, teams: { home: string; away: string }) {
  if (!isObject(record)) return 'A play must be a JSON object.'
  return readLeaguePlay(
    {
      id,
      pointer,
      description: textOf(record['desc']),
      period: record['qtr'],
      time: textOf(record['time']),
      team: textOf(record['posteam']),
      down: record['down'],
      yardsToGo: record['ydstogo'],
      place: textOf(record['yrdln']),
      stats: statsOf(record['players']),
    },
    teams,
    { description: 'desc', period: 'qtr' },
  )
}

/** The feed's own final score, where it says one. */
function statedScore(side: JsonObject): number | null {
  const score = side['score']
  const total = isObject(score) ? score['T'] : null
  return typeof total === 'number' && Number.isInteger(total) ? total : null
}

function* eventsOf(gameId: string, game: JsonObject, name: string): Generator<FeedItem> {
  const homeSide = isObject(game['home']) ? game['home'] : {}
  const awaySide = isObject(game['away']) ? game['away'] : {}
  const teams = { home: textOf(homeSide['abbr']), away: textOf(awaySide['abbr']) }
  if (teams.home === '' || teams.away === '') {
    yield rejectOf(`/${gameId}`, 'The game names no teams ("/home/abbr" and "/away/abbr").', '')
    return
  }
  yield* leagueEvents({
    matchId: matchIdOf(gameId),
    startMs: startOf(gameId),
    home: nflTeam(teams.home),
    away: nflTeam(teams.away),
    ...readPlays(game['drives'], teams),
    scores: summaryScores(game['scrsummary']),
    isOver: /final/i.test(textOf(game['qtr'])),
    final: { home: statedScore(homeSide), away: statedScore(awaySide) },
    ref: (pointer) => `${name}#/${gameId}${pointer}`,
  })
}

/** JSON of the league's game centre (to 2019): one document, one game, drives of plays with statistics. */
export const nflGamecenter: FeedFormat = {
  name: 'nfl-gamecenter',
  title: 'NFL game centre, JSON',
  recognise(_name, head) {
    const text = new TextDecoder().decode(head.subarray(0, 4096)).replaceAll(/\s/g, '')
    if (/^\{"\d{10}":\{"(home|away)":/.test(text)) return 1
    return text.includes('"scrsummary"') || text.includes('"crntdrv"') ? 0.8 : 0
  },
  async *parse(source, options) {
    const { document, note } = await readDocument(source, options.signal)
    if (note !== null) yield note
    const games = isObject(document) ? Object.entries(document).filter(([, game]) => isObject(game)) : []
    if (games.length === 0) {
      throw new InvalidInputError({
        code: 'feed-holds-no-game',
        message:
          'The document holds no game. Expected an object with the game\'s id as key: {"2011082653": {"home": …, "away": …, "drives": …}}.',
      })
    }
    for (const [gameId, game] of games) yield* eventsOf(gameId, game as JsonObject, options.name)
  },
}

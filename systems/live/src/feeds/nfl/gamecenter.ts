import { InvalidInputError } from '@heavylift/core'
import type { GameClock } from '../../domain/clocks.ts'
import type { Side } from '../../domain/match.ts'
import { createEventTimes } from '../clocks/event-times.ts'
import { parseGameClock, periodSeconds } from '../clocks/game-clock.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, readDocument, rejectOf, textOf } from '../read-source.ts'
import { playersOf, readGamecenterPlay, resultsOf } from './gamecenter-play.ts'
import type { GamecenterPlay } from './gamecenter-play.ts'
import { pointsOfPlays, statedScore } from './gamecenter-scores.ts'
import { matchIdOf, nflTeam } from './nfl-match.ts'
import { timeoutFromWords } from './play-words.ts'

/** The start of the day that a game's id begins with, `2011082653`: the feed has no other date. */
function startOf(gameId: string): number {
  const ms = Date.parse(`${gameId.slice(0, 4)}-${gameId.slice(4, 6)}-${gameId.slice(6, 8)}T00:00:00Z`)
  return Number.isNaN(ms) ? 0 : ms
}

/** Plays in the order of drives and play numbers, and what could not be read. */
function readPlays(drives: unknown, teams: { home: string; away: string }) {
  const plays: GamecenterPlay[] = []
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
      const play = readGamecenterPlay(id, pointer, record, teams)
      if (typeof play === 'string') rejects.push(rejectOf(pointer, play, record))
      else plays.push(play)
    }
  }
  return { plays, rejects }
}

/** Timeouts that are left, rebuilt from the descriptions: three a half, two in overtime. */
function createTimeouts(teams: { home: string; away: string }) {
  let stage = 1
  let left = { home: 3, away: 3 }
  return {
    before(period: number): { home: number; away: number } {
      const now = period <= 2 ? 1 : period <= 4 ? 2 : 3
      if (now !== stage) left = now === 3 ? { home: 2, away: 2 } : { home: 3, away: 3 }
      stage = now
      return left
    },
    after(description: string) {
      const used = timeoutFromWords(description)
      const side = used?.team === teams.home ? 'home' : used?.team === teams.away ? 'away' : null
      if (!used || !side) return
      left = { ...left, [side]: Math.max(0, (stage === 3 ? 2 : 3) - used.number) }
    },
  }
}

function* eventsOf(gameId: string, game: JsonObject, name: string): Generator<FeedItem> {
  const homeSide = isObject(game['home']) ? game['home'] : {}
  const awaySide = isObject(game['away']) ? game['away'] : {}
  const teams = { home: textOf(homeSide['abbr']), away: textOf(awaySide['abbr']) }
  if (teams.home === '' || teams.away === '') {
    yield rejectOf(`/${gameId}`, 'The game names no teams ("/home/abbr" and "/away/abbr").', '')
    return
  }
  const matchId = matchIdOf(gameId)
  const times = createEventTimes('nfl', startOf(gameId))
  const ref = (pointer: string) => `${name}#/${gameId}${pointer}`
  let clock: GameClock = { period: 1, secondsLeft: 900 }
  yield {
    event: {
      kind: 'match',
      match: {
        id: matchId,
        sport: 'nfl',
        title: `${teams.away} at ${teams.home}`,
        home: nflTeam(teams.home),
        away: nflTeam(teams.away),
        homeSpread: null,
        race: null,
      },
      matchId,
      clocks: times(clock, null),
      sourceRef: ref(''),
    },
  }
  const { plays, rejects } = readPlays(game['drives'], teams)
  yield* rejects
  const points = pointsOfPlays(plays, game['scrsummary'], teams)
  const timeouts = createTimeouts(teams)
  let possession: Side = 'home'
  let homeScore = 0
  let awayScore = 0
  for (const [index, play] of plays.entries()) {
    possession = play.possession ?? possession
    const written = parseGameClock(play.time)
    // A row without a time happens where the clock stood; the end of a period at 0:00.
    const stood = play.period === clock.period ? clock.secondsLeft : periodSeconds('nfl', play.period)
    clock = { period: play.period, secondsLeft: written ?? (play.playType === 'period_end' ? 0 : stood) }
    const left = timeouts.before(play.period)
    timeouts.after(play.description)
    const gained = points[index]!
    const situation = {
      playId: play.id,
      possession,
      down: play.down,
      yardsToGo: play.yardsToGo,
      yardsToGoal: play.yardsToGoal,
      homeScore,
      awayScore,
      homeTimeouts: left.home,
      awayTimeouts: left.away,
    }
    homeScore += gained.home
    awayScore += gained.away
    yield {
      event: {
        kind: 'nfl-play',
        situation,
        playType: play.playType,
        yardsGained: play.yardsGained,
        homeScoreAfter: homeScore,
        awayScoreAfter: awayScore,
        results: { ...resultsOf(play), touchdown: gained.home + gained.away >= 6 },
        players: playersOf(play, teams.home),
        description: play.description,
        matchId,
        clocks: times(clock, null),
        sourceRef: ref(play.pointer),
      },
    }
  }
  if (!/final/i.test(textOf(game['qtr']))) return
  const homeFinal = statedScore(homeSide) ?? homeScore
  const awayFinal = statedScore(awaySide) ?? awayScore
  if (homeFinal !== homeScore || awayFinal !== awayScore) {
    const reason = `The plays of game ${gameId} add up to ${homeScore}:${awayScore}, its final score is ${homeFinal}:${awayFinal}. The final score is taken for the result.`
    yield rejectOf(`/${gameId}/home/score/T`, reason, '')
  }
  const end = { homeScore: homeFinal, awayScore: awayFinal, order: null }
  yield { event: { kind: 'match-end', ...end, matchId, clocks: times(clock, null), sourceRef: ref('') } }
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
    const document = await readDocument(source, options.signal)
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

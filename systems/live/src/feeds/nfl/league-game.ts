import type { GameClock } from '../../domain/clocks.ts'
import type { Side, Team } from '../../domain/match.ts'
import { createEventTimes } from '../clocks/event-times.ts'
import { parseGameClock, periodSeconds } from '../clocks/game-clock.ts'
import type { FeedItem } from '../feed-format.ts'
import { rejectOf } from '../read-source.ts'
import { playersOf, resultsOf } from './league-play.ts'
import type { LeaguePlay } from './league-play.ts'
import { pointsOfPlays } from './league-scores.ts'
import type { Points, Score } from './league-scores.ts'
import { timeoutFromWords } from './play-words.ts'

/** A game as a document of the league holds it, whichever form the document has. */
interface LeagueGame {
  matchId: string
  /** Start of its day. */
  startMs: number
  home: Team
  away: Team
  /** In the order in which they were played. */
  plays: LeaguePlay[]
  /** What of the document is no play. */
  rejects: FeedItem[]
  /** The document's own summary of scores, by play. */
  scores: Map<string, Score> | null
  isOver: boolean
  /** Other abbreviations that its texts have for a side (`JAX` where the side is `JAC`). */
  aliases?: ReadonlyMap<string, string>
  /** Its own final score; null where it says none. */
  final: { [side in Side]: number | null }
  /** Reference of a place in the document, from a JSON pointer within the game. */
  ref: (pointer: string) => string
}

/**
 * What texts call a side otherwise than the document's head does: where places name one abbreviation that is neither side's, and only one side
 * in turn is never named, that is meant.
 */
export function aliasesOf(
  places: Iterable<string>,
  teams: { home: string; away: string },
): Map<string, string> {
  const named = new Set([...places].flatMap((place) => /^([A-Z]{2,4}) \d/.exec(place)?.[1] ?? []))
  const sides = [teams.home, teams.away]
  const strange = [...named].filter((name) => !sides.includes(name) && name !== 'MID')
  const unnamed = sides.filter((side) => !named.has(side))
  return strange.length === 1 && unnamed.length === 1 ? new Map([[strange[0]!, unnamed[0]!]]) : new Map()
}

/** Timeouts that are left, rebuilt from the descriptions: three a half, two in overtime. */
function createTimeouts(teams: { home: string; away: string }, aliases: ReadonlyMap<string, string>) {
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
      const team = used && (aliases.get(used.team) ?? used.team)
      const side = team === teams.home ? 'home' : team === teams.away ? 'away' : null
      if (!used || !side) return
      left = { ...left, [side]: Math.max(0, (stage === 3 ? 2 : 3) - used.number) }
    },
  }
}

/** The events of a game: the match, its plays with running score and timeouts, its end. */
export function* leagueEvents(game: LeagueGame): Generator<FeedItem> {
  const { matchId, home, away, plays, ref } = game
  const teams = { home: home.abbreviation, away: away.abbreviation }
  const times = createEventTimes('nfl', game.startMs)
  let clock: GameClock = { period: 1, secondsLeft: 900 }
  yield {
    event: {
      kind: 'match',
      match: {
        id: matchId,
        sport: 'nfl',
        title: `${away.name} at ${home.name}`,
        home,
        away,
        homeSpread: null,
        race: null,
      },
      matchId,
      clocks: times(clock, null),
      sourceRef: ref(''),
    },
  }
  yield* game.rejects
  const points = pointsOfPlays(plays, game.scores, teams)
  const timeouts = createTimeouts(teams, game.aliases ?? new Map())
  let possession: Side = 'home'
  let score: Points = { home: 0, away: 0 }
  for (const [index, play] of plays.entries()) {
    possession = play.possession ?? possession
    const written = parseGameClock(play.time)
    // A row without a time happens where the clock stood; the end of a period at 0:00.
    const stood = play.period === clock.period ? clock.secondsLeft : periodSeconds('nfl', play.period)
    clock = { period: play.period, secondsLeft: written ?? (play.playType === 'period_end' ? 0 : stood) }
    const left = timeouts.before(play.period)
    timeouts.after(play.description)
    const gained = points[index]!
    const before = score
    score = { home: before.home + gained.home, away: before.away + gained.away }
    yield {
      event: {
        kind: 'nfl-play',
        situation: {
          playId: play.id,
          possession,
          down: play.down,
          yardsToGo: play.yardsToGo,
          yardsToGoal: play.yardsToGoal,
          homeScore: before.home,
          awayScore: before.away,
          homeTimeouts: left.home,
          awayTimeouts: left.away,
        },
        playType: play.playType,
        yardsGained: play.yardsGained,
        homeScoreAfter: score.home,
        awayScoreAfter: score.away,
        results: { ...resultsOf(play), touchdown: gained.home + gained.away >= 6 },
        players: playersOf(play, teams.home),
        description: play.description,
        matchId,
        clocks: times(clock, null),
        sourceRef: ref(play.pointer),
      },
    }
  }
  if (game.isOver) yield* endOf(game, score, times(clock, null))
}

/** The end, and a word where the plays do not add up to the result that the document states. */
function* endOf(
  game: LeagueGame,
  score: Points,
  clocks: ReturnType<ReturnType<typeof createEventTimes>>,
): Generator<FeedItem> {
  const { matchId, ref } = game
  const homeScore = game.final.home ?? score.home
  const awayScore = game.final.away ?? score.away
  if (homeScore !== score.home || awayScore !== score.away) {
    const reason = `The plays of game ${matchId} add up to ${score.home}:${score.away}, its final score is ${homeScore}:${awayScore}. The final score is taken for the result.`
    yield rejectOf('final score', reason, '')
  }
  yield {
    event: { kind: 'match-end', homeScore, awayScore, order: null, matchId, clocks, sourceRef: ref('') },
  }
}

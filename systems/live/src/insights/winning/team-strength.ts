import type { Match } from '../../domain/match.ts'

/** A game that is over, as ratings go by it. */
export interface GameResult {
  startMs: number
  /** Ids of the teams. */
  home: string
  away: string
  homeScore: number
  awayScore: number
}

interface League {
  /** Rating points that a result moves at most by, but for the margin. */
  k: number
  /** Rating points of playing at home. */
  home: number
  /** Rating points that make one point on the scoreboard. */
  perPoint: number
  /** Share of a rating's distance from the mean that goes between two seasons. */
  reverted: number
  /** Rating points for a side by the days since its last game. */
  rest(days: number): number
  /** How much a margin counts; a favourite's counts less (Silver 2014). */
  ofMargin(margin: number, favoured: number): number
}

const dayMs = 86_400_000
/** A team that has not played for so long is in another season. */
const seasonGapDays = 100

/** Sports whose matches are expected by past results. */
export type RatedSport = 'nfl' | 'nba' | 'soccer'

/**
 * FiveThirtyEight's published Elo for the American leagues ("How Our NFL Predictions Work", "How We Calculate NBA Elo Ratings"); the World
 * Football Elo Ratings' for soccer (eloratings.net: K of a league, weight of a margin), whose points are goals.
 */
const leagues: Readonly<Record<RatedSport, League>> = {
  nfl: {
    k: 20,
    home: 65,
    perPoint: 25,
    reverted: 1 / 3,
    // A week off; the gap before a season is no rest.
    rest: (days) => (days >= 12 && days < seasonGapDays ? 25 : 0),
    ofMargin: (margin, favoured) => (Math.log(margin + 1) * 2.2) / (0.001 * favoured + 2.2),
  },
  nba: {
    k: 20,
    home: 100,
    perPoint: 28,
    reverted: 1 / 4,
    // The second of two games on two days; games of one day have a feed without dates.
    rest: (days) => (days > 0.4 && days < 1.6 ? -46 : 0),
    ofMargin: (margin, favoured) => (margin + 3) ** 0.8 / (7.5 + 0.006 * favoured),
  },
  soccer: {
    k: 20,
    home: 65,
    perPoint: 160,
    reverted: 0.2,
    rest: () => 0,
    ofMargin: (margin) => (margin <= 1 ? 1 : margin === 2 ? 1.5 : (11 + margin) / 8),
  },
}

interface Standing {
  /** Distance from the mean. */
  rating: number
  lastMs: number
}

/** Whether a game is of the NFL's preseason: July, August and before the first Sunday that can open a season (5 September). */
export function isPreseason(startMs: number): boolean {
  const date = new Date(startMs)
  const day = (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
  return day >= 700 && day < 905
}

/** Points by which home field alone favours a side. */
export const homeField = (sport: RatedSport): number => leagues[sport].home / leagues[sport].perPoint

/**
 * Points by which the home side should win by what came before: Elo ratings with margins, home field and rest. Only results from before
 * the game count, in any order; preseason games do not. Home field alone where nothing is known.
 */
export function homeEdge(
  sport: RatedSport,
  results: readonly GameResult[],
  game: { startMs: number; home: string; away: string },
): number {
  const league = leagues[sport]
  const standings = new Map<string, Standing>()
  const at = (team: string, ms: number): Standing => {
    const known = standings.get(team)
    if (known === undefined) return { rating: 0, lastMs: -Infinity }
    const isNewSeason = ms - known.lastMs > seasonGapDays * dayMs
    return isNewSeason ? { ...known, rating: known.rating * (1 - league.reverted) } : known
  }
  /** Rating points of the home side over the other. */
  const favoured = ({ home, away, startMs }: typeof game): number => {
    const [own, other] = [at(home, startMs), at(away, startMs)]
    const rest = ({ lastMs }: Standing) => league.rest((startMs - lastMs) / dayMs)
    return own.rating - other.rating + league.home + rest(own) - rest(other)
  }
  const past = results.filter(({ startMs }) => startMs < game.startMs)
  for (const result of past.toSorted((a, b) => a.startMs - b.startMs)) {
    if (sport === 'nfl' && isPreseason(result.startMs)) continue
    const { home, away, startMs } = result
    const by = favoured(result)
    const margin = result.homeScore - result.awayScore
    const won = margin > 0 ? 1 : margin < 0 ? 0 : 0.5
    const expected = 1 / (1 + 10 ** (-by / 400))
    // A draw counts as a margin of one.
    const weight = league.ofMargin(Math.max(1, Math.abs(margin)), margin < 0 ? -by : by)
    const move = league.k * weight * (won - expected)
    const [own, other] = [at(home, startMs).rating, at(away, startMs).rating]
    standings.set(home, { rating: own + move, lastMs: startMs })
    standings.set(away, { rating: other - move, lastMs: startMs })
  }
  return favoured(game) / league.perPoint
}

/** The match with its edge by past results; as it is where the sport has no two sides. */
export function withHomeEdge(match: Match, startMs: number, results: readonly GameResult[]): Match {
  const { sport, home, away } = match
  if (sport === 'race' || home === null || away === null) return match
  const edge = homeEdge(sport, results, { startMs, home: home.id, away: away.id })
  return { ...match, homeEdge: Math.round(edge * 100) / 100 }
}

/** The season of a game by its start, e.g. 2009 for one of February 2010. */
export function seasonOf(startMs: number): string {
  const date = new Date(startMs)
  return String(date.getUTCFullYear() - (date.getUTCMonth() < 6 ? 1 : 0))
}

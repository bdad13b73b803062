import { overRows } from '../learn/bootstrap.ts'
import { brier, ece } from '../learn/metrics.ts'
import { insightsOf, shownMatches } from './shown-matches.ts'
import type { ShownMatchesInput } from './shown-matches.ts'
import { worstOf, worstSource } from '../learn/worst-source.ts'

/** One word on the winner as it was shown. */
export interface ShownChance {
  matchId: string
  season: string
  teams: [home: string, away: string]
  startMs: number
  /** Play or action after which it was said. */
  occasion: string
  period: number
  secondsLeft: number
  homeScore: number
  awayScore: number
  home: number
  homeWon: 0 | 1
}

/** Every chance to win that was shown in matches that somebody won, in order. */
export async function shownChances(
  sport: 'nfl' | 'nba',
  input: ShownMatchesInput,
): Promise<{ chances: ShownChance[]; ties: number; unfinished: number }> {
  const chances: ShownChance[] = []
  let ties = 0
  let unfinished = 0
  for await (const { matchId, season, startMs, end, events, said } of shownMatches(input)) {
    if (end?.homeScore == null || end.awayScore === null) {
      unfinished++
      continue
    }
    if (end.homeScore === end.awayScore) {
      ties++
      continue
    }
    const match = events.find((event) => event.kind === 'match')?.match
    for (const { insight } of insightsOf(said, `${sport}.win-probability`)) {
      // The result is no forecast.
      if (insight.estimate.type !== 'probability' || insight.detail['isOver'] === true) continue
      chances.push({
        matchId,
        season,
        teams: [match?.home?.id ?? '', match?.away?.id ?? ''],
        startMs,
        occasion: insight.occasion,
        period: insight.clocks.game?.period ?? 0,
        secondsLeft: insight.clocks.game?.secondsLeft ?? 0,
        homeScore: Number(insight.detail['homeScore']),
        awayScore: Number(insight.detail['awayScore']),
        home: insight.estimate.probability,
        homeWon: end.homeScore > end.awayScore ? 1 : 0,
      })
    }
  }
  return { chances, ties, unfinished }
}

/** Brier score and calibration error by season, and the season and team that they are worst on. */
export function bySource(chances: readonly ShownChance[], predicted: Float64Array, labels: Float64Array) {
  const groups = chances.map(({ matchId }) => matchId)
  const seasons = chances.map(({ season }) => season)
  const scores = overRows(brier, predicted, labels)
  const gaps = overRows(ece, predicted, labels)
  // Each game is of two teams.
  const byTeam = chances.flatMap(({ teams }, row) => teams.map((team) => ({ team, row })))
  return {
    sources: Object.fromEntries(
      [...Map.groupBy(seasons.keys(), (row) => seasons[row]!)].map(([season, rows]) => {
        const games = new Set(rows.map((row) => groups[row]!)).size
        const of = Int32Array.from(rows)
        return [season, { n: rows.length, games, brier: scores(of), ece: gaps(of) }]
      }),
    ),
    worst: worstOf({
      brierOfSeason: worstSource(seasons, groups, scores),
      eceOfSeason: worstSource(seasons, groups, gaps),
      brierOfTeam: worstSource(
        byTeam.map(({ team }) => team),
        byTeam.map(({ row }) => groups[row]!),
        (rows) => scores(rows.map((at) => byTeam[at]!.row)),
      ),
    }),
  }
}

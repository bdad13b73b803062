import type { MeasureInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { nflPlayFormats } from '../feeds/nfl/play-formats.ts'
import { isCountedPlay } from '../insights/winning/nfl/follow-end.ts'
import { nflEndOfGameRule } from '../insights/winning/nfl/end-of-game-rule.ts'
import { isPreseason } from '../insights/winning/team-strength.ts'
import { bootstrapByGroup } from '../learn/bootstrap.ts'
import { coverage, mae } from '../learn/metrics.ts'
import { rangeOf } from './probability-metrics.ts'
import { requireData } from './require-data.ts'
import { insightsOf, shownMatches } from './shown-matches.ts'
import type { ShownMatch } from './shown-matches.ts'
import { worstOf, worstSource } from '../learn/worst-source.ts'

/** One count as it was shown, with what came. */
interface ShownCount {
  matchId: string
  season: string
  secondsLeft: number
  value: number
  low: number
  high: number
  happened: number
}

/** Least squares of plays left on the clock, fitted on the very rows that it is scored on, which favours it. */
function lineOfClock(clock: Float64Array, labels: Float64Array): Float64Array {
  const [x, y] = [mean(clock), mean(labels)]
  const spread = mean(clock.map((value) => (value - x) ** 2))
  const slope = mean(clock.map((value, row) => (value - x) * (labels[row]! - y))) / spread
  return clock.map((value) => y + slope * (value - x))
}

/** Everything that was said of the fourth quarter, revisions too: each stands on screen until the next. Plays are counted here, not by the rule. */
function countsOf({ matchId, season, events, said }: ShownMatch): ShownCount[] {
  const plays = events.flatMap((event, at) =>
    event.kind === 'nfl-play' && event.clocks.game?.period === 4 && isCountedPlay(event.playType) ? [at] : [],
  )
  return insightsOf(said, 'nfl.end-of-game').flatMap(({ at, insight }) => {
    const { game } = insight.clocks
    if (game?.period !== 4 || insight.estimate.type !== 'interval' || insight.detail['isOver'] === true)
      return []
    const { value, low, high } = insight.estimate
    const happened = plays.filter((play) => play > at).length
    return [{ matchId, season, secondsLeft: game.secondsLeft, value, low, high, happened }]
  })
}

export async function measurePlaysLeft({ dataDir, report, signal }: MeasureInput) {
  const counts: ShownCount[] = []
  for await (const match of shownMatches({
    dataDir: requireData(dataDir, 'NFL play-by-play'),
    formats: nflPlayFormats,
    rules: [nflEndOfGameRule],
    report,
    signal,
  }))
    if (match.end !== null && !isPreseason(match.startMs)) counts.push(...countsOf(match))
  const groups = counts.map(({ matchId }) => matchId)
  const seasons = counts.map(({ season }) => season)
  const column = (of: (count: ShownCount) => number) => (rows: Iterable<number>) =>
    Float64Array.from(rows, (row) => of(counts[row]!))
  const values = column(({ value }) => value)
  const lows = column(({ low }) => low)
  const highs = column(({ high }) => high)
  const labels = column(({ happened }) => happened)
  const error = (rows: Int32Array) => mae(values(rows), labels(rows))
  const within = (rows: Int32Array) => coverage(lows(rows), highs(rows), labels(rows))
  const whole = bootstrapByGroup(groups, error, { draws: 300 })
  const held = bootstrapByGroup(groups, within, { draws: 300 })
  const lastFour = Int32Array.from(counts.flatMap(({ happened }, row) => (happened <= 4 ? [row] : [])))
  const clock = Float64Array.from(counts, ({ secondsLeft }) => secondsLeft)
  const all = labels(counts.keys())
  return {
    n: counts.length,
    metrics: {
      mae: whole.value,
      coverage80: held.value,
      coverage80LastFourPlays: within(lastFour),
      maeLastFourPlays: error(lastFour),
      games: new Set(groups).size,
    },
    intervals: {
      mae: rangeOf(whole),
      coverage80: rangeOf(held),
    },
    sources: Object.fromEntries(
      [...Map.groupBy(seasons.keys(), (row) => seasons[row]!)].map(([season, rows]) => {
        const of = Int32Array.from(rows)
        return [season, { n: rows.length, mae: error(of), coverage80: within(of) }]
      }),
    ),
    worst: worstOf({
      maeOfSeason: worstSource(seasons, groups, error),
      coverageMissOfSeason: worstSource(seasons, groups, (rows) => Math.abs(within(rows) - 0.8)),
    }),
    baseline: { mae: mae(lineOfClock(clock, all), all) },
  }
}

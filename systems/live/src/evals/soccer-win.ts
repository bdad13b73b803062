import type { MeasureInput } from '@heavylift/core'
import type { Insight } from '../domain/insight.ts'
import { periodSeconds } from '../feeds/clocks/game-clock.ts'
import { matchMinutes, usualXgPerMinute } from '../insights/winning/soccer/goal-features.ts'
import { createSoccerGameState } from '../insights/winning/soccer/game-state.ts'
import { resultChances } from '../insights/winning/soccer/outcome.ts'
import type { ResultChances } from '../insights/winning/soccer/outcome.ts'
import { soccerFormats } from '../insights/winning/soccer/soccer-formats.ts'
import { soccerWinProbabilityRule } from '../insights/winning/soccer/win-probability-rule.ts'
import { bootstrapByGroup } from '../learn/bootstrap.ts'
import { unbiasedEce } from '../learn/calibration-error.ts'
import { ece } from '../learn/metrics.ts'
import { committedModel } from '../learn/weights-dir.ts'
import { worstOf, worstSource } from '../learn/worst-source.ts'
import { rangeOf } from './probability-metrics.ts'
import { requireData } from './require-data.ts'
import { insightsOf, shownMatches } from './shown-matches.ts'

/** Minutes at which the screen is looked at: before the kick-off, every quarter of an hour, as added time begins. 45 is half-time. */
const minutes = [0, 15, 30, 45, 60, 75, 90] as const
const results = ['home', 'draw', 'away'] as const
type Result = (typeof results)[number]

/** What a screen showed of a match at a minute. */
interface Shown {
  matchId: string
  source: string
  minute: number
  chances: ResultChances
  /** The same walk by score and time alone. */
  plain: ResultChances
  result: Result
}

/** Ranked probability score of a forecast of ordered results (Epstein 1969; Constantinou and Fenton 2012): 0 is best, 1 worst. */
export function rankedProbabilityScore(chances: ResultChances, result: Result): number {
  let [sum, said, was] = [0, 0, 0]
  for (const one of ['home', 'draw'] as const) {
    said += chances[one]
    was += result === one ? 1 : 0
    sum += (said - was) ** 2
  }
  return sum / 2
}

/** Minute of the scoreboard at an insight; all that was added to the first half is half-time. */
function minuteOf({ clocks, occasion }: Insight): number {
  if (clocks.game === null || occasion === 'before') return 0
  const { period, secondsLeft } = clocks.game
  const minute = (periodSeconds('soccer', period) - secondsLeft) / 60
  return period === 1 ? Math.min(45, minute) : period === 2 ? 45 + minute : Infinity
}

const chancesOf = ({ detail }: Insight): ResultChances => ({
  home: Number(detail['home']),
  draw: Number(detail['draw']),
  away: Number(detail['away']),
})

/** What score and time alone say, by our own model of goals with everything else as usual. */
function plainChances(insight: Insight, minute: number, matchId: string): ResultChances {
  const usual = usualXgPerMinute * minute
  const { homeScore, awayScore } = insight.detail
  const state = {
    ...createSoccerGameState(),
    period: minute <= 45 ? 1 : 2,
    seconds: (minute <= 45 ? minute : minute - 45) * 60,
    score: { home: Number(homeScore), away: Number(awayScore) },
    xg: { home: usual, away: usual },
  }
  return resultChances(state, committedModel('soccer-goals').forGroup(matchId))
}

/** Win, draw and loss as the screen showed them at fixed minutes of whole matches. */
export async function measureSoccerWin({ dataDir, report, signal }: MeasureInput) {
  const shown: Shown[] = []
  let unfinished = 0
  let extraTime = 0
  for await (const { matchId, format, events, end, said } of shownMatches({
    dataDir: requireData(dataDir, 'soccer events'),
    formats: soccerFormats,
    rules: [soccerWinProbabilityRule],
    report,
    signal,
  })) {
    if (end?.homeScore == null || end.awayScore === null) {
      unfinished++
      continue
    }
    if (events.some(({ clocks }) => (clocks.game?.period ?? 1) > 2)) {
      extraTime++
      continue
    }
    const match = events.find((event) => event.kind === 'match')?.match
    const source = match?.competition ?? format
    const result = end.homeScore > end.awayScore ? 'home' : end.homeScore < end.awayScore ? 'away' : 'draw'
    // The result is no forecast.
    const told = insightsOf(said, 'soccer.win-probability').filter(
      ({ insight }) => insight.detail['isOver'] !== true,
    )
    for (const minute of minutes) {
      const last = told.findLast(({ insight }) => minuteOf(insight) <= minute)?.insight
      if (last === undefined) continue
      const plain = plainChances(last, Math.min(minute, matchMinutes), matchId)
      shown.push({ matchId, source, minute, chances: chancesOf(last), plain, result })
    }
  }
  const groups = shown.map(({ matchId }) => matchId)
  const scoreOf = (chances: (one: Shown) => ResultChances) => {
    const scores = Float64Array.from(shown, (one) => rankedProbabilityScore(chances(one), one.result))
    return (rows: Iterable<number>): number => {
      const picked = [...rows]
      return picked.reduce((sum, row) => sum + scores[row]!, 0) / picked.length
    }
  }
  // Each of the three chances of a word is a row.
  const eachChance = (rows: Iterable<number>) => {
    const picked = [...rows].map((row) => shown[row]!)
    return {
      predicted: Float64Array.from(picked.flatMap(({ chances }) => results.map((one) => chances[one]))),
      labels: Float64Array.from(
        picked.flatMap(({ result }) => results.map((one) => (one === result ? 1 : 0))),
      ),
      of: picked.flatMap(({ matchId }) => results.map(() => matchId)),
    }
  }
  const gapOf = (rows: Iterable<number>): number => {
    const { predicted, labels } = eachChance(rows)
    return ece(predicted, labels)
  }
  const rps = scoreOf(({ chances }) => chances)
  const all = [...shown.keys()]
  const rpsInterval = bootstrapByGroup(groups, rps, { draws: 500 })
  const each = eachChance(all)
  const gap = unbiasedEce(each.predicted, each.labels, each.of)
  const sources = shown.map(({ source }) => source)
  const plain = scoreOf((one) => one.plain)
  const gain = bootstrapByGroup(groups, (rows) => plain(rows) - rps(rows), { draws: 500 })
  return {
    n: shown.length,
    metrics: {
      rps: rpsInterval.value,
      ece: gapOf(all),
      eceUnbiased: gap.value,
      ...Object.fromEntries(
        minutes.map((minute) => [`rps${minute}`, rps(all.filter((row) => shown[row]!.minute === minute))]),
      ),
      gainOverScoreAndTime: gain.value,
      games: new Set(groups).size,
      unfinished,
      extraTime,
    },
    intervals: {
      rps: rangeOf(rpsInterval),
      eceUnbiased: rangeOf(gap),
      gainOverScoreAndTime: rangeOf(gain),
    },
    sources: Object.fromEntries(
      [...Map.groupBy(all, (row) => sources[row]!)].map(([source, rows]) => [
        source,
        {
          n: rows.length,
          games: new Set(rows.map((row) => groups[row]!)).size,
          rps: rps(rows),
          ece: gapOf(rows),
        },
      ]),
    ),
    worst: worstOf({
      rpsOfCompetition: worstSource(sources, groups, rps),
      eceOfCompetition: worstSource(sources, groups, gapOf),
    }),
    baseline: {
      rps: plain(all),
      rpsConstant: scoreOf(({ source }) => shareOfOthers(shown, source))(all),
    },
  }
}

const shares = new WeakMap<readonly Shown[], Map<string, ResultChances>>()

/** Shares of results in the other competitions of the files (in all of them where there is one): what is said without looking. */
function shareOfOthers(shown: readonly Shown[], source: string): ResultChances {
  const known = shares.get(shown) ?? new Map<string, ResultChances>()
  shares.set(shown, known)
  let found = known.get(source)
  if (found === undefined) {
    const others = shown.filter((one) => one.source !== source)
    const from = others.length > 0 ? others : shown
    const share = (result: Result) => from.filter((one) => one.result === result).length / from.length
    found = { home: share('home'), draw: share('draw'), away: share('away') }
    known.set(source, found)
  }
  return found
}

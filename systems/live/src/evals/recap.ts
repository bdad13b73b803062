import type { MeasureInput } from '@heavylift/core'
import type { FeedEvent } from '../domain/feed-event.ts'
import type { Tag } from '../domain/tag.ts'
import { nbaStatsCsv } from '../feeds/nba/stats-csv.ts'
import { soccerFormats } from '../insights/winning/soccer/soccer-formats.ts'
import { nflPlayFormats } from '../feeds/nfl/play-formats.ts'
import { bootstrapByGroup } from '../learn/bootstrap.ts'
import { readMatches } from '../learn/read-matches.ts'
import { dataFiles } from '../learn/training-data.ts'
import { worstOf, worstSource } from '../learn/worst-source.ts'
import { hearMatch } from '../recap/hear-match.ts'
import type { HeardMatch } from '../recap/hear-match.ts'
import { isClutchLeadChange, isGoal, isLateTouchdown } from '../recap/moments.ts'
import { evenPieces } from '../recap/piece.ts'
import type { Piece } from '../recap/piece.ts'
import { selectRecap } from '../recap/select-recap.ts'
import type { RecapCut } from '../recap/select-recap.ts'
import { simulateNbaGame } from '../../samples/nba/simulate-nba-game.ts'
import { simulateNflGame } from '../../samples/nfl/simulate-nfl-game.ts'
import { simulateSoccerMatch } from '../../samples/soccer/simulate-soccer-match.ts'
import { simulateRace } from '../../samples/race/simulate-race.ts'

const budgetMs = 120_000
/** Shares of the match at which viewers join, and lengths of segments that packagers make; every pair is tried. */
const joins = [0.25, 0.5, 0.75, 1]
const segmentsMs = [2_000, 4_004, 6_006]
/** A moment counts as shown when all but this much of it is. */
const slackMs = 1_000
const gamesOfASport = 12
const races = 2

/** How many there were and how many are shown. */
interface Share {
  shown: number
  all: number
}

interface Coverage {
  leadChanges: Share
  clutchLeadChanges: Share
  /** Touchdowns of the fourth quarter and overtime. */
  lateTouchdowns: Share
  /** Goals of soccer. */
  goals: Share
  /** Periods whose score came about before the viewer's eyes, of those in which anybody scored. */
  periods: Share
  /** Movement of the chance to win. */
  swings: Share
}

interface Recapped {
  matchId: string
  sport: string
  offMs: number
  recap: Coverage
  /** The most important tags, as many as fit. */
  topImportance: Coverage
  lastMinutes: Coverage
}

/** Whether a tag's time is within the cuts; they are apart, so it must lie in one, or in several that touch. */
function isShown({ startMs, endMs }: { startMs: number; endMs: number }, cuts: readonly RecapCut[]): boolean {
  const shownMs = cuts.reduce(
    (sum, cut) => sum + Math.max(0, Math.min(cut.endMs, endMs) - Math.max(cut.startMs, startMs)),
    0,
  )
  return shownMs >= endMs - startMs - slackMs
}

function coverage({ tags, chances }: HeardMatch, joinMs: number, cuts: readonly RecapCut[]): Coverage {
  const known = tags.filter(({ endMs }) => endMs <= joinMs)
  const share = (of: readonly Tag[]): Share => ({
    shown: of.filter((tag) => isShown(tag, cuts)).length,
    all: of.length,
  })
  const scores = known.filter(({ type, game }) => game !== null && /^score(\.|$)/.test(type))
  const periods = [...Map.groupBy(scores, ({ game }) => game!.period).values()]
  const swings = { shown: 0, all: 0 }
  for (const [at, { atMs, home }] of chances.entries()) {
    if (at === 0 || atMs > joinMs) continue
    const swing = Math.abs(home - chances[at - 1]!.home)
    swings.all += swing
    if (cuts.some(({ startMs, endMs }) => startMs <= atMs && atMs <= endMs)) swings.shown += swing
  }
  return {
    leadChanges: share(known.filter(({ type }) => type === 'lead-change')),
    clutchLeadChanges: share(known.filter(isClutchLeadChange)),
    lateTouchdowns: share(known.filter(isLateTouchdown)),
    goals: share(known.filter(isGoal)),
    periods: {
      shown: periods.filter((each) => each.some((tag) => isShown(tag, cuts))).length,
      all: periods.length,
    },
    swings,
  }
}

/** Cuts of whole pieces that show the most important tags first, as many as fit. */
function topByImportance(tags: readonly Tag[], pieces: readonly Piece[]): RecapCut[] {
  const taken = new Set<Piece>()
  let ms = 0
  for (const { startMs, endMs } of tags.toSorted(
    (a, b) => b.importance - a.importance || a.startMs - b.startMs,
  )) {
    const more = pieces.filter(
      (piece) => piece.startMs < endMs && piece.startMs + piece.durationMs > startMs && !taken.has(piece),
    )
    const moreMs = more.reduce((sum, { durationMs }) => sum + durationMs, 0)
    if (ms + moreMs > budgetMs) break
    ms += moreMs
    for (const piece of more) taken.add(piece)
  }
  return [...taken].map(({ startMs, durationMs }) => ({ startMs, endMs: startMs + durationMs }))
}

function recapMatch(heard: HeardMatch): Recapped[] {
  const { match, tags, chances } = heard
  const firstMs = Math.min(...tags.map(({ startMs }) => startMs))
  const lastMs = Math.max(...tags.map(({ endMs }) => endMs))
  return joins.flatMap((share) =>
    segmentsMs.map((lengthMs) => {
      const toMs = firstMs + share * (lastMs - firstMs)
      // Live streams list whole segments only.
      const pieces = evenPieces(firstMs, toMs - lengthMs, lengthMs).map((piece) => ({
        ...piece,
        durationMs: lengthMs,
      }))
      const joinMs = pieces.at(-1)!.startMs + lengthMs
      const known = tags.filter(({ endMs }) => endMs <= joinMs)
      const { cuts, durationMs } = selectRecap(known, chances, pieces, { budgetMs })
      return {
        matchId: match.id,
        sport: match.sport,
        offMs: Math.abs(durationMs - budgetMs),
        recap: coverage(heard, joinMs, cuts),
        topImportance: coverage(heard, joinMs, topByImportance(known, pieces)),
        lastMinutes: coverage(heard, joinMs, [{ startMs: joinMs - budgetMs, endMs: joinMs }]),
      }
    }),
  )
}

function* simulated(): Generator<Iterable<FeedEvent>> {
  const startMs = Date.UTC(2026, 0, 1, 18)
  for (let seed = 1; seed <= gamesOfASport; seed++) {
    yield simulateNbaGame({ seed, startMs, withTracking: false })
    yield simulateNflGame({ seed, startMs, withTracking: false })
    yield simulateSoccerMatch({ seed, startMs })
    if (seed <= races) yield simulateRace({ seed: String(seed), startMs })
  }
}

export async function measureRecap({ dataDir, report, signal }: MeasureInput) {
  const recapped: Recapped[] = []
  const take = (events: Iterable<FeedEvent>) => {
    const heard = hearMatch(events)
    if (heard && heard.tags.length > 0) recapped.push(...recapMatch(heard))
  }
  if (dataDir === null) {
    for (const events of simulated()) {
      signal.throwIfAborted()
      take(events)
      report({ stage: 'recaps', done: recapped.length, unit: 'recaps' })
      // Others of this process get their turn between two matches.
      await new Promise((resolve) => setImmediate(resolve))
    }
  } else {
    const paths = await dataFiles(dataDir)
    for await (const { events } of readMatches({
      paths,
      formats: [...nflPlayFormats, nbaStatsCsv, ...soccerFormats],
      report,
      signal,
    }))
      take(events)
  }
  const ratio = (of: (each: Recapped) => Share) => (rows: Iterable<number>) => {
    let shown = 0
    let all = 0
    for (const row of rows) {
      const share = of(recapped[row]!)
      shown += share.shown
      all += share.all
    }
    return all === 0 ? 1 : shown / all
  }
  const told = (by: 'recap' | 'topImportance' | 'lastMinutes') => ({
    clutchLeadChangesIn: ratio((each) => each[by].clutchLeadChanges)(recapped.keys()),
    lateTouchdownsIn: ratio((each) => each[by].lateTouchdowns)(recapped.keys()),
    goalsIn: ratio((each) => each[by].goals)(recapped.keys()),
    leadChangesIn: ratio((each) => each[by].leadChanges)(recapped.keys()),
    scoredPeriodsIn: ratio((each) => each[by].periods)(recapped.keys()),
    swingsIn: ratio((each) => each[by].swings)(recapped.keys()),
  })
  const groups = recapped.map(({ matchId }) => matchId)
  const swings = bootstrapByGroup(
    groups,
    ratio(({ recap }) => recap.swings),
    { draws: 500 },
  )
  const worst = worstSource(
    recapped.map(({ sport }) => sport),
    groups,
    (rows) => 1 - ratio(({ recap }) => recap.swings)(rows),
  )
  return {
    n: recapped.length,
    metrics: {
      meanOffSeconds: recapped.reduce((sum, { offMs }) => sum + offMs, 0) / recapped.length / 1_000,
      withinTolerance: recapped.filter(({ offMs }) => offMs <= 2_000).length / recapped.length,
      ...told('recap'),
      swingsInLow: swings.low,
      swingsInHigh: swings.high,
      matches: new Set(recapped.map(({ matchId }) => matchId)).size,
    },
    worst: worstOf({ swingsInOfSport: worst && { source: worst.source, value: 1 - worst.value } }),
    baseline: told('topImportance'),
    peers: { lastMinutes: told('lastMinutes') },
  }
}

import type { MeasureInput } from '@heavylift/core'
import { nflPlayFormats } from '../feeds/nfl/play-formats.ts'
import { ratedMatches } from '../insights/winning/rated-matches.ts'
import { seasonOf } from '../insights/winning/team-strength.ts'
import { bootstrapByGroup } from '../learn/bootstrap.ts'
import { worstOf, worstSource } from '../learn/worst-source.ts'
import { readMatches } from '../learn/read-matches.ts'
import type { MatchRecord } from '../learn/read-matches.ts'
import { dataFiles } from '../learn/training-data.ts'
import { leader, momentRank } from '../insights/winning/moments/moment.ts'
import type { Moment } from '../insights/winning/moments/moment.ts'
import { createNflMomentState, nflMoments } from '../insights/winning/nfl/nfl-moments.ts'
import { readFileColumns } from './file-win-probability.ts'
import { requireData } from './require-data.ts'

/**
 * Which moments the result turned on, told afterwards by the score alone: the score after which the winner led for good, every other
 * change of the lead in the second half, and takeaways, stops and missed kicks in the last five minutes of a one-score game. No
 * editor chose these; they are what any account of the game has to hold, and leave out fine plays that changed no score.
 */
function decisiveMoments(moments: readonly Moment[]): Set<string> {
  const decisive = new Set<string>()
  moments.forEach((moment, at) => {
    const { period } = moment.clocks.game ?? { period: 0 }
    if (moment.isLeadChange && period >= 3) decisive.add(moment.occasion)
    if (moment.isClutch && ['takeaway', 'stop', 'miss'].includes(moment.kind)) decisive.add(moment.occasion)
    const now = leader(moment.homeScore, moment.awayScore)
    const isForGood =
      moment.isLeadChange &&
      now !== null &&
      moments.slice(at).every((later) => leader(later.homeScore, later.awayScore) === now)
    if (isForGood) decisive.add(moment.occasion)
  })
  return decisive
}

/** A game's moments ranked in several ways: how many of the decisive ones are among as many at the top. */
interface GameScore {
  matchId: string
  season: string
  decisive: number
  found: { ranked: number; swingOnly: number; fileSwing: number }
  clutchLeadChanges: number
  clutchLeadChangesFound: number
}

function scoreGame(
  { matchId, startMs, events, end }: MatchRecord,
  fileSwing: (occasion: string) => number | null,
): GameScore | null {
  if (end === null) return null
  const state = createNflMomentState()
  const moments = events.flatMap((event) => nflMoments(event, state).map(({ moment }) => moment))
  const decisive = decisiveMoments(moments)
  const top = (value: (moment: Moment) => number) =>
    new Set(
      moments
        .toSorted((a, b) => value(b) - value(a))
        .slice(0, decisive.size)
        .map(({ occasion }) => occasion),
    )
  const found = (value: (moment: Moment) => number) =>
    [...top(value)].filter((occasion) => decisive.has(occasion)).length
  const ranked = top(momentRank)
  const clutch = moments.filter((moment) => moment.isLeadChange && moment.isClutch)
  return {
    matchId,
    season: seasonOf(startMs),
    decisive: decisive.size,
    found: {
      ranked: found(momentRank),
      swingOnly: found(({ swing }) => Math.abs(swing)),
      fileSwing: found(({ occasion }) => Math.abs(fileSwing(occasion) ?? 0)),
    },
    clutchLeadChanges: clutch.length,
    clutchLeadChangesFound: clutch.filter(({ occasion }) => ranked.has(occasion)).length,
  }
}

export async function measureKeyMoments({ dataDir, report, signal }: MeasureInput) {
  const paths = await dataFiles(requireData(dataDir, 'play-by-play CSV'))
  const file = await readFileColumns(paths, signal)
  const games: GameScore[] = []
  for await (const record of ratedMatches(readMatches({ paths, formats: nflPlayFormats, report, signal }))) {
    const game = scoreGame(record, (occasion) => file.get(`${record.matchId}/${occasion}`)?.swing ?? null)
    if (game !== null) games.push(game)
  }
  const sum = (rows: Iterable<number>, value: (game: GameScore) => number) =>
    [...rows].reduce((total, row) => total + value(games[row]!), 0)
  const f1 = (by: keyof GameScore['found']) =>
    bootstrapByGroup(
      games.map(({ matchId }) => matchId),
      (rows) => sum(rows, (game) => game.found[by]) / sum(rows, (game) => game.decisive),
      { draws: 500 },
    )
  const ranked = f1('ranked')
  const worst = worstSource(
    games.map(({ season }) => season),
    games.map(({ matchId }) => matchId),
    (rows) => 1 - sum(rows, (game) => game.found.ranked) / sum(rows, (game) => game.decisive),
  )
  const all = games.keys()
  const clutch = sum(games.keys(), (game) => game.clutchLeadChanges)
  return {
    n: sum(all, (game) => game.decisive),
    metrics: {
      f1: ranked.value,
      f1Low: ranked.low,
      f1High: ranked.high,
      clutchLeadChanges: clutch,
      clutchLeadChangesIn:
        clutch === 0 ? 1 : sum(games.keys(), (game) => game.clutchLeadChangesFound) / clutch,
      games: games.length,
    },
    worst: worstOf({ f1OfSeason: worst && { source: worst.source, value: 1 - worst.value } }),
    baseline: {
      f1: f1('swingOnly').value,
      ...(file.size === 0 ? {} : { f1FileSwing: f1('fileSwing').value }),
    },
  }
}

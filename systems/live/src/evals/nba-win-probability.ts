import type { MeasureInput } from '@heavylift/core'
import { nbaStatsCsv } from '../feeds/nba/stats-csv.ts'
import { nbaCdn } from '../feeds/nba/cdn-json.ts'
import { bootstrapByGroup } from '../learn/bootstrap.ts'
import { crossFit } from '../learn/cross-fit.ts'
import { trainLogistic } from '../learn/logistic.ts'
import { brier } from '../learn/metrics.ts'
import { readMatches } from '../learn/read-matches.ts'
import type { MatchRecord } from '../learn/read-matches.ts'
import { dataFiles } from '../learn/training-data.ts'
import { leadPerRootTime } from '../insights/winning/nba/features.ts'
import { nbaWinRows } from '../insights/winning/nba/win-dataset.ts'
import { nbaWinProbabilityRule } from '../insights/winning/nba/win-probability-rule.ts'
import { measuredProbability, probabilityMetrics, rangeOf } from './probability-metrics.ts'
import { requireData } from './require-data.ts'
import { bySource, shownChances } from './shown-win-probability.ts'

const formats = [nbaStatsCsv, nbaCdn]

/** A logistic regression on lead per √time alone, cross-fitted on every action of the files, as ours was: what it says by match and action. */
async function plainLogistic(matches: AsyncIterable<MatchRecord>): Promise<Map<string, number>> {
  const { dataset, states } = await nbaWinRows(matches)
  const { outOfFold } = crossFit({
    name: 'plain',
    dataset: {
      ...dataset,
      columns: ['lead per √time'],
      features: Float64Array.from(states, (state) => leadPerRootTime(state, 0)),
    },
    folds: 5,
    train: (part) => trainLogistic(part, { l2: 1e-4 }),
  })
  return new Map(states.map(({ actionId }, row) => [`${dataset.groups[row]}/${actionId}`, outOfFold[row]!]))
}

export async function measureNbaWinProbability({ dataDir, report, signal }: MeasureInput) {
  const folder = requireData(dataDir, 'NBA play-by-play')
  const plain = await plainLogistic(readMatches({ paths: await dataFiles(folder), formats, report, signal }))
  const { chances, unfinished } = await shownChances('nba', {
    dataDir: folder,
    formats,
    rules: [nbaWinProbabilityRule],
    report,
    signal,
  })
  const predicted = Float64Array.from(chances, ({ home }) => home)
  const labels = Float64Array.from(chances, ({ homeWon }) => homeWon)
  const groups = chances.map(({ matchId }) => matchId)
  const baseline = Float64Array.from(
    chances,
    ({ matchId, occasion }) => plain.get(`${matchId}/${occasion}`) ?? 0.5,
  )
  const measured = measuredProbability(predicted, labels, groups)
  // The same games are drawn for both, so what chance does to both falls away.
  const gain = bootstrapByGroup(
    groups,
    (rows) => {
      const of = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
      return brier(of(baseline), of(labels)) - brier(of(predicted), of(labels))
    },
    { draws: 500 },
  )
  return {
    n: chances.length,
    metrics: {
      ...measured.metrics,
      brierGain: gain.value,
      games: new Set(groups).size,
      unfinished,
    },
    intervals: {
      ...measured.intervals,
      brierGain: rangeOf(gain),
    },
    ...bySource(chances, predicted, labels),
    baseline: probabilityMetrics(baseline, labels),
  }
}

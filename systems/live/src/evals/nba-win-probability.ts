import type { MeasureInput } from '@heavylift/core'
import { nbaStatsCsv } from '../feeds/nba/stats-csv.ts'
import { nbaCdn } from '../feeds/nba/cdn-json.ts'
import { bootstrapByGroup } from '../learn/bootstrap.ts'
import { crossFit } from '../learn/cross-fit.ts'
import { trainLogistic } from '../learn/logistic.ts'
import { brier } from '../learn/metrics.ts'
import { leadPerRootTime } from '../insights/winning/nba/features.ts'
import { nbaWinProbabilityRule } from '../insights/winning/nba/win-probability-rule.ts'
import { intervalsOf, probabilityMetrics } from './probability-metrics.ts'
import { requireData } from './require-data.ts'
import { bySource, shownChances } from './shown-win-probability.ts'
import type { ShownChance } from './shown-win-probability.ts'

/** A logistic regression on lead per √time alone, cross-fitted on the rows that are scored. */
function plainLogistic(chances: readonly ShownChance[], labels: Float64Array): Float64Array {
  return crossFit({
    name: 'plain',
    dataset: {
      columns: ['lead per √time'],
      features: Float64Array.from(chances, (chance) => leadPerRootTime(chance, 0)),
      labels,
      groups: chances.map(({ matchId }) => matchId),
    },
    folds: 5,
    train: (part) => trainLogistic(part, { l2: 1e-4 }),
  }).outOfFold
}

export async function measureNbaWinProbability({ dataDir, report, signal }: MeasureInput) {
  const { chances, unfinished } = await shownChances('nba', {
    dataDir: requireData(dataDir, 'NBA play-by-play'),
    formats: [nbaStatsCsv, nbaCdn],
    rules: [nbaWinProbabilityRule],
    report,
    signal,
  })
  const predicted = Float64Array.from(chances, ({ home }) => home)
  const labels = Float64Array.from(chances, ({ homeWon }) => homeWon)
  const groups = chances.map(({ matchId }) => matchId)
  const baseline = plainLogistic(chances, labels)
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
      ...probabilityMetrics(predicted, labels),
      brierGain: gain.value,
      games: new Set(groups).size,
      unfinished,
    },
    intervals: { ...intervalsOf(predicted, labels, groups), brierGain: [gain.low, gain.high] as [number, number] },
    ...bySource(chances, predicted, labels),
    baseline: probabilityMetrics(baseline, labels),
  }
}

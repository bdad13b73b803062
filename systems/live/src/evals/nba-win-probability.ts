import type { MeasureInput } from '@heavylift/core'
import { nbaStatsCsv } from '../feeds/nba/stats-csv.ts'
import { crossFit, predictByGroup } from '../learn/cross-fit.ts'
import { trainLogistic } from '../learn/logistic.ts'
import type { Dataset } from '../learn/model.ts'
import { readMatches } from '../learn/read-matches.ts'
import { dataFiles } from '../learn/training-data.ts'
import { committedModel } from '../learn/weights-dir.ts'
import { leadPerRootTime } from '../insights/winning/nba/features.ts'
import type { NbaGameState } from '../insights/winning/nba/game-state.ts'
import { nbaWinRows } from '../insights/winning/nba/win-dataset.ts'
import { brierInterval, probabilityMetrics } from './probability-metrics.ts'
import { requireData } from './require-data.ts'

/** A logistic regression on lead per √time alone, cross-fitted on the files that are scored. */
function plainLogistic(dataset: Dataset, states: readonly NbaGameState[]): Float64Array {
  const features = Float64Array.from(states, (state) => leadPerRootTime(state, 0))
  const plain = { ...dataset, columns: ['lead per √time'], features }
  return crossFit({
    name: 'plain',
    dataset: plain,
    folds: 5,
    train: (part) => trainLogistic(part, { l2: 1e-4 }),
  }).outOfFold
}

export async function measureNbaWinProbability({ dataDir, report, signal }: MeasureInput) {
  const paths = await dataFiles(requireData(dataDir, 'NBA play-by-play CSV'))
  const { dataset, states } = await nbaWinRows(readMatches({ paths, formats: [nbaStatsCsv], report, signal }))
  const predicted = predictByGroup(committedModel('nba-win-probability'), dataset)
  const baseline = plainLogistic(dataset, states)
  return {
    n: dataset.labels.length,
    metrics: {
      ...probabilityMetrics(predicted, dataset.labels),
      ...brierInterval(predicted, dataset.labels, dataset.groups),
      games: new Set(dataset.groups).size,
    },
    baseline: {
      ...probabilityMetrics(baseline, dataset.labels),
      ...brierInterval(baseline, dataset.labels, dataset.groups),
    },
  }
}

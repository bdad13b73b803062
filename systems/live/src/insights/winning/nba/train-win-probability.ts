import { nbaStatsCsv } from '../../../feeds/nba/stats-csv.ts'
import { bootstrapByGroup, overRows } from '../../../learn/bootstrap.ts'
import { calibrationRows } from '../../../learn/calibration-error.ts'
import { crossFit } from '../../../learn/cross-fit.ts'
import { trainLogistic } from '../../../learn/logistic.ts'
import { brier, logLoss, reliability } from '../../../learn/metrics.ts'
import { readMatches } from '../../../learn/read-matches.ts'
import { reliabilitySvg } from '../../../learn/reliability-svg.ts'
import { writeReport } from '../../../learn/report.ts'
import type { Trained, TrainInput } from '../../../learn/trainable.ts'
import { dataFiles, describeData } from '../../../learn/training-data.ts'
import { nbaWinRows } from './win-dataset.ts'

const folds = 5
export async function trainNbaWinProbability(input: TrainInput): Promise<Trained> {
  const paths = await dataFiles(input.dataDir)
  const { dataset } = await nbaWinRows(readMatches({ ...input, paths, formats: [nbaStatsCsv] }))
  const { weights, outOfFold } = crossFit({
    name: 'nba-win-probability',
    dataset,
    folds,
    train(part, fold) {
      input.report({ stage: 'training', done: fold, total: folds, unit: 'folds' })
      return trainLogistic(part, { l2: 1e-4 })
    },
  })
  const measure = (metric: typeof brier) =>
    bootstrapByGroup(dataset.groups, overRows(metric, outOfFold, dataset.labels), { draws: 200 })
  const report = writeReport({
    title: 'NBA win probability',
    summary:
      'The home side’s chance to win, after every action. A logistic regression on the lead, with what the ball is worth, per root of the time left.',
    data: [await describeData('nba-stats', paths)],
    split: `${folds} folds by game; the file holds ${folds} models. The column and its constants were chosen on these games among a few, so the figures are a little kind.`,
    rows: dataset.labels.length,
    groups: new Set(dataset.groups).size,
    metrics: [
      { name: 'Brier', ...measure(brier) },
      { name: 'log loss', ...measure(logLoss) },
      ...calibrationRows(outOfFold, dataset.labels, dataset.groups),
    ],
    importance: [],
    picture: 'nba-win-probability.svg',
    notes: [
      'No betting line or rating goes in. Actions at 0:00 of the last period are left out, since the result is known then.',
    ],
  })
  const picture = reliabilitySvg('NBA win probability, out of fold', reliability(outOfFold, dataset.labels))
  return { weights, report, picture }
}

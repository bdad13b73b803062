import { bootstrapByGroup, overRows } from '../../../learn/bootstrap.ts'
import { crossFit } from '../../../learn/cross-fit.ts'
import type { Logistic } from '../../../learn/logistic.ts'
import { trainLogistic } from '../../../learn/logistic.ts'
import { logLoss } from '../../../learn/metrics.ts'
import { readMatches } from '../../../learn/read-matches.ts'
import { writeReport } from '../../../learn/report.ts'
import type { Trained, TrainInput } from '../../../learn/trainable.ts'
import { dataFiles, describeData } from '../../../learn/training-data.ts'
import { ratedMatches } from '../rated-matches.ts'
import { goalRows } from './goal-dataset.ts'
import { soccerFormats } from './soccer-formats.ts'

const folds = 5

/** The chance of a side to score in the next minute; the live rule walks it to the end of the match. */
export async function trainSoccerGoals(input: TrainInput): Promise<Trained> {
  const paths = await dataFiles(input.dataDir)
  const matches = ratedMatches(readMatches({ ...input, paths, formats: soccerFormats }))
  const { dataset, competitionOf } = await goalRows(matches)
  const slopes = new Float64Array(dataset.columns.length)
  const { weights, outOfFold } = crossFit({
    name: 'soccer-goals',
    dataset,
    folds,
    partOf: competitionOf,
    train(part, fold): Logistic {
      input.report({ stage: 'training', done: fold, total: folds, unit: 'folds' })
      const model = trainLogistic(part, { l2: 1e-7, steps: 12 })
      model.slopes.forEach((slope, column) => (slopes[column]! += slope / folds))
      return model
    },
  })
  const { labels, groups } = dataset
  const share = labels.reduce((sum, label) => sum + label, 0) / labels.length
  const constant = new Float64Array(labels.length).fill(share)
  const measured = (predicted: Float64Array) =>
    bootstrapByGroup(groups, overRows(logLoss, predicted, labels), { draws: 50 })
  const report = writeReport({
    title: 'Goals to come (soccer)',
    summary:
      'The chance of a side to score in a minute, by lead, time, chances so far and past results: a logistic regression. The rule for win, draw and loss walks it minute for minute to the end of the match.',
    data: [await describeData('soccer shots', paths)],
    split: `${folds} folds by competition and season; the file holds ${folds} models.`,
    rows: labels.length,
    groups: new Set(groups).size,
    metrics: [
      { name: 'log loss of a minute', ...measured(outOfFold) },
      { name: 'log loss of a minute, one chance for all', ...measured(constant) },
    ],
    importance: dataset.columns.map((name, column) => ({ name, value: slopes[column]! })),
    picture: null,
    notes: [
      'Importance is the slope: log-odds per unit of the column.',
      'What a red card does is not learnt, since feeds of shots tell none: the effects are those of Vecer, Kopriva and Ichiba (2009).',
      'Win, draw and loss as the live rule shows them are scored by `heavylift eval live.soccer-win`.',
    ],
  })
  return { weights, report, picture: null }
}

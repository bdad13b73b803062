import { bootstrapByGroup, overRows } from '../../../learn/bootstrap.ts'
import { calibrationRows } from '../../../learn/calibration-error.ts'
import { crossFit } from '../../../learn/cross-fit.ts'
import { trainLogistic } from '../../../learn/logistic.ts'
import { auc, brier, logLoss, reliability } from '../../../learn/metrics.ts'
import { readMatches } from '../../../learn/read-matches.ts'
import { reliabilitySvg } from '../../../learn/reliability-svg.ts'
import { writeReport } from '../../../learn/report.ts'
import type { Trained, TrainInput } from '../../../learn/trainable.ts'
import { dataFiles, describeData } from '../../../learn/training-data.ts'
import { trainTrees } from '../../../learn/trees/train-trees.ts'
import type { TreeOptions } from '../../../learn/trees/train-trees.ts'
import { worstSource } from '../../../learn/worst-source.ts'
import { soccerFormats } from './soccer-formats.ts'
import { xgRows } from './xg-dataset.ts'

const folds = 5
const options: Omit<TreeOptions, 'seed'> = {
  loss: { name: 'log' },
  rounds: 150,
  learningRate: 0.06,
  maxLeaves: 10,
  minLeafRows: 200,
  l2: 10,
  rowShare: 0.5,
  columnShare: 0.8,
  maxBins: 100,
}

/** Expected goals: a logistic regression and boosted trees, half and half, each without one fifth of the competitions. */
export async function trainSoccerXg(input: TrainInput): Promise<Trained> {
  const paths = await dataFiles(input.dataDir)
  const { dataset, competitionOf } = await xgRows(readMatches({ ...input, paths, formats: soccerFormats }))
  const gains = new Float64Array(dataset.columns.length)
  const { weights, outOfFold } = crossFit({
    name: 'soccer-xg',
    dataset,
    folds,
    partOf: competitionOf,
    train(part, fold) {
      input.report({ stage: 'training', done: fold, total: folds, unit: 'folds' })
      const { trees, importance } = trainTrees(part, { ...options, seed: fold + 1 })
      importance.forEach((gain, column) => (gains[column]! += gain))
      return { kind: 'blend', models: [trainLogistic(part, { l2: 1e-5 }), trees], weights: [0.5, 0.5] }
    },
  })
  const { labels, groups } = dataset
  const measured = (metric: typeof brier) =>
    bootstrapByGroup(groups, overRows(metric, outOfFold, labels), { draws: 100 })
  const competitions = groups.map((group) => competitionOf.get(group)!)
  const worst = worstSource(competitions, groups, overRows(logLoss, outOfFold, labels))
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  const report = writeReport({
    title: 'Expected goals (soccer)',
    summary:
      'The chance of a shot to be a goal, by where it was taken from, with what and what led to it; never by what became of it. The mean log-odds of a logistic regression and of boosted trees.',
    data: [await describeData('soccer shots', paths)],
    split: `${folds} folds by competition and season, so that a shot is told by competitions that are not its own; the file holds ${folds} models. That both halves are joined was chosen on another provider's season; the matches that the evals are shown on were not looked at.`,
    rows: labels.length,
    groups: new Set(groups).size,
    metrics: [
      { name: 'log loss', ...measured(logLoss), goal: '≤ 0.30' },
      { name: 'Brier', ...measured(brier) },
      ...calibrationRows(outOfFold, labels, groups),
      { name: 'AUC', ...measured(auc) },
      ...(worst === null
        ? []
        : [
            {
              name: `log loss, worst competition (${worst.source})`,
              value: worst.value,
              low: worst.value,
              high: worst.value,
            },
          ]),
    ],
    importance: dataset.columns.map((name, column) => ({ name, value: gains[column]! / total })),
    picture: 'soccer-xg.svg',
    notes: [
      'Places are metres by the lines of each provider’s pitch: a share of its length would put shots of one feed nearer than those of another.',
      'What the live rule says over any files is scored by `heavylift eval live.xg`, a shot by the models that have not seen its competition.',
    ],
  })
  return {
    weights,
    report,
    picture: reliabilitySvg('Expected goals, out of fold', reliability(outOfFold, labels)),
  }
}

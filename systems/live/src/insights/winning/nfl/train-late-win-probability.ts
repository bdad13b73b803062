import { bootstrapByGroup, overRows } from '../../../learn/bootstrap.ts'
import { crossFit } from '../../../learn/cross-fit.ts'
import { calibrationRows } from '../../../learn/calibration-error.ts'
import { brier, reliability } from '../../../learn/metrics.ts'
import { readMatches } from '../../../learn/read-matches.ts'
import { reliabilitySvg } from '../../../learn/reliability-svg.ts'
import { writeReport } from '../../../learn/report.ts'
import type { Trained, TrainInput } from '../../../learn/trainable.ts'
import { dataFiles, describeData } from '../../../learn/training-data.ts'
import { trainTrees } from '../../../learn/trees/train-trees.ts'
import { nflPlayFormats } from '../../../feeds/nfl/play-formats.ts'
import { ratedMatches } from '../rated-matches.ts'
import { isPreseason } from '../team-strength.ts'
import {
  lateAloneSeconds,
  lateColumns,
  lateFromSeconds,
  lateMonotone,
  writeLateFeatures,
} from './late-features.ts'
import { winRows } from './win-dataset.ts'

const lateModelName = 'nfl-late-win-probability'

/** Chosen by cross-validation on the training games among 6 to 16 leaves and windows of 6 to 15 minutes; the differences are small. */
const options = {
  loss: { name: 'log' as const },
  rounds: 140,
  learningRate: 0.05,
  maxLeaves: 8,
  minLeafRows: 120,
  l2: 20,
  rowShare: 0.5,
  columnShare: 0.7,
  maxBins: 100,
  monotone: lateMonotone,
}
const folds = 5

export async function trainNflLateWinProbability(input: TrainInput): Promise<Trained> {
  const paths = await dataFiles(input.dataDir)
  const matches = ratedMatches(readMatches({ ...input, paths, formats: nflPlayFormats }))
  const {
    dataset: whole,
    states: all,
    seasons,
  } = await winRows(matches, ({ startMs }) => !isPreseason(startMs))
  const rows = all.flatMap((state, row) =>
    state.period === 4 && state.secondsLeft <= lateFromSeconds ? [row] : [],
  )
  const states = rows.map((row) => all[row]!)
  const groups = rows.map((row) => whole.groups[row]!)
  const features = new Float64Array(rows.length * lateColumns.length)
  states.forEach((state, row) => writeLateFeatures(state, features, row * lateColumns.length))
  const labels = Float64Array.from(rows, (row) =>
    all[row]!.ball === 'home' ? whole.labels[row]! : 1 - whole.labels[row]!,
  )
  const gains = new Float64Array(lateColumns.length)
  const { weights, outOfFold } = crossFit({
    name: lateModelName,
    dataset: { columns: lateColumns, features, labels, groups },
    folds,
    partOf: seasons,
    train(part, fold) {
      input.report({ stage: 'training', done: fold, total: folds, unit: 'folds' })
      const { trees, importance } = trainTrees(part, { ...options, seed: fold + 1 })
      importance.forEach((gain, column) => (gains[column]! += gain))
      return trees
    },
  })
  const alone = states.flatMap((state, row) => (state.secondsLeft <= lateAloneSeconds ? [row] : []))
  const predicted = Float64Array.from(alone, (row) => outOfFold[row]!)
  const happened = Float64Array.from(alone, (row) => labels[row]!)
  const games = alone.map((row) => groups[row]!)
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  const report = writeReport({
    title: 'NFL win probability at the end of a game',
    summary: `The chance of the side with the ball, in the fourth quarter’s last ${lateFromSeconds} seconds; from ${lateAloneSeconds} on it speaks alone. Boosted trees on the log loss, rising with the lead. Preseason games and ties are left out.`,
    data: [await describeData('NFL play-by-play', paths)],
    split: `${folds} folds by season; the file holds ${folds} models.`,
    rows: labels.length,
    groups: new Set(groups).size,
    metrics: [
      {
        name: 'Brier, last 5 minutes',
        ...bootstrapByGroup(games, overRows(brier, predicted, happened), { draws: 200 }),
      },
      ...calibrationRows(predicted, happened, games, 'ECE, last 5 minutes (10 bins of equal width)'),
    ],
    importance: lateColumns.map((name, column) => ({ name, value: gains[column]! / total })),
    picture: `${lateModelName}.svg`,
    notes: ['Overtime is told by the model of the whole game.'],
  })
  return {
    weights,
    report,
    picture: reliabilitySvg(
      'NFL win probability, last 5 minutes, out of fold',
      reliability(predicted, happened),
    ),
  }
}

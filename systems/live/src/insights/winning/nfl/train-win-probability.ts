import { bootstrapByGroup, metricOfSamples, overRows } from '../../../learn/bootstrap.ts'
import { crossFit } from '../../../learn/cross-fit.ts'
import { brier, ece, logLoss, reliability } from '../../../learn/metrics.ts'
import { readMatches } from '../../../learn/read-matches.ts'
import { reliabilitySvg } from '../../../learn/reliability-svg.ts'
import { writeReport } from '../../../learn/report.ts'
import type { Trained, TrainInput } from '../../../learn/trainable.ts'
import { dataFiles, describeData } from '../../../learn/training-data.ts'
import { trainTrees } from '../../../learn/trees/train-trees.ts'
import { nflPlayFormats } from '../../../feeds/nfl/play-formats.ts'
import { ratedMatches } from '../rated-matches.ts'
import { isPreseason } from '../team-strength.ts'
import { winMonotone } from './features.ts'
import { winRows } from './win-dataset.ts'

/** Chosen by cross-validation on the training games among 4 to 15 leaves and 120 to 250 rounds; the differences are small. */
const options = {
  loss: { name: 'log' as const },
  rounds: 160,
  learningRate: 0.05,
  maxLeaves: 10,
  minLeafRows: 400,
  l2: 20,
  rowShare: 0.5,
  columnShare: 0.7,
  maxBins: 100,
  monotone: winMonotone,
}

/** Games of the play-by-play files that the goals are for. */
const postseasonGames = 72

export async function trainNflWinProbability(input: TrainInput): Promise<Trained> {
  const paths = await dataFiles(input.dataDir)
  const matches = ratedMatches(readMatches({ ...input, paths, formats: nflPlayFormats }))
  const { dataset, states, seasons } = await winRows(matches, ({ startMs }) => !isPreseason(startMs))
  const gains = new Float64Array(dataset.columns.length)
  const folds = 5
  const { weights, outOfFold } = crossFit({
    name: 'nfl-win-probability',
    dataset,
    folds,
    partOf: seasons,
    train(part, fold) {
      input.report({ stage: 'training', done: fold, total: folds, unit: 'folds' })
      const { trees, importance } = trainTrees(part, { ...options, seed: fold + 1 })
      importance.forEach((gain, column) => (gains[column]! += gain))
      return trees
    },
  })
  const lateRows = states.flatMap((state, row) =>
    state.period === 4 && state.secondsLeft <= 300 ? [row] : [],
  )
  const late = {
    groups: lateRows.map((row) => dataset.groups[row]!),
    predicted: Float64Array.from(lateRows, (row) => outOfFold[row]!),
    labels: Float64Array.from(lateRows, (row) => dataset.labels[row]!),
  }
  const whole = (metric: typeof brier) =>
    bootstrapByGroup(dataset.groups, overRows(metric, outOfFold, dataset.labels), { draws: 100 })
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  const report = writeReport({
    title: 'NFL win probability',
    summary:
      'The home side’s chance to win, before every play. Boosted trees on the log loss, rising with the home lead. Preseason games and ties are left out.',
    data: [await describeData('nfl-gamecenter', paths)],
    split: `${folds} folds by game; the file holds ${folds} models. Play-by-play CSV files were not looked at for any choice.`,
    rows: dataset.labels.length,
    groups: new Set(dataset.groups).size,
    metrics: [
      { name: 'Brier', ...whole(brier), goal: '≤ 0.165' },
      { name: 'log loss', ...whole(logLoss) },
      { name: 'ECE (10 bins of equal width)', ...whole(ece), goal: '≤ 0.03' },
      {
        name: 'Brier, last 5 minutes',
        ...bootstrapByGroup(late.groups, overRows(brier, late.predicted, late.labels), { draws: 200 }),
        goal: '≤ 0.078',
      },
      ...[
        { name: 'Brier', metric: brier },
        { name: 'ECE', metric: ece },
      ].map(({ name, metric }) => ({
        name: `${name} of ${postseasonGames} games drawn from these (median)`,
        ...metricOfSamples(dataset.groups, overRows(metric, outOfFold, dataset.labels), postseasonGames, {
          draws: 200,
        }),
      })),
    ],
    importance: dataset.columns.map((name, column) => ({ name, value: gains[column]! / total })),
    picture: 'nfl-win-probability.svg',
    notes: [
      'The goals are for postseason play-by-play files (`heavylift eval live.win-probability`), which are scored by the models that have not seen the game.',
      'No betting line, rating or roster goes in: two teams are equal at kickoff but for the home field. Rows of a game share its outcome, so the intervals, drawn by game, are wide for as many rows.',
      `Six postseasons hold ${postseasonGames} games: the last two metrics say what such files can tell. A calibration error of few games is mostly chance.`,
      'In the last minutes of regulation `nfl-late-win-probability` speaks instead.',
    ],
  })
  return {
    weights,
    report,
    picture: reliabilitySvg('NFL win probability, out of fold', reliability(outOfFold, dataset.labels)),
  }
}

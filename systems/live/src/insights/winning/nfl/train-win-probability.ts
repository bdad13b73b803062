import { bootstrapByGroup, metricOfSamples, overRows } from '../../../learn/bootstrap.ts'
import { crossFit } from '../../../learn/cross-fit.ts'
import { calibrationRows } from '../../../learn/calibration-error.ts'
import { brier, ece, logLoss, reliability } from '../../../learn/metrics.ts'
import { readMatches } from '../../../learn/read-matches.ts'
import { reliabilitySvg } from '../../../learn/reliability-svg.ts'
import { worstSource } from '../../../learn/worst-source.ts'
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
  const bySeason = dataset.groups.map((group) => seasons.get(group)!)
  const ofWorst = (metric: typeof brier) => {
    const worst = worstSource(bySeason, dataset.groups, overRows(metric, outOfFold, dataset.labels))
    if (worst === null) return null
    const rows = bySeason.flatMap((season, row) => (season === worst.source ? [row] : []))
    const of = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
    return {
      name: `worst season (${worst.source})`,
      predicted: of(outOfFold),
      labels: of(dataset.labels),
      groups: rows.map((row) => dataset.groups[row]!),
    }
  }
  const [worstBrier, worstEce] = [ofWorst(brier), ofWorst(ece)]
  const ofSeasons = [
    ...(worstBrier === null
      ? []
      : [
          {
            name: `Brier, ${worstBrier.name}`,
            ...bootstrapByGroup(worstBrier.groups, overRows(brier, worstBrier.predicted, worstBrier.labels), {
              draws: 100,
            }),
          },
        ]),
    ...(worstEce === null
      ? []
      : calibrationRows(worstEce.predicted, worstEce.labels, worstEce.groups, `ECE, ${worstEce.name}`)),
  ]
  const whole = (metric: typeof brier) =>
    bootstrapByGroup(dataset.groups, overRows(metric, outOfFold, dataset.labels), { draws: 100 })
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  const report = writeReport({
    title: 'NFL win probability',
    summary:
      'The home side’s chance to win, before every play. Boosted trees on the log loss, rising with the home lead and with what was expected before the game. Preseason games and ties are left out.',
    data: [await describeData('NFL play-by-play', paths)],
    split: `${folds} folds by season, so that a game is told by seasons that are not its own; the file holds ${folds} models. Game-detail files (2001–2008) and play-by-play CSV files were not looked at for any choice.`,
    rows: dataset.labels.length,
    groups: new Set(dataset.groups).size,
    metrics: [
      { name: 'Brier', ...whole(brier), goal: '≤ 0.158' },
      { name: 'log loss', ...whole(logLoss) },
      ...calibrationRows(outOfFold, dataset.labels, dataset.groups).map((row) => ({
        ...row,
        goal: '≤ 0.02',
      })),
      ...ofSeasons,
      {
        name: 'Brier, last 5 minutes',
        ...bootstrapByGroup(late.groups, overRows(brier, late.predicted, late.labels), { draws: 200 }),
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
      'What the live rule shows over any play-by-play files is scored by `heavylift eval live.win-probability`, by the models that have not seen the season.',
      'What was expected before a game are ratings from the results before it (margins, home field, rest); a betting line goes before them where a feed has one. No roster goes in. Rows of a game share its outcome, so the intervals, drawn by game, are wide for as many rows.',
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

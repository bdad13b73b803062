import { bootstrapByGroup } from '../../../learn/bootstrap.ts'
import { crossFit } from '../../../learn/cross-fit.ts'
import { selectRows } from '../../../learn/dataset.ts'
import { foldOfGroups } from '../../../learn/groups.ts'
import { coverage, mae } from '../../../learn/metrics.ts'
import type { Dataset } from '../../../learn/model.ts'
import { readMatches } from '../../../learn/read-matches.ts'
import { writeReport } from '../../../learn/report.ts'
import type { Trained, TrainInput } from '../../../learn/trainable.ts'
import type { TrainedModel } from '../../../learn/trained-model.ts'
import { dataFiles, describeData } from '../../../learn/training-data.ts'
import { treePredictor } from '../../../learn/trees/boosted-trees.ts'
import type { BoostedTrees } from '../../../learn/trees/boosted-trees.ts'
import { trainTrees } from '../../../learn/trees/train-trees.ts'
import { nflPlayFormats } from '../../../feeds/nfl/play-formats.ts'
import { isPreseason } from '../team-strength.ts'
import { withinSeconds } from './end-of-game-rule.ts'
import { playsLeftRows } from './plays-left-dataset.ts'
import { playsLeftColumns } from './plays-left-features.ts'

/** Low end, middle and high end of the 80 % interval. */
const levels = [0.1, 0.5, 0.9] as const
const folds = 5
const innerFolds = 5

/** Learns from the last ten minutes; only what is said is scored. */
const trainedWithinSeconds = 600
const clockColumn = playsLeftColumns.indexOf('clock at the last snap, s')
const overtimeColumn = playsLeftColumns.indexOf('overtime')

/** Whether the rule says anything at a row. */
const isSaid = (data: Dataset, row: number): boolean =>
  data.features[row * data.columns.length + clockColumn]! <= withinSeconds ||
  data.features[row * data.columns.length + overtimeColumn] === 1

function trainQuantile(part: Dataset, level: number, seed: number, gains?: Float64Array): BoostedTrees {
  const { trees, importance } = trainTrees(part, {
    loss: { name: 'quantile', level },
    rounds: 110,
    learningRate: 0.08,
    maxLeaves: 14,
    minLeafRows: 60,
    l2: 1,
    rowShare: 0.7,
    columnShare: 0.8,
    maxBins: 100,
    seed,
  })
  importance.forEach((gain, column) => gains !== undefined && (gains[column]! += gain))
  return trees
}

function predictAll(trees: BoostedTrees, data: Dataset): Float64Array {
  const predictor = treePredictor(trees)
  const out = new Float64Array(1)
  return Float64Array.from(data.labels, (_, row) => {
    predictor.predict(data.features, row * data.columns.length, out)
    return out[0]!
  })
}

/**
 * Trees for the three quantiles. The ends are moved by what conformalised quantile regression finds (Romano, Patterson and
 * Candès 2019): by how much plays of games that were left out fell beyond them, so that four in five fall within.
 */
function trainIntervals(part: Dataset, seed: number, gains: Float64Array): TrainedModel {
  const inner = foldOfGroups(part.groups, innerFolds)
  const beyond: number[] = []
  for (let fold = 0; fold < innerFolds; fold++) {
    const seen = selectRows(part, (row) => inner.get(part.groups[row]!) !== fold)
    const held = selectRows(part, (row) => inner.get(part.groups[row]!) === fold && isSaid(part, row))
    const low = predictAll(trainQuantile(seen, levels[0], seed), held)
    const high = predictAll(trainQuantile(seen, levels[2], seed), held)
    held.labels.forEach((label, row) => beyond.push(Math.max(low[row]! - label, label - high[row]!)))
  }
  beyond.sort((a, b) => a - b)
  const move = beyond[Math.ceil(0.8 * (beyond.length + 1)) - 1]!
  const [low, middle, high] = levels.map((level) => trainQuantile(part, level, seed, gains)) as [
    BoostedTrees,
    BoostedTrees,
    BoostedTrees,
  ]
  low.base[0]! -= move
  high.base[0]! += move
  return { kind: 'stack', models: [low, middle, high] }
}

export async function trainNflPlaysLeft(input: TrainInput): Promise<Trained> {
  const paths = await dataFiles(input.dataDir)
  const matches = readMatches({ ...input, paths, formats: nflPlayFormats })
  const { dataset, seasons } = await playsLeftRows(
    matches,
    trainedWithinSeconds,
    ({ startMs }) => !isPreseason(startMs),
  )
  const gains = new Float64Array(dataset.columns.length)
  const { weights, outOfFold } = crossFit({
    name: 'nfl-plays-left',
    dataset,
    folds,
    partOf: seasons,
    train(part, fold) {
      input.report({ stage: 'training', done: fold, total: folds, unit: 'folds' })
      return trainIntervals(part, fold + 1, gains)
    },
  })
  const measured = (keep: (row: number) => boolean, name: string, goals: boolean) => {
    const scored = selectRows(dataset, keep)
    const output = (rows: Int32Array, number: number) =>
      Float64Array.from(rows, (row) => outOfFold[scored.rows[row]! * 3 + number]!)
    const labels = (rows: Int32Array) => Float64Array.from(rows, (row) => scored.labels[row]!)
    const over = (metric: (rows: Int32Array) => number) =>
      bootstrapByGroup(scored.groups, metric, { draws: 200 })
    return [
      {
        name: `MAE, plays, ${name}`,
        ...over((rows) => mae(output(rows, 1), labels(rows))),
        ...(goals ? { goal: '≤ 2.1' } : {}),
      },
      {
        name: `coverage of the 80 % interval, ${name}`,
        ...over((rows) => coverage(output(rows, 0), output(rows, 2), labels(rows))),
        ...(goals ? { goal: '0.77 – 0.83' } : {}),
      },
    ]
  }
  const isOvertime = (row: number) => dataset.features[row * dataset.columns.length + overtimeColumn] === 1
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  const report = writeReport({
    title: 'NFL plays left',
    summary:
      'How many plays (pass, run, kneel, spike, punt, field goal; a sack is a pass) are still to come in the fourth quarter, or in overtime, as it is known when a play is over: median and 80 % interval. Boosted trees on the pinball loss, ends moved by conformal calibration.',
    data: [await describeData('NFL play-by-play', paths)],
    split: `${folds} folds by season; learned from the last ten minutes and overtime, measured on what the rule says. Preseason games are left out.`,
    rows: dataset.labels.length,
    groups: new Set(dataset.groups).size,
    metrics: [
      ...measured((row) => isSaid(dataset, row) && !isOvertime(row), 'last five minutes', true),
      ...measured(
        (row) => isSaid(dataset, row) && !isOvertime(row) && dataset.labels[row]! <= 4,
        'last four plays',
        false,
      ),
      ...measured(isOvertime, 'overtime', false),
    ],
    importance: dataset.columns.map((name, column) => ({ name, value: gains[column]! / total })),
    picture: null,
    notes: [
      'The clock at the next snap is not known when a play is over: it is estimated from what stops the clock, who is ahead and the timeouts that are left.',
      'The count of the fourth quarter ends with it; overtime is counted by itself.',
    ],
  })
  return { weights, report, picture: null }
}

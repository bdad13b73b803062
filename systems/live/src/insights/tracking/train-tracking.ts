import { alertPrecisionBound, alertScores, learnFloors, worstAlerts } from '../../learn/alert-floor.ts'
import type { AlertRow, JudgedFloors } from '../../learn/alert-floor.ts'
import { crossFit, loadCrossFitted } from '../../learn/cross-fit.ts'
import { reliability } from '../../learn/metrics.ts'
import type { CrossFitted, Dataset } from '../../learn/model.ts'
import { reliabilitySvg } from '../../learn/reliability-svg.ts'
import { writeReport } from '../../learn/report.ts'
import type { Trained, TrainInput } from '../../learn/trainable.ts'
import type { TrainedModel } from '../../learn/trained-model.ts'
import { describeData } from '../../learn/training-data.ts'
import { committedModel } from '../../learn/weights-dir.ts'
import { blitzAlerts, coverageAlerts, pressureAlerts, rusherAlerts } from './alert-outcomes.ts'
import { blitzFolds, blitzModelName, sampleBlitz, trainBlitz } from './blitz-model.ts'
import {
  coverageAfterModelName,
  coverageEndMs,
  coverageFolds,
  coverageModelName,
  coverageOutputs,
  manLabels,
  sampleCoverage,
  sampleCoverageAfter,
  trainCoverage,
} from './coverage-model.ts'
import {
  pocketModelName,
  pressureFolds,
  pressureInstantMs,
  pressureModelName,
  samplePocketHealth,
  samplePressure,
  trainPocket,
  trainPressure,
} from './pressure-model.ts'
import { readPlays, trackingFiles } from './recorded-plays.ts'
import type { RecordedPlay } from './recorded-plays.ts'
import {
  rusherFolds,
  rusherModelName,
  rusherScores,
  sampleRushers,
  scoredRusherMs,
  trainRusher,
} from './rusher-model.ts'
import type { SampledRushers } from './rusher-model.ts'
import type { Sampled } from './sample-rows.ts'
import { blitzScores, coverageScores, pressureScores, seasonOf, wordScores } from './score-tracking.ts'
import type { Scores } from './score-tracking.ts'
import { throwFolds, throwModelName, sampleThrow, throwScores, trainThrow } from './throw-model.ts'

interface TrackingModel {
  name: string
  title: string
  summary: string
  folds: number
  /** Outputs of a row; the first is what the picture shows. */
  outputs: number
  /** Instant of the rows in the picture. Null: there is none. */
  pictureAtMs: number | null
  sample(plays: readonly RecordedPlay[]): Sampled
  train(part: Dataset, fold: number): TrainedModel
  /** 0 or 1 a row, for the picture. */
  happened(labels: Float64Array): Float64Array
  score(sampled: Sampled, predicted: Float64Array): Scores
  /** What the live rule would call out over whole plays by the weights that were just trained; its floor is learned from them. */
  alerts?(plays: readonly RecordedPlay[], model: CrossFitted): AlertRow[]
  goals: Record<string, string>
  notes: string[]
}

const few =
  'About 120 plays of 100 games bear on it: four points either way are noise. Features and strengths of penalties were compared by cross-validation over these same games, so the figures are a little kind.'

const models: TrackingModel[] = [
  {
    name: blitzModelName,
    title: 'Defensive alert: who rushes',
    summary:
      'The probability that a linebacker or defensive back rushes the passer, from where everyone stands and how he has moved in the last two seconds. It is trained on rows from 3 s before the snap up to it and is not told which, since nobody knows when the snap will come.',
    folds: blitzFolds,
    outputs: 1,
    pictureAtMs: -1000,
    sample: sampleBlitz,
    train: trainBlitz,
    happened: (labels) => labels,
    score: blitzScores,
    alerts: blitzAlerts,
    goals: {
      aucAtSnap: '≥ 0.945',
      aucMinus1s: '≥ 0.930',
      aucMinus2s: '≥ 0.920',
      alertPrecision: '≥ 0.85',
    },
    notes: [few],
  },
  {
    name: coverageModelName,
    title: 'Coverage before the snap',
    summary:
      'Man or zone, then the scheme, from safeties, corners, their facing, the pairing of defenders with receivers and motion.',
    folds: coverageFolds,
    outputs: coverageOutputs,
    pictureAtMs: 0,
    sample: sampleCoverage,
    train: trainCoverage,
    happened: manLabels,
    score: (sampled, predicted) => coverageScores(sampled, predicted, 'PreSnap'),
    alerts: (plays, before) => coverageAlerts(plays, { before, after: before }, false),
    goals: { accuracyPreSnap: '≥ 0.72' },
    notes: [few],
  },
  {
    name: coverageAfterModelName,
    title: 'Coverage as the play runs',
    summary:
      'Man or zone, then the scheme, from the picture at the snap and how defenders have moved with receivers since. Scored 3 s after the snap, or at the throw where that comes first.',
    folds: coverageFolds,
    outputs: coverageOutputs,
    pictureAtMs: coverageEndMs,
    sample: sampleCoverageAfter,
    train: trainCoverage,
    happened: manLabels,
    score: (sampled, predicted) => coverageScores(sampled, predicted, '3s'),
    alerts: (plays, after) =>
      coverageAlerts(plays, { before: committedModel(coverageModelName), after }, true),
    goals: { accuracy3s: '≥ 0.82' },
    notes: [few],
  },
  {
    name: pressureModelName,
    title: 'Pressure',
    summary:
      'The probability that the quarterback is charted as pressured on this play, from the rushers’ distances, closing speeds and times of arrival.',
    folds: pressureFolds,
    outputs: 1,
    pictureAtMs: pressureInstantMs,
    sample: samplePressure,
    train: trainPressure,
    happened: (labels) => labels,
    score: pressureScores,
    alerts: pressureAlerts,
    goals: { auc1500ms: '≥ 0.80', ece: '≤ 0.05' },
    notes: [few],
  },
  {
    name: rusherModelName,
    title: 'Who gets to the passer',
    summary:
      'The chance that a defender who has crossed the line arrives at the passer (within 1.5 yd, or under 2.0 yd at 3 yd/s and more) before throw, sack or 4 s, from where he is to the passer and to his blocker. The label comes from tracking alone. Rows at every tenth of a second; left and right are the same.',
    folds: rusherFolds,
    outputs: 1,
    pictureAtMs: scoredRusherMs,
    sample: sampleRushers,
    train: trainRusher,
    happened: (labels) => labels,
    score: (sampled, predicted) => rusherScores(sampled as SampledRushers, predicted),
    alerts: rusherAlerts,
    goals: { rusherAuc1500ms: '≥ 0.88', rusherEce: '≤ 0.03', topRusherHit: '≥ 0.60' },
    notes: [
      'Only some dozen rushers arrive after the instant that is scored: a few points either way are noise.',
    ],
  },
  {
    name: pocketModelName,
    title: 'Pocket health',
    summary:
      'The chance that the quarterback is charted as pressured, by distances and speeds alone; health is 100 times the chance that he is not. It may only fall as a rusher comes nearer, sooner or faster.',
    folds: pressureFolds,
    outputs: 1,
    pictureAtMs: pressureInstantMs,
    sample: samplePocketHealth,
    train: trainPocket,
    happened: (labels) => labels,
    score: wordScores,
    goals: {},
    notes: [few],
  },
  {
    name: throwModelName,
    title: 'Time left to throw',
    summary:
      'Seconds until the ball is thrown or the quarterback sacked: the middle, and an interval that holds 80 %.',
    folds: throwFolds,
    outputs: 3,
    pictureAtMs: null,
    sample: sampleThrow,
    train: trainThrow,
    happened: (labels) => labels,
    score: throwScores,
    goals: { coverage80: '0.78 – 0.82' },
    notes: [],
  },
]

/** Trains one of the models of player tracking, by its name. */
export async function trainTracking(name: string, { dataDir, report, signal }: TrainInput): Promise<Trained> {
  const model = models.find((one) => one.name === name)
  if (model === undefined) throw new RangeError(`No model of player tracking is called "${name}".`)
  const files = await trackingFiles(dataDir)
  report({ stage: 'reading', done: 0, total: files.tracking.length, unit: 'files' })
  const plays = await readPlays(dataDir, signal)
  const sampled = model.sample(plays)
  const { dataset } = sampled
  const { weights, outOfFold } = crossFit({
    name: model.name,
    dataset,
    folds: model.folds,
    train(part, fold) {
      report({ stage: 'training', done: fold, total: model.folds, unit: 'folds' })
      return model.train(part, fold)
    },
  })
  const alerts = model.alerts?.(plays, loadCrossFitted(weights))
  const judged = alerts && learnFloors(alerts, model.folds)
  if (judged !== undefined) weights.floors = judged.floors
  const trained = loadCrossFitted(weights)
  const floorFor = (game: string) => trained.floorFor(game)
  const scores = {
    ...model.score(sampled, outOfFold),
    ...(alerts === undefined ? {} : alertScores('alert', alerts, floorFor)),
  }
  const pictured = sampled.atMs.flatMap((atMs, row) => (atMs === model.pictureAtMs ? [row] : []))
  const happened = model.happened(dataset.labels)
  const bins = reliability(
    Float64Array.from(pictured, (row) => outOfFold[row * model.outputs] as number),
    Float64Array.from(pictured, (row) => happened[row] as number),
  )
  return {
    weights,
    picture: model.pictureAtMs === null ? null : reliabilitySvg(model.title, bins),
    report: writeReport({
      title: model.title,
      summary: model.summary,
      data: [await describeData('nfl-tracking', files.tracking), await describeData('labels', files.labels)],
      split: `Split by game into ${model.folds} folds.`,
      rows: dataset.labels.length,
      groups: new Set(dataset.groups).size,
      metrics: Object.entries(scores).map(([name, score]) => {
        const goal = model.goals[name]
        return { name, ...score, ...(goal === undefined ? {} : { goal }) }
      }),
      importance: [],
      picture: model.pictureAtMs === null ? null : `${model.name}.svg`,
      notes: [
        ...model.notes,
        ...(judged === undefined ? [] : [floorWords(judged, worstAlerts(alerts!, floorFor, seasonOf))]),
      ],
    }),
  }
}

/** The floor in words, with how often its alerts were right. */
function floorWords({ floors, alerts, right }: JudgedFloors, worst: ReturnType<typeof worstAlerts>): string {
  const promise = `whose alerts have a precision with a lower bound (95 %, over games) of at least ${alertPrecisionBound} on the games that teach it`
  const judged = `Each fold by the floor that the other folds taught, the live rule would have called out ${alerts} and been right ${right} times`
  if (floors.all === null)
    return `Nothing of this goes on air as an alert: there is no floor ${promise}, and that shows as much on games that did not. ${judged}.`
  const season =
    worst === null
      ? ''
      : ` Of the seasons with alerts in ten games or more, ${worst.source} has the lowest precision: ${worst.value.toFixed(3)}.`
  return `The floor for the air over all games is ${floors.all.toFixed(2)}: the lowest ${promise}. ${judged}.${season}`
}

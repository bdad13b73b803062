import type { MeasureInput } from '@heavylift/core'
import { alertScores, worstAlerts } from '../learn/alert-floor.ts'
import type { AlertRow } from '../learn/alert-floor.ts'
import { overRows } from '../learn/bootstrap.ts'
import { crossFit, predictByGroup } from '../learn/cross-fit.ts'
import { auc } from '../learn/metrics.ts'
import type { CrossFitted } from '../learn/model.ts'
import { worstOf, worstSource } from '../learn/worst-source.ts'
import { committedModel } from '../learn/weights-dir.ts'
import {
  blitzAlerts,
  coverageAlerts,
  pressureAlerts,
  rusherAlerts,
} from '../insights/tracking/alert-outcomes.ts'
import {
  baselineOf,
  blitzFolds,
  blitzModelName,
  sampleBlitz,
  trainBlitzBaseline,
} from '../insights/tracking/blitz-model.ts'
import {
  coverageAfterModelName,
  coverageEndMs,
  coverageModelName,
  coverageOutputs,
  manLabels,
  sampleCoverage,
  sampleCoverageAfter,
} from '../insights/tracking/coverage-model.ts'
import { pressureInstantMs, pressureModelName, samplePressure } from '../insights/tracking/pressure-model.ts'
import {
  rusherBaselineOf,
  rusherFolds,
  rusherModelName,
  rusherScores,
  scoredRusherMs,
  sampleRushers,
  trainRusherBaseline,
} from '../insights/tracking/rusher-model.ts'
import { readPlays } from '../insights/tracking/recorded-plays.ts'
import type { RecordedPlay } from '../insights/tracking/recorded-plays.ts'
import type { Sampled } from '../insights/tracking/sample-rows.ts'
import {
  blitzScores,
  coverageScores,
  flatScores,
  pressureScores,
  seasonOf,
  shareRight,
} from '../insights/tracking/score-tracking.ts'
import { simulatedPlays } from './simulated-plays.ts'

/** Files of player tracking with a `labels.csv`, or without `--data` a simulated game. */
async function playsFor({ dataDir, signal, report }: MeasureInput): Promise<RecordedPlay[]> {
  report({ stage: 'reading', done: 0, unit: 'plays' })
  return dataDir === null ? simulatedPlays(1) : readPlays(dataDir, signal)
}

/** Each game by the model that did not see it. */
function predictionsOf(name: string, sampled: Sampled, outputs = 1): Float64Array {
  return predictByGroup(committedModel(name), sampled.dataset, outputs)
}

function playsIn(sampled: Sampled): number {
  return new Set(sampled.plays).size
}

type Ranked = { atMs: number; scores: Float64Array; labels: Float64Array }

/** The month stands in the id of a game, `2018121600`. */
const monthOf = (game: string) => game.replace(/^.*?(\d{4})(\d{2})\d{4}.*$/, '$1-$2')

/**
 * The season and the month in which a metric that is better higher does worst at one instant, of those with ten games or more: a game has
 * a handful of plays, too few to be told from chance.
 */
function worstAt(
  name: string,
  { dataset, atMs: instants }: Sampled,
  { atMs, scores, labels }: Ranked,
  metric: typeof auc = auc,
) {
  const rows = instants.flatMap((at, row) => (at === atMs ? [row] : []))
  const groups = rows.map((row) => dataset.groups[row]!)
  const missed = overRows(
    (predicted, happened) => 1 - metric(predicted, happened),
    Float64Array.from(rows, (row) => scores[row]!),
    Float64Array.from(rows, (row) => labels[row]!),
  )
  return Object.fromEntries(
    [
      { of: 'Season', sourceOf: seasonOf },
      { of: 'Month', sourceOf: monthOf },
    ].map(({ of, sourceOf }) => {
      const worst = worstSource(groups.map(sourceOf), groups, missed)
      return [`${name}Of${of}`, worst && { source: worst.source, value: 1 - worst.value }]
    }),
  )
}

/** What the live rule calls out, each game by the floor that other games taught; and in the worst season. */
function shownAlerts(prefix: string, rows: readonly AlertRow[], model: CrossFitted) {
  const floorFor = (game: string) => model.floorFor(game)
  return {
    metrics: flatScores(alertScores(prefix, rows, floorFor)),
    worst: { [`${prefix}PrecisionOfSeason`]: worstAlerts(rows, floorFor, seasonOf) },
  }
}

export async function measureBlitz(input: MeasureInput) {
  const plays = await playsFor(input)
  const sampled = sampleBlitz(plays)
  const predicted = predictionsOf(blitzModelName, sampled)
  const { labels } = sampled.dataset
  const alerts = shownAlerts(
    'alert',
    blitzAlerts(plays, committedModel(blitzModelName)),
    committedModel(blitzModelName),
  )
  const metrics = { ...flatScores(blitzScores(sampled, predicted)), ...alerts.metrics }
  // A baseline of one game cannot be cross-fitted.
  const worst = worstOf({
    ...worstAt('aucAtSnap', sampled, { atMs: 0, scores: predicted, labels }),
    ...worstAt('aucMinus1s', sampled, { atMs: -1000, scores: predicted, labels }),
    ...worstAt('aucMinus2s', sampled, { atMs: -2000, scores: predicted, labels }),
    ...alerts.worst,
  })
  if (new Set(sampled.dataset.groups).size < blitzFolds) return { n: playsIn(sampled), metrics, worst }
  const dataset = baselineOf(sampled.dataset)
  const { outOfFold } = crossFit({
    name: 'baseline',
    dataset,
    folds: blitzFolds,
    train: trainBlitzBaseline,
  })
  return { n: playsIn(sampled), metrics, worst, baseline: flatScores(blitzScores(sampled, outOfFold)) }
}

export async function measureCoverage(input: MeasureInput) {
  const plays = await playsFor(input)
  const before = sampleCoverage(plays)
  const after = sampleCoverageAfter(plays)
  const models = { before: committedModel(coverageModelName), after: committedModel(coverageAfterModelName) }
  const alerts = [
    shownAlerts('alertPreSnap', coverageAlerts(plays, models, false), models.before),
    shownAlerts('alert3s', coverageAlerts(plays, models, true), models.after),
  ]
  const told = [
    {
      sampled: before,
      predicted: predictionsOf(coverageModelName, before, coverageOutputs),
      atMs: 0,
      when: 'PreSnap',
    },
    {
      sampled: after,
      predicted: predictionsOf(coverageAfterModelName, after, coverageOutputs),
      atMs: coverageEndMs,
      when: '3s',
    },
  ] as const
  const worst = told.map(({ sampled, predicted, atMs, when }) => {
    const labels = manLabels(sampled.dataset.labels)
    const scores = labels.map((_, row) => predicted[row * coverageOutputs]!)
    return {
      ...worstAt(`accuracy${when}`, sampled, { atMs, scores, labels }, shareRight),
      ...worstAt(`auc${when}`, sampled, { atMs, scores, labels }),
    }
  })
  const zone = (sampled: Sampled): Float64Array => new Float64Array(sampled.atMs.length * coverageOutputs)
  return {
    n: playsIn(before),
    metrics: Object.assign(
      flatScores({
        ...coverageScores(before, told[0].predicted, 'PreSnap'),
        ...coverageScores(after, told[1].predicted, '3s'),
      }),
      ...alerts.map(({ metrics }) => metrics),
    ) as Record<string, number>,
    worst: worstOf(Object.assign({}, ...worst, ...alerts.map((one) => one.worst))),
    baseline: flatScores({
      ...coverageScores(before, zone(before), 'PreSnap'),
      ...coverageScores(after, zone(after), '3s'),
    }),
  }
}

export async function measurePressure(input: MeasureInput) {
  const plays = await playsFor(input)
  const charted = samplePressure(plays)
  const rushers = sampleRushers(plays)
  const predicted = predictionsOf(rusherModelName, rushers)
  const pressured = predictionsOf(pressureModelName, charted)
  const who = shownAlerts(
    'rusherAlert',
    rusherAlerts(plays, committedModel(rusherModelName)),
    committedModel(rusherModelName),
  )
  const pressure = shownAlerts(
    'pressureAlert',
    pressureAlerts(plays, committedModel(pressureModelName)),
    committedModel(pressureModelName),
  )
  const metrics = {
    ...flatScores({
      ...rusherScores(rushers, predicted),
      // What people charted, where there are labels.
      ...(charted.atMs.length === 0 ? {} : pressureScores(charted, pressured)),
    }),
    ...who.metrics,
    ...pressure.metrics,
  }
  // A baseline of one game cannot be cross-fitted.
  const worst = worstOf({
    ...worstAt('rusherAuc1000ms', rushers, { atMs: 1000, scores: predicted, labels: rushers.dataset.labels }),
    ...worstAt('rusherAuc1500ms', rushers, {
      atMs: scoredRusherMs,
      scores: predicted,
      labels: rushers.dataset.labels,
    }),
    ...worstAt('auc1500ms', charted, {
      atMs: pressureInstantMs,
      scores: pressured,
      labels: charted.dataset.labels,
    }),
    ...who.worst,
    ...pressure.worst,
  })
  if (new Set(rushers.dataset.groups).size < rusherFolds) return { n: playsIn(rushers), metrics, worst }
  const { outOfFold } = crossFit({
    name: 'baseline',
    dataset: rusherBaselineOf(rushers.dataset),
    folds: rusherFolds,
    train: trainRusherBaseline,
  })
  return { n: playsIn(rushers), metrics, worst, baseline: flatScores(rusherScores(rushers, outOfFold)) }
}

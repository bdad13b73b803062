import { bootstrapByGroup, overRows } from '../../learn/bootstrap.ts'
import type { BootstrapInterval } from '../../learn/bootstrap.ts'
import { unbiasedEce } from '../../learn/calibration-error.ts'
import { auc, brier, ece } from '../../learn/metrics.ts'
import { coverageEndMs, coverageOutputs, manLabels, schemeProbabilities } from './coverage-model.ts'
import { pressureInstantMs } from './pressure-model.ts'
import type { Sampled } from './sample-rows.ts'

export type Scores = Record<string, BootstrapInterval>

type Metric = (predicted: Float64Array, labels: Float64Array) => number

function rowsAt(sampled: Sampled, atMs: number, predicted: Float64Array, labels: Float64Array) {
  const rows = sampled.atMs.flatMap((at, row) => (at === atMs ? [row] : []))
  return {
    predicted: Float64Array.from(rows, (row) => predicted[row] as number),
    labels: Float64Array.from(rows, (row) => labels[row] as number),
    groups: rows.map((row) => sampled.dataset.groups[row] as string),
  }
}

/** A metric over the rows of one instant, with its bootstrap over games. */
export function scoreAt(
  sampled: Sampled,
  atMs: number,
  predicted: Float64Array,
  labels: Float64Array,
  metric: Metric,
): BootstrapInterval {
  const own = rowsAt(sampled, atMs, predicted, labels)
  return bootstrapByGroup(own.groups, overRows(metric, own.predicted, own.labels))
}

/** The calibration error of one instant as it is seen, which has no interval of its own, and the one behind it (`…Unbiased`). */
export function calibrationAt(
  name: string,
  sampled: Sampled,
  atMs: number,
  predicted: Float64Array,
  labels: Float64Array,
): Scores {
  const own = rowsAt(sampled, atMs, predicted, labels)
  return calibrationOf(name, own.predicted, own.labels, own.groups)
}

function calibrationOf(
  name: string,
  predicted: Float64Array,
  labels: Float64Array,
  groups: readonly string[],
): Scores {
  return {
    [name]: { value: ece(predicted, labels), low: Number.NaN, high: Number.NaN },
    [`${name}Unbiased`]: unbiasedEce(predicted, labels, groups),
  }
}

export function blitzScores(sampled: Sampled, predicted: Float64Array): Scores {
  const { labels } = sampled.dataset
  return {
    aucAtSnap: scoreAt(sampled, 0, predicted, labels, auc),
    aucMinus1s: scoreAt(sampled, -1000, predicted, labels, auc),
    aucMinus2s: scoreAt(sampled, -2000, predicted, labels, auc),
    brier: scoreAt(sampled, 0, predicted, labels, brier),
    ...calibrationAt('eceMinus1s', sampled, -1000, predicted, labels),
  }
}

/** `predicted` holds `coverageOutputs` numbers a row. Accuracy of man or zone, and of the scheme, at one instant. */
export function coverageScores(sampled: Sampled, predicted: Float64Array, instant: 'PreSnap' | '3s'): Scores {
  const { labels } = sampled.dataset
  const atMs = instant === 'PreSnap' ? 0 : coverageEndMs
  const man = labels.map((_, row) => predicted[row * coverageOutputs] as number)
  const scheme = labels.map((_, row) => {
    const named = schemeProbabilities(predicted.subarray(row * coverageOutputs, (row + 1) * coverageOutputs))
    const probabilities = named.map(({ probability }) => probability)
    return probabilities.indexOf(Math.max(...probabilities))
  })
  const truth = manLabels(labels)
  return {
    [`accuracy${instant}`]: scoreAt(sampled, atMs, man, truth, shareRight),
    [`auc${instant}`]: scoreAt(sampled, atMs, man, truth, auc),
    [`schemeAccuracy${instant}`]: scoreAt(sampled, atMs, scheme, labels, shareEqual),
  }
}

export function pressureScores(sampled: Sampled, predicted: Float64Array): Scores {
  const { labels } = sampled.dataset
  return {
    auc1500ms: scoreAt(sampled, pressureInstantMs, predicted, labels, auc),
    ...calibrationAt('ece', sampled, pressureInstantMs, predicted, labels),
    brier: scoreAt(sampled, pressureInstantMs, predicted, labels, brier),
    // Of whatever may be said, not at one instant alone.
    ...wordScores(sampled, predicted),
  }
}

/** Over the rows of every instant. */
export function wordScores(sampled: Sampled, predicted: Float64Array): Scores {
  const { groups, labels } = sampled.dataset
  const score = (metric: Metric) => bootstrapByGroup(groups, overRows(metric, predicted, labels))
  return {
    wordsAuc: score(auc),
    ...calibrationOf('wordsEce', predicted, labels, groups),
    wordsBrier: score(brier),
  }
}

/** Share of rows whose likelier side is the label. */
export function shareRight(predicted: Float64Array, labels: Float64Array): number {
  return shareEqual(
    predicted.map((value) => (value >= 0.5 ? 1 : 0)),
    labels,
  )
}

function shareEqual(predicted: Float64Array, labels: Float64Array): number {
  return labels.filter((label, row) => predicted[row] === label).length / labels.length
}

/** `auc` becomes `auc`, `aucLow` and `aucHigh`; what has no interval of its own has its name alone. */
export function flatScores(scores: Scores): Record<string, number> {
  return Object.fromEntries(
    Object.entries(scores).flatMap(([name, { value, low, high }]) =>
      Number.isNaN(low) && !Number.isNaN(value)
        ? [[name, value]]
        : [
            [name, value],
            [`${name}Low`, low],
            [`${name}High`, high],
          ],
    ),
  )
}

/** Season of a game by its id, `2018121600`: the year in which it began. January belongs to the season before. */
export function seasonOf(game: string): string {
  const [, year, month] = /(\d{4})(\d{2})\d{4}/.exec(game) ?? []
  return year === undefined ? game : String(Number(year) - (Number(month) < 3 ? 1 : 0))
}

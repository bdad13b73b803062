import type { MeasureInput } from '@heavylift/core'
import { crossFit, predictByGroup } from '../learn/cross-fit.ts'
import { committedModel } from '../learn/weights-dir.ts'
import { alertOutcomes } from '../insights/tracking/alert-outcomes.ts'
import {
  alertThreshold,
  baselineOf,
  blitzFolds,
  blitzModelName,
  sampleBlitz,
  trainBlitzBaseline,
} from '../insights/tracking/blitz-model.ts'
import {
  coverageAfterModelName,
  coverageModelName,
  coverageOutputs,
  sampleCoverage,
  sampleCoverageAfter,
} from '../insights/tracking/coverage-model.ts'
import { pressureModelName, samplePressure } from '../insights/tracking/pressure-model.ts'
import { readPlays } from '../insights/tracking/recorded-plays.ts'
import type { RecordedPlay } from '../insights/tracking/recorded-plays.ts'
import type { Sampled } from '../insights/tracking/sample-rows.ts'
import {
  alertScores,
  blitzScores,
  coverageScores,
  flatScores,
  pressureScores,
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

export async function measureBlitz(input: MeasureInput) {
  const plays = await playsFor(input)
  const sampled = sampleBlitz(plays)
  const predicted = predictionsOf(blitzModelName, sampled)
  const metrics = flatScores({
    ...blitzScores(sampled, predicted),
    ...alertScores(sampled, predicted, alertThreshold),
    ...alertOutcomes(plays, committedModel(blitzModelName)),
  })
  // A baseline of one game cannot be cross-fitted.
  if (new Set(sampled.dataset.groups).size < blitzFolds) return { n: playsIn(sampled), metrics }
  const dataset = baselineOf(sampled.dataset)
  const { outOfFold } = crossFit({
    name: 'baseline',
    dataset,
    folds: blitzFolds,
    train: trainBlitzBaseline,
  })
  return { n: playsIn(sampled), metrics, baseline: flatScores(blitzScores(sampled, outOfFold)) }
}

export async function measureCoverage(input: MeasureInput) {
  const plays = await playsFor(input)
  const before = sampleCoverage(plays)
  const after = sampleCoverageAfter(plays)
  const zone = (sampled: Sampled): Float64Array => new Float64Array(sampled.atMs.length * coverageOutputs)
  return {
    n: playsIn(before),
    metrics: flatScores({
      ...coverageScores(before, predictionsOf(coverageModelName, before, coverageOutputs), 'PreSnap'),
      ...coverageScores(after, predictionsOf(coverageAfterModelName, after, coverageOutputs), '3s'),
    }),
    baseline: flatScores({
      ...coverageScores(before, zone(before), 'PreSnap'),
      ...coverageScores(after, zone(after), '3s'),
    }),
  }
}

export async function measurePressure(input: MeasureInput) {
  const sampled = samplePressure(await playsFor(input))
  return {
    n: playsIn(sampled),
    metrics: flatScores(pressureScores(sampled, predictionsOf(pressureModelName, sampled))),
  }
}

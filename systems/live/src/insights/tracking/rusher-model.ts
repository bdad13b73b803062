import { bootstrapByGroup } from '../../learn/bootstrap.ts'
import { trainLogistic } from '../../learn/logistic.ts'
import { auc, brier } from '../../learn/metrics.ts'
import type { Dataset } from '../../learn/model.ts'
import type { TrainedModel } from '../../learn/trained-model.ts'
import { trainTrees } from '../../learn/trees/train-trees.ts'
import { addFrame, openPlay } from './play-state.ts'
import type { RecordedPlay } from './recorded-plays.ts'
import { noteArrivals, arrivalFromMs, arrivalUntilMs } from './rusher-arrivals.ts'
import { rusherColumns, rusherRows } from './rusher-features.ts'
import { RowGatherer } from './sample-rows.ts'
import type { Sampled } from './sample-rows.ts'
import { calibrationAt, scoreAt } from './score-tracking.ts'
import type { Scores } from './score-tracking.ts'

export const rusherModelName = 'nfl-rusher'
export const rusherFolds = 8

/** The instant whose word is scored. */
export const scoredRusherMs = 1500

/** Rows of rushers, with when each arrives. */
export interface SampledRushers extends Sampled {
  /** Milliseconds from the row to the arrival; null where he never does. */
  arrivesInMs: (number | null)[]
  /** Milliseconds from the row to throw, sack or the last instant that counts. */
  endsInMs: number[]
}

/**
 * Rows of everyone who has crossed the line and not yet arrived, at each tenth of a second of pass and sack plays until throw or
 * sack; the label is whether he arrives before that and before 4 s.
 */
export function sampleRushers(plays: readonly RecordedPlay[], stepMs = 100): SampledRushers {
  const gatherer = new RowGatherer(rusherColumns)
  const arrivesInMs: (number | null)[] = []
  const endsInMs: number[] = []
  for (const { matchId, start, frames, play } of plays) {
    if (play.playType !== 'pass' && play.playType !== 'sack') continue
    const state = openPlay(start)
    const crossed = new Set<string>()
    const arrived = new Map<string, number>()
    const rows: { id: string; row: Float64Array; atMs: number }[] = []
    let endMs = arrivalUntilMs
    for (const frame of frames) {
      addFrame(state, frame)
      if (state.snapMs === null) continue
      const atMs = frame.clocks.eventTimeMs - state.snapMs
      noteArrivals(state, crossed, arrived)
      if (state.throwMs !== null || state.sackMs !== null || atMs > arrivalUntilMs) {
        endMs = Math.min(endMs, atMs)
        break
      }
      if (atMs < arrivalFromMs || atMs % stepMs !== 0) continue
      const { places, features } = rusherRows(state, state.frames.length - 1)
      for (const [index, place] of places.entries()) {
        const { id } = state.roster[place]!
        if (arrived.has(id)) continue
        rows.push({
          id,
          atMs,
          row: features.slice(index * rusherColumns.length, (index + 1) * rusherColumns.length),
        })
      }
    }
    const name = `${matchId} ${start.situation.playId}`
    for (const { id, row, atMs } of rows) {
      const at = arrived.get(id)
      gatherer.add(row, at === undefined ? 0 : 1, matchId, name, atMs)
      arrivesInMs.push(at === undefined ? null : at - atMs)
      endsInMs.push(endMs - atMs)
    }
  }
  return { ...gatherer.sampled(), arrivesInMs, endsInMs }
}

/** Small trees beside a straight line in log-odds: some hundred arrivals bear no more. */
export function trainRusher(part: Dataset, fold: number): TrainedModel {
  const { trees } = trainTrees(part, {
    loss: { name: 'log' },
    rounds: 100,
    learningRate: 0.05,
    maxLeaves: 4,
    minLeafRows: 80,
    l2: 5,
    rowShare: 0.6,
    columnShare: 0.3,
    seed: fold,
  })
  return { kind: 'blend', models: [trees, trainLogistic(part, { l2: 0.03 })], weights: [0.5, 0.5] }
}

/** The rows with distance and closing speed only, for the baseline. */
export function rusherBaselineOf(dataset: Dataset): Dataset {
  const columns = ['distance', 'closing']
  const places = columns.map((name) => dataset.columns.indexOf(name))
  const width = dataset.columns.length
  const features = new Float64Array(dataset.labels.length * places.length)
  for (let row = 0; row < dataset.labels.length; row++)
    for (const [column, place] of places.entries())
      features[row * places.length + column] = dataset.features[row * width + place]!
  return { ...dataset, columns, features }
}

export function trainRusherBaseline(part: Dataset): TrainedModel {
  return trainLogistic(part, { l2: 0.001 })
}

/** Scores of the chance that a rusher arrives, and of who is said to be the likeliest, against who is the first. */
export function rusherScores(sampled: SampledRushers, predicted: Float64Array): Scores {
  const { dataset, atMs, plays, arrivesInMs } = sampled
  const { labels } = dataset
  const scored = atMs.flatMap((at, row) => (at === scoredRusherMs ? [row] : []))
  // A play counts where somebody arrives after the instant.
  const told = [...Map.groupBy(scored, (row) => plays[row]!)].flatMap(([, rows]) => {
    const first = Math.min(...rows.map((row) => arrivesInMs[row] ?? Infinity))
    if (first === Infinity) return []
    const top = rows.reduce((best, row) => (predicted[row]! > predicted[best]! ? row : best))
    return [{ group: dataset.groups[top]!, isHit: arrivesInMs[top] === first }]
  })
  return {
    rusherAuc1000ms: scoreAt(sampled, 1000, predicted, labels, auc),
    rusherAuc1500ms: scoreAt(sampled, scoredRusherMs, predicted, labels, auc),
    ...calibrationAt('rusherEce', sampled, scoredRusherMs, predicted, labels),
    rusherBrier: scoreAt(sampled, scoredRusherMs, predicted, labels, brier),
    topRusherHit: bootstrapByGroup(
      told.map(({ group }) => group),
      (rows) => rows.filter((row) => told[row]!.isHit).length / rows.length,
    ),
  }
}

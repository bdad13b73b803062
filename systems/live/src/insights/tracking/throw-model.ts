import { bootstrapByGroup } from '../../learn/bootstrap.ts'
import type { Dataset } from '../../learn/model.ts'
import type { TrainedModel } from '../../learn/trained-model.ts'
import { trainTrees } from '../../learn/trees/train-trees.ts'
import { pocketAt, pocketColumns } from './pocket-features.ts'
import { addFrame, openPlay } from './play-state.ts'
import type { RecordedPlay } from './recorded-plays.ts'
import { RowGatherer } from './sample-rows.ts'
import type { Sampled } from './sample-rows.ts'
import type { Scores } from './score-tracking.ts'

export const throwModelName = 'nfl-throw-time'
export const throwFolds = 6

/** Quantiles that a prediction has, in order. Trees hug what they saw, so that these two hold about 80 % of plays they did not see. */
const levels = [0.07, 0.5, 0.93]

/** Rows at every fifth of a second from the snap to throw or sack; the label is the seconds that are left. */
export function sampleThrow(plays: readonly RecordedPlay[]): Sampled {
  const gatherer = new RowGatherer(pocketColumns)
  for (const recorded of plays) {
    if (recorded.play.playType !== 'pass' && recorded.play.playType !== 'sack') continue
    const state = openPlay(recorded.start)
    const rows: { row: Float64Array; atMs: number; now: number }[] = []
    for (const frame of recorded.frames) {
      addFrame(state, frame)
      if (state.snapMs === null) continue
      if (state.throwMs !== null || state.sackMs !== null) break
      const now = frame.clocks.eventTimeMs
      const atMs = now - state.snapMs
      if (atMs > 0 && atMs % 200 === 100)
        rows.push({ row: pocketAt(state, state.frames.length - 1).features, atMs, now })
    }
    const endMs = state.throwMs ?? state.sackMs
    if (endMs === null) continue
    const play = `${recorded.matchId} ${recorded.start.situation.playId}`
    for (const { row, atMs, now } of rows)
      gatherer.add(row, (endMs - now) / 1000, recorded.matchId, play, atMs)
  }
  return gatherer.sampled()
}

export function trainThrow(part: Dataset, fold: number): TrainedModel {
  return {
    kind: 'stack',
    models: levels.map(
      (level, index) =>
        trainTrees(part, {
          loss: { name: 'quantile', level },
          rounds: 50,
          learningRate: 0.08,
          maxLeaves: 4,
          minLeafRows: 80,
          rowShare: 0.7,
          columnShare: 0.3,
          seed: fold * 10 + index,
        }).trees,
    ),
  }
}

/** Share of rows within the 80 % interval, and the mean error of the middle in seconds. */
export function throwScores(sampled: Sampled, predicted: Float64Array): Scores {
  const { groups, labels } = sampled.dataset
  const meanOver = (value: (row: number) => number) =>
    bootstrapByGroup(groups, (rows) => rows.reduce((sum, row) => sum + value(row), 0) / rows.length)
  const at = (row: number, level: number): number => predicted[row * levels.length + level] as number
  return {
    coverage80: meanOver((row) =>
      (labels[row] as number) >= at(row, 0) && (labels[row] as number) <= at(row, 2) ? 1 : 0,
    ),
    maeSeconds: meanOver((row) => Math.abs((labels[row] as number) - at(row, 1))),
  }
}

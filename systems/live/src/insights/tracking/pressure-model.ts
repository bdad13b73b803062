import type { Dataset } from '../../learn/model.ts'
import { trainLogistic } from '../../learn/logistic.ts'
import type { TrainedModel } from '../../learn/trained-model.ts'
import { trainTrees } from '../../learn/trees/train-trees.ts'
import { pocketAt, pocketColumns } from './pocket-features.ts'
import { addFrame, openPlay } from './play-state.ts'
import type { RecordedPlay } from './recorded-plays.ts'
import { RowGatherer } from './sample-rows.ts'
import type { Sampled } from './sample-rows.ts'

export const pressureModelName = 'nfl-pressure'
export const pocketModelName = 'nfl-pocket'
export const pressureFolds = 8

/** The instant that is scored. */
export const pressureInstantMs = 1500

/**
 * Columns of the pressure model. The same pocket means another thing early and late in a play, since whoever was not pressured by then
 * has had his time: so the clock is one of them.
 */
export const pressureColumns = [
  'soonestPerSecond',
  'secondSoonest',
  'thirdNearest',
  'fastestClosing',
  'nearestGain05s',
  'quarterbackDepth',
  'yardsToGo',
  'pocketWidth',
  'secondsSinceSnap',
  'soonestPerSecondLate',
  'nearest',
] as const

/** Columns of the pocket's health, and which way pressure may go as they rise. */
const pocketDirections = [
  ['nearest', -1],
  ['secondNearest', -1],
  ['thirdNearest', -1],
  ['soonest', -1],
  ['secondSoonest', -1],
  ['fastestClosing', 1],
  ['within5', 1],
] as const

export const pocketHealthColumns: readonly string[] = pocketDirections.map(([column]) => column)

const placeOf = (column: (typeof pocketColumns)[number]): number => pocketColumns.indexOf(column)

/** A row of the pressure model from the pocket's. */
export function pressureRow(pocket: Float64Array): Float64Array {
  const at = (column: (typeof pocketColumns)[number]): number => pocket[placeOf(column)] as number
  const soonestPerSecond = 1 / (0.4 + at('soonest'))
  const seconds = at('secondsSinceSnap')
  return Float64Array.of(
    soonestPerSecond,
    at('secondSoonest'),
    at('thirdNearest'),
    at('fastestClosing'),
    at('nearestGain05s'),
    at('quarterbackDepth'),
    at('yardsToGo'),
    at('pocketWidth'),
    seconds,
    soonestPerSecond * seconds,
    at('nearest'),
  )
}

/** A row of the pocket's health from the pocket's. */
export function pocketHealthRow(pocket: Float64Array): Float64Array {
  return Float64Array.from(pocketDirections, ([column]) => pocket[placeOf(column)] as number)
}

/** Rows of the pressure model at every tenth of a second at which the rule may speak: from 0.5 s to 4 s, until the ball is out. */
export function samplePressure(plays: readonly RecordedPlay[]): Sampled {
  return samplePocket(
    plays,
    pressureColumns,
    pressureRow,
    (atMs, isOut) => atMs >= 500 && atMs % 100 === 0 && !isOut,
  )
}

/** Rows of the pocket's health at every fifth of a second from 0.7 s to 4 s after the snap, until the ball is out. */
export function samplePocketHealth(plays: readonly RecordedPlay[]): Sampled {
  return samplePocket(
    plays,
    pocketHealthColumns,
    pocketHealthRow,
    (atMs, isOut) => atMs >= 700 && atMs <= 4000 && atMs % 200 === 100 && !isOut,
  )
}

function samplePocket(
  plays: readonly RecordedPlay[],
  columns: readonly string[],
  rowOf: (pocket: Float64Array) => Float64Array,
  isWanted: (atMs: number, isOut: boolean) => boolean,
): Sampled {
  const gatherer = new RowGatherer(columns)
  for (const recorded of plays) {
    const { wasPressure } = recorded.chart
    if (wasPressure === null) continue
    const state = openPlay(recorded.start)
    const play = `${recorded.matchId} ${recorded.start.situation.playId}`
    for (const frame of recorded.frames) {
      addFrame(state, frame)
      if (state.snapMs === null) continue
      const atMs = frame.clocks.eventTimeMs - state.snapMs
      if (atMs > 4000) break
      if (!isWanted(atMs, state.throwMs !== null || state.sackMs !== null)) continue
      const { features } = pocketAt(state, state.frames.length - 1)
      gatherer.add(rowOf(features), wasPressure ? 1 : 0, recorded.matchId, play, atMs)
    }
  }
  return gatherer.sampled()
}

/** A straight line in log-odds: there are too few charted plays for more. */
export function trainPressure(part: Dataset): TrainedModel {
  return trainLogistic(part, { l2: 0.02 })
}

/** Small trees that may only say worse as rushers come nearer or faster. */
export function trainPocket(part: Dataset, fold: number): TrainedModel {
  const trees = trainTrees(part, {
    loss: { name: 'log' },
    rounds: 80,
    learningRate: 0.05,
    maxLeaves: 4,
    minLeafRows: 60,
    l2: 5,
    rowShare: 0.6,
    columnShare: 0.5,
    monotone: pocketDirections.map(([, direction]) => direction),
    seed: fold,
  })
  return trees.trees
}

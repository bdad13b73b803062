import type { Dataset } from '../../learn/model.ts'
import { trainLogistic } from '../../learn/logistic.ts'
import type { TrainedModel } from '../../learn/trained-model.ts'
import { trainTrees } from '../../learn/trees/train-trees.ts'
import { blitzColumns, blitzRows } from './blitz-features.ts'
import { noteRushers } from './labels.ts'
import { addFrame, openPlay } from './play-state.ts'
import type { RecordedPlay } from './recorded-plays.ts'
import { RowGatherer } from './sample-rows.ts'
import type { Sampled } from './sample-rows.ts'

export const blitzModelName = 'nfl-blitz'
export const blitzFolds = 8

/** Instants before the snap that training sees; the model is not told which one a row is. */
const instantsMs = [-3000, -2500, -2000, -1500, -1000, -500, 0]

/** Rows of every linebacker and back of pass and sack plays with a snap; the label is whether he rushed. */
export function sampleBlitz(plays: readonly RecordedPlay[]): Sampled {
  const gatherer = new RowGatherer(blitzColumns)
  for (const recorded of plays) {
    if (recorded.play.playType !== 'pass' && recorded.play.playType !== 'sack') continue
    const snapMs = recorded.frames.find(({ event }) => event === 'ball_snap')?.clocks.eventTimeMs
    if (snapMs === undefined) continue
    const state = openPlay(recorded.start)
    const rushed = new Set<string>()
    const rows: { id: string; row: Float64Array; atMs: number }[] = []
    for (const frame of recorded.frames) {
      addFrame(state, frame)
      noteRushers(state, rushed)
      const atMs = frame.clocks.eventTimeMs - snapMs
      if (!instantsMs.includes(atMs)) continue
      const { places, features } = blitzRows(state, state.frames.length - 1)
      for (const [index, place] of places.entries()) {
        const row = features.slice(index * blitzColumns.length, (index + 1) * blitzColumns.length)
        rows.push({ id: state.roster[place]?.id ?? '', row, atMs })
      }
    }
    const play = `${recorded.matchId} ${recorded.start.situation.playId}`
    for (const { id, row, atMs } of rows)
      gatherer.add(row, rushed.has(id) ? 1 : 0, recorded.matchId, play, atMs)
  }
  return gatherer.sampled()
}

/** Small trees beside a straight line in log-odds: 120 plays bear no more. */
export function trainBlitz(part: Dataset, fold: number): TrainedModel {
  const trees = [0, 1].map((member) =>
    trainTrees(part, {
      loss: { name: 'log' },
      rounds: 200,
      learningRate: 0.05,
      maxLeaves: 4,
      minLeafRows: 150,
      l2: 5,
      rowShare: 0.7,
      columnShare: 0.2,
      seed: fold * 10 + member,
    }),
  )
  return {
    kind: 'blend',
    models: [...trees.map(({ trees: model }) => model), trainLogistic(part, { l2: 0.017 })],
    weights: [0.33, 0.33, 0.34],
  }
}

/** Five columns of the logistic baseline: depth, place beside the tackle, speed to the line, facing, distance to a receiver. */
const baselineColumns = ['depth', 'absLateral', 'speedToLine', 'facesQuarterback', 'nearestReceiver']

export function trainBlitzBaseline(part: Dataset): TrainedModel {
  return trainLogistic(part, { l2: 0.001 })
}

/** The same rows with the baseline's columns only. */
export function baselineOf(dataset: Dataset): Dataset {
  const places = baselineColumns.map((name) => dataset.columns.indexOf(name))
  const width = dataset.columns.length
  const rows = dataset.labels.length
  const features = new Float64Array(rows * places.length)
  for (let row = 0; row < rows; row++)
    for (const [column, place] of places.entries())
      features[row * places.length + column] = dataset.features[row * width + place] as number
  return { ...dataset, columns: baselineColumns, features }
}

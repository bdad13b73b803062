import type { MeasureInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { nflPbpCsv } from '../feeds/nfl/pbp-csv.ts'
import { bootstrapByGroup } from '../learn/bootstrap.ts'
import { predictByGroup } from '../learn/cross-fit.ts'
import { coverage, mae } from '../learn/metrics.ts'
import { readMatches } from '../learn/read-matches.ts'
import { dataFiles } from '../learn/training-data.ts'
import { committedModel } from '../learn/weights-dir.ts'
import { playsLeftRows } from '../insights/winning/nfl/plays-left-dataset.ts'
import { scoredWithinSeconds } from '../insights/winning/nfl/train-plays-left.ts'
import { requireData } from './require-data.ts'

/** Least squares of plays left on the clock, fitted on the very rows that it is scored on, which favours it. */
function lineOfClock(clock: Float64Array, labels: Float64Array): Float64Array {
  const [x, y] = [mean(clock), mean(labels)]
  const spread = mean(clock.map((value) => (value - x) ** 2))
  const slope = mean(clock.map((value, row) => (value - x) * (labels[row]! - y))) / spread
  return clock.map((value) => y + slope * (value - x))
}

export async function measurePlaysLeft({ dataDir, report, signal }: MeasureInput) {
  const paths = await dataFiles(requireData(dataDir, 'play-by-play CSV'))
  const data = await playsLeftRows(
    readMatches({ paths, formats: [nflPbpCsv], report, signal }),
    scoredWithinSeconds,
    () => true,
  )
  const width = data.columns.length
  const predicted = predictByGroup(committedModel('nfl-plays-left'), data, 3)
  const output = (rows: Int32Array, number: number) =>
    Float64Array.from(rows, (row) => predicted[row * 3 + number]!)
  const labels = (rows: Int32Array) => Float64Array.from(rows, (row) => data.labels[row]!)
  const error = bootstrapByGroup(data.groups, (rows) => mae(output(rows, 1), labels(rows)), { draws: 300 })
  const within = bootstrapByGroup(
    data.groups,
    (rows) => coverage(output(rows, 0), output(rows, 2), labels(rows)),
    { draws: 300 },
  )
  const clock = Float64Array.from(data.labels, (_, row) => data.features[row * width]!)
  return {
    n: data.labels.length,
    metrics: {
      mae: error.value,
      maeLow: error.low,
      maeHigh: error.high,
      coverage80: within.value,
      coverage80Low: within.low,
      coverage80High: within.high,
      games: new Set(data.groups).size,
    },
    baseline: { mae: mae(lineOfClock(clock, data.labels), data.labels) },
  }
}

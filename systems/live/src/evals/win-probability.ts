import type { MeasureInput } from '@heavylift/core'
import { nflPbpCsv } from '../feeds/nfl/pbp-csv.ts'
import { brier } from '../learn/metrics.ts'
import { readMatches } from '../learn/read-matches.ts'
import { dataFiles } from '../learn/training-data.ts'
import { winRows } from '../insights/winning/nfl/win-dataset.ts'
import { winProbability } from '../insights/winning/nfl/win-probability.ts'
import { readFileColumns } from './file-win-probability.ts'
import { brierInterval, pickRows, probabilityMetrics } from './probability-metrics.ts'
import { requireData } from './require-data.ts'

export async function measureWinProbability({ dataDir, report, signal }: MeasureInput) {
  const paths = await dataFiles(requireData(dataDir, 'play-by-play CSV'))
  const { dataset, states } = await winRows(
    readMatches({ paths, formats: [nflPbpCsv], report, signal }),
    () => true,
  )
  const file = await readFileColumns(paths, signal)
  const stated = states.map((state, row) => file.get(`${dataset.groups[row]}/${state.playId}`)?.homeWin)
  // A file without the column is scored on all rows, without a baseline.
  const rows = states.flatMap((_, row) => (file.size === 0 || stated[row] !== undefined ? [row] : []))
  const predicted = Float64Array.from(rows, (row) => winProbability(states[row]!, dataset.groups[row]!))
  const labels = pickRows(dataset.labels, rows)
  const groups = rows.map((row) => dataset.groups[row]!)
  const late = rows.flatMap((row, at) =>
    states[row]!.period === 4 && states[row]!.secondsLeft <= 300 ? [at] : [],
  )
  const lateOf = (values: Float64Array) => brier(pickRows(values, late), pickRows(labels, late))
  const baseline = Float64Array.from(rows, (row) => stated[row] ?? Number.NaN)
  return {
    n: rows.length,
    metrics: {
      ...probabilityMetrics(predicted, labels),
      brierLast5Min: lateOf(predicted),
      ...brierInterval(predicted, labels, groups),
      games: new Set(groups).size,
    },
    ...(file.size === 0
      ? {}
      : {
          baseline: {
            ...probabilityMetrics(baseline, labels),
            brierLast5Min: lateOf(baseline),
            ...brierInterval(baseline, labels, groups),
          },
        }),
  }
}

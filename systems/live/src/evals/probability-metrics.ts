import { bootstrapByGroup, overRows } from '../learn/bootstrap.ts'
import { brier, ece, logLoss } from '../learn/metrics.ts'

/** The measures of a probability; pick the rows first. */
export function probabilityMetrics(
  predicted: Float64Array,
  labels: Float64Array,
): { brier: number; logLoss: number; ece: number } {
  return { brier: brier(predicted, labels), logLoss: logLoss(predicted, labels), ece: ece(predicted, labels) }
}

/** 95 % intervals of Brier score and calibration error by bootstrap over games. */
export function intervalsOf(
  predicted: Float64Array,
  labels: Float64Array,
  groups: readonly string[],
): { brier: [number, number]; ece: [number, number] } {
  const squares = bootstrapByGroup(groups, overRows(brier, predicted, labels), { draws: 300 })
  const gaps = bootstrapByGroup(groups, overRows(ece, predicted, labels), { draws: 300 })
  return { brier: [squares.low, squares.high], ece: [gaps.low, gaps.high] }
}

export function pickRows(values: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!)
}

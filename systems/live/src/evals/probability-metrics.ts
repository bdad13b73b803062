import { bootstrapByGroup, overRows } from '../learn/bootstrap.ts'
import { brier, ece, logLoss } from '../learn/metrics.ts'

/** The measures of a probability; pick the rows first. */
export function probabilityMetrics(
  predicted: Float64Array,
  labels: Float64Array,
): { brier: number; logLoss: number; ece: number } {
  return { brier: brier(predicted, labels), logLoss: logLoss(predicted, labels), ece: ece(predicted, labels) }
}

/** 95 % interval of the Brier score by bootstrap over games. */
export function brierInterval(
  predicted: Float64Array,
  labels: Float64Array,
  groups: readonly string[],
): { brierLow: number; brierHigh: number } {
  const { low, high } = bootstrapByGroup(groups, overRows(brier, predicted, labels), { draws: 300 })
  return { brierLow: low, brierHigh: high }
}

export function pickRows(values: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!)
}

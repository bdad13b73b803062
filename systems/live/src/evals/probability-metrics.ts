import { bootstrapByGroup, overRows } from '../learn/bootstrap.ts'
import { unbiasedEce } from '../learn/calibration-error.ts'
import { brier, ece, logLoss } from '../learn/metrics.ts'

/** The measures of a probability; pick the rows first. */
export function probabilityMetrics(
  predicted: Float64Array,
  labels: Float64Array,
): { brier: number; logLoss: number; ece: number } {
  return { brier: brier(predicted, labels), logLoss: logLoss(predicted, labels), ece: ece(predicted, labels) }
}

/** The measures, the calibration error behind the one that is seen, and 95 % intervals over games. */
export function measuredProbability(
  predicted: Float64Array,
  labels: Float64Array,
  groups: readonly string[],
) {
  const squares = bootstrapByGroup(groups, overRows(brier, predicted, labels), { draws: 300 })
  const gap = unbiasedEce(predicted, labels, groups)
  return {
    metrics: { ...probabilityMetrics(predicted, labels), eceUnbiased: gap.value },
    intervals: { brier: rangeOf(squares), eceUnbiased: rangeOf(gap) },
  }
}

/** Ends of an interval, as evals print it. */
export function rangeOf({ low, high }: { low: number; high: number }): [low: number, high: number] {
  return [low, high]
}

export function pickRows(values: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!)
}

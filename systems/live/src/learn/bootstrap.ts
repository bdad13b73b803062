import { createRandom } from '@heavylift/core'

export interface BootstrapInterval {
  value: number
  low: number
  high: number
}

/**
 * Percentile bootstrap at 95 % (Efron and Tibshirani 1993, ch. 13): groups, not rows, are drawn with replacement, since rows
 * of one game share their outcome. `metric` gets the row numbers of a draw, repeated where a group was drawn twice.
 */
export function bootstrapByGroup(
  groups: readonly string[],
  metric: (rows: Int32Array) => number,
  options: { draws?: number; seed?: number } = {},
): BootstrapInterval {
  const rowsOf = new Map<string, number[]>()
  groups.forEach((group, row) => {
    const rows = rowsOf.get(group)
    if (rows === undefined) rowsOf.set(group, [row])
    else rows.push(row)
  })
  const parts = [...rowsOf.values()]
  const random = createRandom(`bootstrap-${options.seed ?? 1}`)
  const values: number[] = []
  for (let draw = 0; draw < (options.draws ?? 500); draw++) {
    const drawn = parts.map(() => parts[Math.floor(random.next() * parts.length)]!)
    const rows = new Int32Array(drawn.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of drawn) {
      rows.set(part, at)
      at += part.length
    }
    const value = metric(rows)
    if (Number.isFinite(value)) values.push(value)
  }
  values.sort((a, b) => a - b)
  return {
    value: metric(Int32Array.from(groups, (_, row) => row)),
    low: values[Math.floor(0.025 * (values.length - 1))] ?? Number.NaN,
    high: values[Math.ceil(0.975 * (values.length - 1))] ?? Number.NaN,
  }
}

/** A metric of predictions and labels, as `bootstrapByGroup` wants it. */
export function overRows(
  metric: (predicted: Float64Array, labels: Float64Array) => number,
  predicted: Float64Array,
  labels: Float64Array,
): (rows: Int32Array) => number {
  return (rows) =>
    metric(
      Float64Array.from(rows, (row) => predicted[row]!),
      Float64Array.from(rows, (row) => labels[row]!),
    )
}

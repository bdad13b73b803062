import { createRandom } from '@heavylift/core'

export interface BootstrapInterval {
  value: number
  low: number
  high: number
}

interface DrawOptions {
  draws?: number
  seed?: number
}

/**
 * Percentile bootstrap at 95 % (Efron and Tibshirani 1993, ch. 13): groups, not rows, are drawn with replacement, since rows
 * of one game share their outcome. `metric` gets the row numbers of a draw, repeated where a group was drawn twice.
 */
export function bootstrapByGroup(
  groups: readonly string[],
  metric: (rows: Int32Array) => number,
  options: DrawOptions = {},
): BootstrapInterval {
  const values = drawValues(groups, metric, options, null)
  return {
    value: metric(Int32Array.from(groups, (_, row) => row)),
    low: values[Math.floor(0.025 * (values.length - 1))] ?? Number.NaN,
    high: values[Math.ceil(0.975 * (values.length - 1))] ?? Number.NaN,
  }
}

/**
 * What a metric is on so few groups as `size`: median and the middle 95 % over draws. A calibration error falls as rows come, so
 * its goal means something only beside this.
 */
export function metricOfSamples(
  groups: readonly string[],
  metric: (rows: Int32Array) => number,
  size: number,
  options: DrawOptions = {},
): BootstrapInterval {
  const values = drawValues(groups, metric, options, size)
  return {
    value: values[Math.floor(0.5 * (values.length - 1))] ?? Number.NaN,
    low: values[Math.floor(0.025 * (values.length - 1))] ?? Number.NaN,
    high: values[Math.ceil(0.975 * (values.length - 1))] ?? Number.NaN,
  }
}

/** The metric of each draw of `size` groups (null: as many as there are), in rising order. */
function drawValues(
  groups: readonly string[],
  metric: (rows: Int32Array) => number,
  { draws = 500, seed = 1 }: DrawOptions,
  size: number | null,
): number[] {
  const rowsOf = new Map<string, number[]>()
  groups.forEach((group, row) => {
    const rows = rowsOf.get(group)
    if (rows === undefined) rowsOf.set(group, [row])
    else rows.push(row)
  })
  const parts = [...rowsOf.values()]
  const random = createRandom(`bootstrap-${seed}`)
  const values: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    const drawn = Array.from(
      { length: size ?? parts.length },
      () => parts[Math.floor(random.next() * parts.length)]!,
    )
    const rows = new Int32Array(drawn.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of drawn) {
      rows.set(part, at)
      at += part.length
    }
    const value = metric(rows)
    if (Number.isFinite(value)) values.push(value)
  }
  return values.sort((a, b) => a - b)
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

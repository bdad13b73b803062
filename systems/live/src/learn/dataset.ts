import type { Dataset } from './model.ts'

/** The rows of a dataset whose number `keep` accepts, in order. */
export function selectRows(data: Dataset, keep: (row: number) => boolean): Dataset & { rows: Int32Array } {
  const rows: number[] = []
  for (let row = 0; row < data.labels.length; row++) if (keep(row)) rows.push(row)
  const width = data.columns.length
  const features = new Float64Array(rows.length * width)
  const labels = new Float64Array(rows.length)
  rows.forEach((row, at) => {
    features.set(data.features.subarray(row * width, (row + 1) * width), at * width)
    labels[at] = data.labels[row]!
  })
  return {
    columns: data.columns,
    features,
    labels,
    groups: rows.map((row) => data.groups[row]!),
    rows: Int32Array.from(rows),
  }
}

import type { Dataset } from '../../learn/model.ts'

/** Rows of plays at chosen instants, with what tells them apart. */
export interface Sampled {
  dataset: Dataset
  /** Milliseconds after the snap of each row (negative before it). */
  atMs: number[]
  /** The play of each row. */
  plays: string[]
}

/** Gathers rows of one width, then makes a dataset of them. */
export class RowGatherer {
  readonly #columns: readonly string[]
  readonly #rows: Float64Array[] = []
  readonly #labels: number[] = []
  readonly #groups: string[] = []
  readonly #atMs: number[] = []
  readonly #plays: string[] = []

  constructor(columns: readonly string[]) {
    this.#columns = columns
  }

  add(row: Float64Array, label: number, group: string, play: string, atMs: number): void {
    this.#rows.push(row)
    this.#labels.push(label)
    this.#groups.push(group)
    this.#plays.push(play)
    this.#atMs.push(atMs)
  }

  sampled(): Sampled {
    const width = this.#columns.length
    const features = new Float64Array(this.#rows.length * width)
    for (const [index, row] of this.#rows.entries()) features.set(row, index * width)
    return {
      dataset: {
        columns: this.#columns,
        features,
        labels: Float64Array.from(this.#labels),
        groups: this.#groups,
      },
      atMs: this.#atMs,
      plays: this.#plays,
    }
  }
}

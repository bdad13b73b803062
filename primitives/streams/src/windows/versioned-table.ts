/** Versions of one row by the time from which they hold, in order. */
type Versions<Row> = { fromMs: number[]; rows: Row[] }

/** A slowly changing table: each row has versions, and is looked up as of a time. `toJSON` and `from` carry it in a state. */
export class VersionedTable<Row> {
  readonly #rows = new Map<string, Versions<Row>>()

  static from<Row>(saved: unknown): VersionedTable<Row> {
    const table = new VersionedTable<Row>()
    for (const [key, versions] of saved as [string, Versions<Row>][]) table.#rows.set(key, versions)
    return table
  }

  /** `row` holds from `fromMs` until the next version does; one of the same time replaces it. Versions may come in any order. */
  set(key: string, fromMs: number, row: Row): void {
    let versions = this.#rows.get(key)
    if (!versions) this.#rows.set(key, (versions = { fromMs: [], rows: [] }))
    const at = countUpTo(versions.fromMs, fromMs)
    const isReplaced = versions.fromMs[at - 1] === fromMs
    versions.fromMs.splice(isReplaced ? at - 1 : at, isReplaced ? 1 : 0, fromMs)
    versions.rows.splice(isReplaced ? at - 1 : at, isReplaced ? 1 : 0, row)
  }

  /** The version that holds at `atMs`; undefined before the first. */
  asOf(key: string, atMs: number): Row | undefined {
    const versions = this.#rows.get(key)
    return versions?.rows[countUpTo(versions.fromMs, atMs) - 1]
  }

  /** Forgets versions that hold at no time from `ms` on. */
  forgetBefore(ms: number): void {
    for (const { fromMs, rows } of this.#rows.values()) {
      const over = countUpTo(fromMs, ms) - 1
      if (over <= 0) continue
      fromMs.splice(0, over)
      rows.splice(0, over)
    }
  }

  toJSON(): unknown {
    return [...this.#rows]
  }
}

/** How many of `sorted` are not above `value`. */
function countUpTo(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

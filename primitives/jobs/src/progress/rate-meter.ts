const windowMs = 30_000

/** The rate of a count over the last half minute. */
export class RateMeter {
  readonly #samples: { atMs: number; count: number }[] = []

  /** Takes a count as it was at a moment; moments do not go back. */
  add(atMs: number, count: number): void {
    const last = this.#samples.at(-1)
    // Ten samples a second tell enough.
    if (this.#samples.length > 1 && last !== undefined && atMs - this.#samples.at(-2)!.atMs < 100) {
      last.atMs = atMs
      last.count = count
    } else {
      this.#samples.push({ atMs, count })
    }
    while (this.#samples.length > 2 && atMs - this.#samples[1]!.atMs >= windowMs) this.#samples.shift()
  }

  /** Counts a second, or null before two moments are known. */
  perSecond(): number | null {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (first === undefined || last === undefined || last.atMs <= first.atMs) return null
    return ((last.count - first.count) * 1000) / (last.atMs - first.atMs)
  }
}

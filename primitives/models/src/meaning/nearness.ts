/** How near the rows of an index are to a query in meaning, against how near rows usually are. */
export class Nearness {
  readonly #cosines: Float32Array
  readonly #usual: number
  readonly #spread: number

  /** `cosines`: of the query with each row; 0 where a row has no vector. */
  constructor(cosines: Float32Array) {
    let sum = 0
    let squares = 0
    let count = 0
    for (const cosine of cosines) {
      if (cosine === 0) continue
      sum += cosine
      squares += cosine * cosine
      count += 1
    }
    this.#cosines = cosines
    this.#usual = count === 0 ? 0 : sum / count
    this.#spread = count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - this.#usual ** 2))
  }

  /** How many standard deviations a row is nearer than `least` of them; 0 for rows that are not. */
  beyond(row: number, least: number): number {
    if (this.#spread === 0) return 0
    return Math.max(0, ((this.#cosines[row] as number) - this.#usual) / this.#spread - least)
  }

  /** Up to `most` rows that are nearer than `least` standard deviations, the nearest first. */
  nearest(most: number, least: number): number[] {
    const nearer = (a: number, b: number): number =>
      (this.#cosines[b] as number) - (this.#cosines[a] as number) || a - b
    const found = this.#above(this.#usual + least * this.#spread)
    if (found.length <= most) return found.toSorted(nearer)
    // Typed arrays sort without asking which is nearer, ten times as fast.
    const sorted = Float32Array.from(found, (row) => this.#cosines[row] as number).sort()
    const last = sorted[sorted.length - most] as number
    return found
      .filter((row) => (this.#cosines[row] as number) >= last)
      .toSorted(nearer)
      .slice(0, most)
  }

  #above(threshold: number): number[] {
    const found: number[] = []
    for (let row = 0; row < this.#cosines.length; row += 1)
      if ((this.#cosines[row] as number) > threshold) found.push(row)
    return found
  }
}

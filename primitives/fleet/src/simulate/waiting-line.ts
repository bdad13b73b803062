const nothing = 0x7fffffff

/**
 * Waiting jobs in an order that is known beforehand: a leaf for each job of the log at its rank, and above it the least processors and the
 * least requested time below. Finds the next one that fits in steps of the logarithm, however long the line is.
 */
export class WaitingLine {
  size = 0
  readonly #leaves: number
  readonly #processors: Int32Array
  readonly #requestedS: Int32Array

  constructor(jobs: number) {
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(2, jobs)))
    this.#processors = new Int32Array(2 * this.#leaves).fill(nothing)
    this.#requestedS = new Int32Array(2 * this.#leaves).fill(nothing)
  }

  add(rank: number, processors: number, requestedS: number): void {
    this.size++
    this.#set(rank, processors, requestedS)
  }

  remove(rank: number): void {
    this.size--
    this.#set(rank, nothing, nothing)
  }

  /** Rank of the first, −1 when nobody waits. */
  first(): number {
    return this.next(0, nothing - 1, nothing, nothing)
  }

  /**
   * The first rank from `from` on that needs at most `free` processors, and either at most `untilS` seconds or at most `spare` processors;
   * −1 when there is none.
   */
  next(from: number, free: number, untilS: number, spare: number): number {
    const leaves = this.#leaves
    const processors = this.#processors
    const requestedS = this.#requestedS
    if (from >= leaves) return -1
    let at = leaves + from
    for (;;) {
      if (processors[at]! <= free && (requestedS[at]! <= untilS || processors[at]! <= spare)) {
        if (at >= leaves) return at - leaves
        at = 2 * at
        continue
      }
      // On to the right: up while this is a right child.
      while ((at & 1) === 1) {
        at >>= 1
        if (at <= 1) return -1
      }
      at++
    }
  }

  #set(rank: number, processors: number, requestedS: number): void {
    let at = this.#leaves + rank
    this.#processors[at] = processors
    this.#requestedS[at] = requestedS
    for (at >>= 1; at >= 1; at >>= 1) {
      this.#processors[at] = Math.min(this.#processors[2 * at]!, this.#processors[2 * at + 1]!)
      this.#requestedS[at] = Math.min(this.#requestedS[2 * at]!, this.#requestedS[2 * at + 1]!)
    }
  }
}

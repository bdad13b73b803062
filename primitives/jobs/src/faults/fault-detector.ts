/**
 * Tells a bad node from a bad input: an input crashes wherever it runs, a bad node crashes on whatever it is given. Crashes on so many
 * different chunks since the node last finished one make it faulty.
 */
export class FaultDetector {
  readonly #threshold: number
  readonly #crashed = new Map<string, Set<number>>()

  constructor(threshold = 2) {
    this.#threshold = threshold
  }

  /** True when this crash makes the node faulty; false also when it was before. */
  addCrash(node: string, chunk: number): boolean {
    const chunks = this.#crashed.get(node) ?? new Set()
    this.#crashed.set(node, chunks)
    const wasFaulty = chunks.size >= this.#threshold
    chunks.add(chunk)
    return !wasFaulty && chunks.size >= this.#threshold
  }

  /** A chunk was done there: what crashed before was not the node. A faulty node stays so. */
  addSuccess(node: string): void {
    if ((this.#crashed.get(node)?.size ?? 0) < this.#threshold) this.#crashed.delete(node)
  }

  /** In the order in which they crashed first. */
  faultyNodes(): string[] {
    return [...this.#crashed].filter(([, chunks]) => chunks.size >= this.#threshold).map(([node]) => node)
  }
}

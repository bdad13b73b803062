/** Blocks of prompts that an engine keeps, least recently used given up first. */
export class PrefixCache {
  readonly #capacity: number
  readonly #kept = new Set<number>()

  constructor(capacityBlocks: number) {
    this.#capacity = capacityBlocks
  }

  /** How many of the leading blocks were there; all of them are from now on. */
  use(blocks: readonly number[]): number {
    let known = 0
    while (known < blocks.length && this.#kept.has(blocks[known] as number)) known++
    for (const block of blocks) {
      this.#kept.delete(block)
      this.#kept.add(block)
    }
    for (const block of this.#kept) {
      if (this.#kept.size <= this.#capacity) break
      this.#kept.delete(block)
    }
    return known
  }
}

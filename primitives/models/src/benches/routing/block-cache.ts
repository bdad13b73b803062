/** Blocks of keys and values of one replica: those in use, and idle ones that are kept until the room is needed. */
export class BlockCache {
  readonly #capacity: number
  /** Users of each block in use. */
  readonly #used = new Map<number, number>()
  /** Least recently used first. */
  readonly #idle = new Set<number>()
  /** Blocks in use that nothing else can share. */
  #private = 0

  constructor(capacityBlocks: number) {
    this.#capacity = capacityBlocks
  }

  /** Number of leading blocks that it has. */
  match(blocks: Uint32Array): number {
    let known = 0
    for (const block of blocks) {
      if (!this.#used.has(block) && !this.#idle.has(block)) break
      known++
    }
    return known
  }

  /** Takes room for `blocks` and `privateBlocks`; false, with nothing taken, when there is not enough. */
  take(blocks: Uint32Array, privateBlocks: number): boolean {
    let unused = privateBlocks
    for (const block of blocks) if (!this.#used.has(block)) unused++
    if (this.#used.size + this.#private + unused > this.#capacity) return false
    for (const block of blocks) {
      this.#idle.delete(block)
      this.#used.set(block, (this.#used.get(block) ?? 0) + 1)
    }
    this.#private += privateBlocks
    for (const block of this.#idle) {
      if (this.#used.size + this.#private + this.#idle.size <= this.#capacity) break
      this.#idle.delete(block)
    }
    return true
  }

  /** Its blocks are kept as idle, the ends of prefixes to be given up first. */
  release(blocks: Uint32Array, privateBlocks: number): void {
    this.#private -= privateBlocks
    for (let at = blocks.length - 1; at >= 0; at--) {
      const block = blocks[at] ?? 0
      const users = (this.#used.get(block) ?? 1) - 1
      if (users > 0) this.#used.set(block, users)
      else {
        this.#used.delete(block)
        this.#idle.add(block)
      }
    }
  }
}

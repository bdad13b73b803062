const MAX_BLOCKS = 1 << 20

/**
 * Which blocks of prompts a replica has probably kept: a set of chained block hashes that forgets the least recently
 * used. Memory is fixed when it is made: about 24 bytes a block.
 *
 * `touch` leaves every block more recent than the blocks that continue it, so what is forgotten is always the end of
 * a prefix, never its middle; that is why `match` may search by halves.
 */
export class PrefixIndex {
  readonly capacity: number
  readonly #mask: number
  /** Open addressing, linear probing: number of the block + 1, or 0. */
  readonly #table: Int32Array
  readonly #hashes: Uint32Array
  /** Ring of the blocks by use; entry `capacity` is its head: next is the newest, previous the oldest. */
  readonly #next: Int32Array
  readonly #previous: Int32Array
  size = 0

  /** Holds `blocks` blocks, at most 1,048,576. */
  constructor(blocks: number) {
    this.capacity = Math.max(0, Math.min(MAX_BLOCKS, Math.floor(blocks)))
    const tableSize = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * this.capacity)))
    this.#mask = tableSize - 1
    this.#table = new Int32Array(tableSize)
    this.#hashes = new Uint32Array(this.capacity)
    this.#next = new Int32Array(this.capacity + 1)
    this.#previous = new Int32Array(this.capacity + 1)
    this.clear()
  }

  /** Number of leading blocks of `prefix` that it holds. */
  match(prefix: Uint32Array): number {
    const length = Math.min(prefix.length, this.size)
    if (length === 0 || !this.#has(prefix, 0)) return 0
    // Doubling steps first: most prefixes match little or all.
    let known = 0
    let unknown = length
    if (this.#has(prefix, length - 1)) return length
    for (let step = 1; known + step < unknown; step *= 2) {
      if (this.#has(prefix, known + step)) known += step
      else unknown = known + step
    }
    while (unknown - known > 1) {
      const middle = (known + unknown) >>> 1
      if (this.#has(prefix, middle)) known = middle
      else unknown = middle
    }
    return known + 1
  }

  /** Notes that the replica works on `prefix`: its blocks are the most recent, the first of them most of all. */
  touch(prefix: Uint32Array): void {
    for (let block = Math.min(prefix.length, this.capacity) - 1; block >= 0; block--) {
      const hash = prefix[block] ?? 0
      let at = this.#slotOf(hash)
      let entry = (this.#table[at] ?? 0) - 1
      if (entry >= 0) this.#unlink(entry)
      else {
        if (this.size < this.capacity) entry = this.size++
        else {
          entry = this.#previous[this.capacity] ?? 0
          this.#unlink(entry)
          this.#removeFromTable(this.#slotOf(this.#hashes[entry] ?? 0))
          at = this.#slotOf(hash)
        }
        this.#hashes[entry] = hash
        this.#table[at] = entry + 1
      }
      this.#linkNewest(entry)
    }
  }

  /** For a replica that lost what it kept. */
  clear(): void {
    this.size = 0
    this.#table.fill(0)
    this.#next[this.capacity] = this.capacity
    this.#previous[this.capacity] = this.capacity
  }

  #has(prefix: Uint32Array, block: number): boolean {
    return this.#table[this.#slotOf(prefix[block] ?? 0)] !== 0
  }

  /** Where `hash` is, or the free place where it would go. */
  #slotOf(hash: number): number {
    let at = this.#home(hash)
    for (;;) {
      const entry = this.#table[at] ?? 0
      if (entry === 0 || this.#hashes[entry - 1] === hash) return at
      at = (at + 1) & this.#mask
    }
  }

  #home(hash: number): number {
    return (Math.imul(hash, 0x9e3779b1) >>> 7) & this.#mask
  }

  /** Closes the gap by moving later entries of the run forward, so that searches need no tombstones. */
  #removeFromTable(gap: number): void {
    let at = gap
    for (;;) {
      at = (at + 1) & this.#mask
      const entry = this.#table[at] ?? 0
      if (entry === 0) break
      const home = this.#home(this.#hashes[entry - 1] ?? 0)
      if (((at - home) & this.#mask) >= ((at - gap) & this.#mask)) {
        this.#table[gap] = entry
        gap = at
      }
    }
    this.#table[gap] = 0
  }

  #unlink(entry: number): void {
    const next = this.#next[entry] ?? 0
    const previous = this.#previous[entry] ?? 0
    this.#next[previous] = next
    this.#previous[next] = previous
  }

  #linkNewest(entry: number): void {
    const head = this.capacity
    const newest = this.#next[head] ?? head
    this.#next[head] = entry
    this.#previous[entry] = head
    this.#next[entry] = newest
    this.#previous[newest] = entry
  }
}

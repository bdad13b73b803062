const MAX_BLOCKS = 1 << 20
/** Room for so many to begin with: a replica among thousands is sent few prefixes. */
const FIRST_ROOM = 64
/** Entry of the ring that is no block: next is the newest, previous the oldest. */
const HEAD = 0

/**
 * Which blocks of prompts a replica has probably kept: a set of chained block hashes that forgets the least recently
 * used. It grows by doubling to what it may hold at most, 32 bytes a block, and no further.
 *
 * `touch` leaves every block more recent than the blocks that continue it, so what is forgotten is always the end of
 * a prefix, never its middle; that is why `match` may search by halves.
 */
export class PrefixIndex {
  readonly capacity: number
  #room = 0
  #mask = 0
  /**
   * Open addressing, linear probing: the block's entry, from 1, or 0, and beside it the block's hash, so that a look takes one
   * access to memory and not two.
   */
  #table = new Int32Array(0)
  /** By entry, as the two below. */
  #hashes = new Uint32Array(0)
  /** Ring of the blocks by use. */
  #next = new Int32Array(1)
  #previous = new Int32Array(1)
  size = 0

  /** Holds `blocks` blocks, at most 1,048,576. */
  constructor(blocks: number) {
    this.capacity = Math.max(0, Math.min(MAX_BLOCKS, Math.floor(blocks)))
    this.#setRoom(Math.min(this.capacity, FIRST_ROOM))
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
      let entry = this.#table[2 * at] ?? 0
      if (entry > 0) this.#unlink(entry)
      else {
        if (this.size < this.capacity) {
          if (this.size === this.#room) {
            this.#setRoom(Math.min(this.capacity, 2 * this.#room))
            at = this.#slotOf(hash)
          }
          entry = ++this.size
        } else {
          entry = this.#previous[HEAD] ?? 0
          this.#unlink(entry)
          this.#removeFromTable(this.#slotOf(this.#hashes[entry] ?? 0))
          at = this.#slotOf(hash)
        }
        this.#hashes[entry] = hash
        this.#put(at, entry, hash)
      }
      this.#linkNewest(entry)
    }
  }

  /** For a replica that lost what it kept. */
  clear(): void {
    this.size = 0
    this.#table.fill(0)
    this.#next[HEAD] = HEAD
    this.#previous[HEAD] = HEAD
  }

  /** Makes room for so many blocks, and keeps those that are there. */
  #setRoom(blocks: number): void {
    this.#room = blocks
    const grown = <A extends Int32Array | Uint32Array>(made: A, from: A): A => {
      made.set(from)
      return made
    }
    this.#hashes = grown(new Uint32Array(blocks + 1), this.#hashes)
    this.#next = grown(new Int32Array(blocks + 1), this.#next)
    this.#previous = grown(new Int32Array(blocks + 1), this.#previous)
    const places = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * blocks)))
    this.#mask = places - 1
    this.#table = new Int32Array(2 * places)
    for (let entry = 1; entry <= this.size; entry++) {
      const hash = this.#hashes[entry] ?? 0
      this.#put(this.#slotOf(hash), entry, hash)
    }
  }

  #has(prefix: Uint32Array, block: number): boolean {
    return this.#table[2 * this.#slotOf(prefix[block] ?? 0)] !== 0
  }

  #put(at: number, entry: number, hash: number): void {
    this.#table[2 * at] = entry
    this.#table[2 * at + 1] = hash
  }

  /** Where `hash` is, or the free place where it would go. */
  #slotOf(hash: number): number {
    let at = this.#home(hash)
    for (;;) {
      if (this.#table[2 * at] === 0 || this.#table[2 * at + 1] === (hash | 0)) return at
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
      const entry = this.#table[2 * at] ?? 0
      if (entry === 0) break
      const hash = this.#table[2 * at + 1] ?? 0
      const home = this.#home(hash)
      if (((at - home) & this.#mask) >= ((at - gap) & this.#mask)) {
        this.#put(gap, entry, hash)
        gap = at
      }
    }
    this.#put(gap, 0, 0)
  }

  #unlink(entry: number): void {
    const next = this.#next[entry] ?? 0
    const previous = this.#previous[entry] ?? 0
    this.#next[previous] = next
    this.#previous[next] = previous
  }

  #linkNewest(entry: number): void {
    const newest = this.#next[HEAD] ?? HEAD
    this.#next[HEAD] = entry
    this.#previous[entry] = HEAD
    this.#next[entry] = newest
    this.#previous[newest] = entry
  }
}

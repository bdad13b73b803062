import type { CallTraits } from './balancer.ts'
import type { Slot } from './slot.ts'

const BUCKETS = 1 << 14
const WAYS = 8
const ENOUGH = 4

/**
 * Which replicas were last sent a prefix, so that of thousands only those are asked what they hold of it. It remembers
 * prefixes at lengths that double, and at their end; 8 replicas each, in fixed memory (1.5 MB), the oldest forgotten
 * first. What it says is a hint: a replica's own index knows.
 */
export class PrefixHolders {
  #hashes: Uint32Array | null = null
  #slots: (Slot | undefined)[] = []
  /** Where each bucket writes next. */
  #cursors = new Uint8Array(0)

  note({ prefix }: CallTraits, slot: Slot): void {
    if (prefix.length === 0) return
    if (this.#hashes === null) {
      this.#hashes = new Uint32Array(BUCKETS * WAYS)
      this.#slots = Array.from({ length: BUCKETS * WAYS })
      this.#cursors = new Uint8Array(BUCKETS)
    }
    this.#noteAt(this.#hashes, prefix[prefix.length - 1] ?? 0, slot)
    for (let length = 1; length < prefix.length; length *= 2) {
      this.#noteAt(this.#hashes, prefix[length - 1] ?? 0, slot)
    }
  }

  /** Those of the longest prefixes first, at most four. */
  find({ prefix }: CallTraits): Slot[] {
    const found: Slot[] = []
    if (this.#hashes === null || prefix.length === 0) return found
    this.#findAt(this.#hashes, prefix[prefix.length - 1] ?? 0, found)
    for (let length = 2 ** Math.floor(Math.log2(prefix.length)); length >= 1; length /= 2) {
      if (found.length >= ENOUGH) break
      this.#findAt(this.#hashes, prefix[length - 1] ?? 0, found)
    }
    return found
  }

  #noteAt(hashes: Uint32Array, hash: number, slot: Slot): void {
    const bucket = hash & (BUCKETS - 1)
    const from = bucket * WAYS
    for (let at = from; at < from + WAYS; at++) {
      if (this.#slots[at] === slot && hashes[at] === hash) return
    }
    const cursor = this.#cursors[bucket] ?? 0
    hashes[from + cursor] = hash
    this.#slots[from + cursor] = slot
    this.#cursors[bucket] = (cursor + 1) % WAYS
  }

  #findAt(hashes: Uint32Array, hash: number, found: Slot[]): void {
    const from = (hash & (BUCKETS - 1)) * WAYS
    for (let at = from; at < from + WAYS; at++) {
      const slot = this.#slots[at]
      if (found.length === ENOUGH) return
      if (slot !== undefined && hashes[at] === hash && !found.includes(slot)) found.push(slot)
    }
  }
}

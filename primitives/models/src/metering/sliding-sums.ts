/**
 * Sums of the recent past in fixed memory: a ring of slots for each of `kinds` counters. A time before the newest slot
 * (a clock that was set back) counts in the newest.
 */
export class SlidingSums {
  readonly windowMs: number
  readonly #slotMs: number
  readonly #slots: number
  readonly #kinds: number
  /** Slot by slot, in each slot the kinds. */
  readonly #values: Float64Array
  #newest = 0

  constructor(slotMs: number, slots: number, kinds = 1) {
    this.windowMs = slotMs * slots
    this.#slotMs = slotMs
    this.#slots = slots
    this.#kinds = kinds
    this.#values = new Float64Array(slots * kinds)
  }

  add(nowMs: number, value: number, kind = 0): void {
    this.#advance(nowMs)
    this.#values[(this.#newest % this.#slots) * this.#kinds + kind]! += value
  }

  /** Over the window, the slot that is being filled included. */
  sum(nowMs: number, kind = 0): number {
    this.#advance(nowMs)
    let sum = 0
    for (let at = kind; at < this.#values.length; at += this.#kinds) sum += this.#values[at]!
    return sum
  }

  /** The last `slots` full slots, oldest first; the one that is being filled is left out. */
  series(nowMs: number, slots: number, kind = 0): number[] {
    this.#advance(nowMs)
    return Array.from({ length: slots }, (_, index) => {
      const slot = this.#newest - slots + index
      return slot < 0 ? 0 : this.#values[(slot % this.#slots) * this.#kinds + kind]!
    })
  }

  /** Mean a second over the last `slots` full slots. */
  perSecond(nowMs: number, slots: number, kind = 0): number {
    const sum = this.series(nowMs, slots, kind).reduce((total, value) => total + value, 0)
    return (sum * 1000) / (slots * this.#slotMs)
  }

  #advance(nowMs: number): void {
    const slot = Math.floor(nowMs / this.#slotMs)
    if (slot <= this.#newest) return
    const from = Math.max(this.#newest + 1, slot - this.#slots + 1)
    for (let passed = from; passed <= slot; passed++) {
      const at = (passed % this.#slots) * this.#kinds
      this.#values.fill(0, at, at + this.#kinds)
    }
    this.#newest = slot
  }
}

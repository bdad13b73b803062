/** What can be in one `Unordered` at a time. `place` is its to set; -1 while it is in none. */
export interface Placed {
  place: number
}

/**
 * A set for what comes and goes with every call. A `Set` makes a new table every few additions, and each table that was
 * left behind keeps the next alive, with all that was in it, until the old generation is collected: finished calls then
 * survive young collections by the thousand. Here nothing is left behind. Without an order.
 */
export class Unordered<Item extends Placed> implements Iterable<Item> {
  readonly #items: Item[] = []

  get size(): number {
    return this.#items.length
  }

  /** `item` must be in no other. */
  add(item: Item): void {
    if (item.place !== -1) return
    item.place = this.#items.length
    this.#items.push(item)
  }

  /** Returns whether it was there. */
  delete(item: Item): boolean {
    const { place } = item
    if (place === -1) return false
    const last = this.#items.pop()
    if (last !== undefined && last !== item) {
      this.#items[place] = last
      last.place = place
    }
    item.place = -1
    return true
  }

  /** Of those that are there now: any may be deleted meanwhile. */
  [Symbol.iterator](): Iterator<Item> {
    return this.#items.slice().values()
  }
}

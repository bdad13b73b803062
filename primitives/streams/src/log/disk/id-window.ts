/**
 * The offsets of at least the last `size` ids, in two generations: when the younger is full the older is dropped, which
 * costs no work for each id and holds at most twice `size`.
 */
export class IdWindow {
  readonly #size: number
  #young = new Map<string, number>()
  #old = new Map<string, number>()

  constructor(size: number) {
    this.#size = size
  }

  offsetOf(id: string): number | undefined {
    return this.#young.get(id) ?? this.#old.get(id)
  }

  add(id: string, offset: number): void {
    if (this.#young.size >= this.#size) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(id, offset)
  }

  /** Forgets ids whose write failed. */
  dropFrom(offset: number): void {
    for (const generation of [this.#young, this.#old]) {
      for (const [id, of] of generation) if (of >= offset) generation.delete(id)
    }
  }
}

/** Which offsets a group has acknowledged: all up to `floor`, and single ones above it. Offsets have no gaps on disk. */
export class Acknowledged {
  #floor: number
  readonly #above: Set<number>

  /** What lies at or above `next` was acknowledged of events that a power loss took; their offsets go to others. */
  constructor(saved: SavedPosition | undefined, next: number) {
    this.#floor = Math.min(saved?.floor ?? 0, next - 1)
    this.#above = new Set(saved?.above.filter((offset) => offset < next))
  }

  get floor(): number {
    return this.#floor
  }

  has(offset: number): boolean {
    return offset <= this.#floor || this.#above.has(offset)
  }

  add(offset: number): void {
    if (offset <= this.#floor) return
    this.#above.add(offset)
    while (this.#above.delete(this.#floor + 1)) this.#floor += 1
  }

  /** Retention has removed what lies below `first`; nobody waits for it. */
  raiseTo(first: number): void {
    if (first - 1 <= this.#floor) return
    this.#floor = first - 1
    for (const offset of this.#above) if (offset <= this.#floor) this.#above.delete(offset)
    while (this.#above.delete(this.#floor + 1)) this.#floor += 1
  }

  save(): SavedPosition {
    return { floor: this.#floor, above: [...this.#above] }
  }
}

/** As it lies in the group's file. */
export interface SavedPosition {
  floor: number
  above: number[]
}

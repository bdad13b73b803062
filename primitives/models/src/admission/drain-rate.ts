/** How far back the rate looks: a start this long ago counts 1/e. */
const windowMs = 10_000

/** How fast a queue has been emptying: starts a millisecond, weighted towards the present. */
export class DrainRate {
  #weightedStarts = 0
  #updatedAtMs: number
  readonly #sinceMs: number

  constructor(nowMs: number) {
    this.#updatedAtMs = nowMs
    this.#sinceMs = nowMs
  }

  count(nowMs: number): void {
    this.#decay(nowMs)
    this.#weightedStarts += 1
  }

  /** Milliseconds until `requests` more have started at the present rate; infinite when none started of late. */
  msFor(requests: number, nowMs: number): number {
    this.#decay(nowMs)
    // Before a whole window has passed there is less to count than there will be.
    const observedMs = windowMs * (1 - Math.exp(-Math.max(1, nowMs - this.#sinceMs) / windowMs))
    return this.#weightedStarts < 0.01 ? Infinity : (requests * observedMs) / this.#weightedStarts
  }

  #decay(nowMs: number): void {
    if (nowMs <= this.#updatedAtMs) return
    this.#weightedStarts *= Math.exp((this.#updatedAtMs - nowMs) / windowMs)
    this.#updatedAtMs = nowMs
  }
}

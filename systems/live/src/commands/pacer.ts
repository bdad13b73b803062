/**
 * When an event of a recording is due. Event time runs `speed` times as fast as real time; a gap of more than
 * `maxGapMs` of real time (half-time, or the next match of a file) is cut to that.
 */
export class Pacer {
  readonly #speed: number
  readonly #maxGapMs: number
  #lastEventMs: number | null = null
  /** Real time at which the last event was due. */
  #dueMs = 0

  constructor(speed: number, maxGapMs: number) {
    this.#speed = speed
    this.#maxGapMs = maxGapMs
  }

  /** Milliseconds of real time from `nowMs` (monotonic) until the event is due; 0 when it is, or is overdue. */
  delayMs(eventTimeMs: number, nowMs: number): number {
    if (this.#speed === Infinity) return 0
    if (this.#lastEventMs === null) {
      this.#lastEventMs = eventTimeMs
      this.#dueMs = nowMs
      return 0
    }
    const gapMs = (eventTimeMs - this.#lastEventMs) / this.#speed
    // An event older than the one before it is due with it.
    if (gapMs > 0) {
      this.#dueMs += Math.min(gapMs, this.#maxGapMs)
      this.#lastEventMs = eventTimeMs
    }
    // Being behind (a slow server) moves the whole schedule, so that nothing is hurried afterwards.
    if (this.#dueMs < nowMs - 1_000) this.#dueMs = nowMs
    return Math.max(0, this.#dueMs - nowMs)
  }
}

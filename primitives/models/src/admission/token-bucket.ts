/** What many small refills may lose, as a share of a minute's worth. */
const roundingError = 1e-9

/**
 * An allowance that refills steadily: `perMinute` units a minute, at most a minute's worth saved up. It may go below
 * zero when a use turns out larger than was thought; then it is paid back before the next.
 */
export class TokenBucket {
  #perMinute: number
  #level: number
  #refilledAtMs: number

  /** Full unless `level` says otherwise. */
  constructor(perMinute: number, nowMs: number, level = perMinute) {
    this.#perMinute = perMinute
    this.#level = level
    this.#refilledAtMs = nowMs
  }

  /** Milliseconds until `units` can be taken; 0 when they can now. More than a minute's worth needs a full bucket. */
  waitMs(units: number, nowMs: number): number {
    this.#refill(nowMs)
    const missing = Math.min(units, this.#perMinute) - this.#level
    return missing <= roundingError * this.#perMinute ? 0 : Math.ceil((missing * 60_000) / this.#perMinute)
  }

  take(units: number): void {
    this.#level -= units
  }

  /** Gives units back, or takes more when negative. */
  giveBack(units: number): void {
    this.#level = Math.min(this.#perMinute, this.#level + units)
  }

  /** What has been used stays used. */
  setRate(perMinute: number, nowMs: number): void {
    this.#refill(nowMs)
    const used = this.#perMinute - this.#level
    this.#perMinute = perMinute
    this.#level = perMinute - used
  }

  isFull(nowMs: number): boolean {
    this.#refill(nowMs)
    return this.#level >= this.#perMinute
  }

  #refill(nowMs: number): void {
    const elapsedMs = nowMs - this.#refilledAtMs
    if (elapsedMs <= 0) return
    this.#level = Math.min(this.#perMinute, this.#level + (elapsedMs * this.#perMinute) / 60_000)
    this.#refilledAtMs = nowMs
  }
}

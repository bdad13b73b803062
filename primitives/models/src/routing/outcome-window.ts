const BUCKETS = 10

/** Successes and failures of the last `windowMs`, in ten buckets. Memory does not grow with requests. */
export class OutcomeWindow {
  readonly #bucketMs: number
  readonly #succeeded = new Uint32Array(BUCKETS)
  readonly #failed = new Uint32Array(BUCKETS)
  #newest = 0
  succeeded = 0
  failed = 0

  constructor(windowMs: number) {
    this.#bucketMs = windowMs / BUCKETS
  }

  add(isSuccess: boolean, nowMs: number): void {
    this.advance(nowMs)
    const at = this.#newest % BUCKETS
    if (isSuccess) {
      this.#succeeded[at] = (this.#succeeded[at] ?? 0) + 1
      this.succeeded++
    } else {
      this.#failed[at] = (this.#failed[at] ?? 0) + 1
      this.failed++
    }
  }

  /** Forgets what is older than the window. A clock that steps back changes nothing. */
  advance(nowMs: number): void {
    const bucket = Math.floor(nowMs / this.#bucketMs)
    if (bucket <= this.#newest) return
    if (bucket - this.#newest >= BUCKETS) this.clear()
    else
      for (let old = this.#newest + 1; old <= bucket; old++) {
        const at = old % BUCKETS
        this.succeeded -= this.#succeeded[at] ?? 0
        this.failed -= this.#failed[at] ?? 0
        this.#succeeded[at] = 0
        this.#failed[at] = 0
      }
    this.#newest = bucket
  }

  clear(): void {
    this.#succeeded.fill(0)
    this.#failed.fill(0)
    this.succeeded = 0
    this.failed = 0
  }

  /** Requests that ended well or badly in the window. */
  get total(): number {
    return this.succeeded + this.failed
  }

  /** 0 when nothing ended. */
  get failureRate(): number {
    return this.total === 0 ? 0 : this.failed / this.total
  }
}

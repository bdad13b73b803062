/** A run that lasted so long was a good one: what failed before it no longer counts. */
const goodRunMs = 60_000
const longestDelayMs = 30_000
/** So many failures in a row are a crash loop. */
const mostFailures = 5

/** Counts failures of a process and says when to try again. */
export class RestartPolicy {
  readonly #firstDelayMs: number
  #failures = 0

  constructor(firstDelayMs = 500) {
    this.#firstDelayMs = firstDelayMs
  }

  /**
   * After a failure: milliseconds to wait before the next start (500 by default, doubled each time, at most 30 s), or null when
   * starting again is pointless. `servedMs` is how long the process served before it failed.
   */
  afterFailure(servedMs: number): number | null {
    this.#failures = servedMs >= goodRunMs ? 1 : this.#failures + 1
    if (this.#failures >= mostFailures) return null
    return Math.min(longestDelayMs, this.#firstDelayMs * 2 ** (this.#failures - 1))
  }

  /** A person asked for a start: everything is forgotten. */
  reset(): void {
    this.#failures = 0
  }
}

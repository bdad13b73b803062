/** Eight buckets to the doubling: a quantile is within 4.5 % of the true value. */
const bucketsPerDoubling = 8
/** From 1 ms to about 70 minutes. */
const buckets = 22 * bucketsPerDoubling
const slotMs = 30_000
const slots = 10

/** How long a `LatencyWindow` remembers. */
export const latencyWindowMs = slotMs * slots

export interface Quantiles {
  p50: number
  p95: number
  p99: number
}

/** Durations of the last five minutes in logarithmic buckets and fixed memory (8 KB). */
export class LatencyWindow {
  readonly #counts = new Uint32Array(slots * buckets)
  readonly #totals = new Uint32Array(buckets)
  #newest = 0
  #count = 0

  add(nowMs: number, durationMs: number): void {
    this.#advance(nowMs)
    const bucket = bucketOf(durationMs)
    this.#counts[(this.#newest % slots) * buckets + bucket]! += 1
    this.#totals[bucket]! += 1
    this.#count += 1
  }

  /** In milliseconds; null when nothing was added lately. */
  quantiles(nowMs: number): Quantiles | null {
    this.#advance(nowMs)
    if (this.#count === 0) return null
    return { p50: this.#quantile(0.5), p95: this.#quantile(0.95), p99: this.#quantile(0.99) }
  }

  #quantile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#count))
    let seen = 0
    for (let bucket = 0; bucket < buckets; bucket++) {
      seen += this.#totals[bucket]!
      if (seen >= rank) return middleOf(bucket)
    }
    return middleOf(buckets - 1)
  }

  #advance(nowMs: number): void {
    const slot = Math.floor(nowMs / slotMs)
    if (slot <= this.#newest) return
    for (let passed = Math.max(this.#newest + 1, slot - slots + 1); passed <= slot; passed++) {
      this.#forget((passed % slots) * buckets)
    }
    this.#newest = slot
  }

  #forget(start: number): void {
    for (let bucket = 0; bucket < buckets; bucket++) {
      const count = this.#counts[start + bucket]!
      if (count === 0) continue
      this.#totals[bucket]! -= count
      this.#count -= count
      this.#counts[start + bucket] = 0
    }
  }
}

function bucketOf(durationMs: number): number {
  if (durationMs <= 1) return 0
  return Math.min(buckets - 1, Math.floor(Math.log2(durationMs) * bucketsPerDoubling))
}

function middleOf(bucket: number): number {
  return Math.round(2 ** ((bucket + 0.5) / bucketsPerDoubling) * 1000) / 1000
}
